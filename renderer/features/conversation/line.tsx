import { Trans, useLingui } from '@lingui/react/macro'
import type { MessageView } from '../../../core/api/views.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Icon } from '../../ui/icon.tsx'
import { timerWords } from '../../words/conversations.ts'
import { clockTime } from '../../words/time.ts'

/** Something that happened to the conversation, between the messages. */
export function Line({ message, author }: { readonly message: MessageView; readonly author: string }) {
  const { i18n } = useLingui()
  const region = useRegion()
  const { id, mine, timer, sentAt } = message
  const words = timerWords.get(timer)
  const span = words === undefined ? '' : i18n._(words)
  return (
    <li className="talk-line" data-message={id} tabIndex={-1}>
      <Icon name="timer" />
      <p>
        <span>
          {timer === 0 ? (
            mine ? (
              <Trans>You decided that messages stay.</Trans>
            ) : (
              <Trans>
                <bdi>{author}</bdi> decided that messages stay.
              </Trans>
            )
          ) : mine ? (
            <Trans>You decided that messages disappear: {span} after they were read.</Trans>
          ) : (
            <Trans>
              <bdi>{author}</bdi> decided that messages disappear: {span} after they were read.
            </Trans>
          )}
        </span>{' '}
        <time dateTime={new Date(sentAt).toISOString()}>{clockTime(region, sentAt)}</time>
      </p>
    </li>
  )
}
