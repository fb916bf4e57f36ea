import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from 'react-aria-components'
import type { MessageView } from '../../../core/api/views.ts'

interface QuoteProps {
  readonly reply: NonNullable<MessageView['reply']>
  readonly author: string
  readonly isCurrent: boolean
  readonly onJump: (messageId: string) => void
}

/** What a message answers; leads there while it is still here. */
export function Quote({ reply: { messageId, mine, text }, author, isCurrent, onJump }: QuoteProps) {
  const { t } = useLingui()
  if (messageId === null) return <p className="quote soft">{t`What this answers is no longer here.`}</p>
  return (
    <Button className="quote quote-button" excludeFromTabOrder={!isCurrent} onPress={() => onJump(messageId)}>
      <span className="hidden-but-read">
        <Trans>Answers:</Trans>{' '}
      </span>
      <bdi className="quote-by">{mine ? t`You` : author}</bdi>
      <span className="quote-text" dir="auto">
        {text}
      </span>
    </Button>
  )
}
