import { Trans, useLingui } from '@lingui/react/macro'
import type { MessageView } from '../../../core/api/views.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Icon } from '../../ui/icon.tsx'
import { timerWords } from '../../words/conversations.ts'
import { recordEventWords } from '../../words/record-events.ts'
import { clockTime } from '../../words/time.ts'

/** Whether a message is something that happened rather than something that was said. */
export function isLine({ kind }: MessageView): boolean {
  return kind === 'timer' || kind === 'session-reset' || kind === 'event'
}

/** Something that happened to the conversation, between the messages. */
export function Line({ message, author }: { readonly message: MessageView; readonly author: string }) {
  const region = useRegion()
  const { id, kind, sentAt } = message
  return (
    <li className="talk-line" data-message={id} tabIndex={-1}>
      <Icon name={kind === 'timer' ? 'timer' : kind === 'event' ? 'info' : 'lock'} />
      <p>
        <span>
          {kind === 'timer' ? (
            <Timer message={message} author={author} />
          ) : kind === 'event' ? (
            <EventWords message={message} author={author} />
          ) : (
            <Trans>
              This conversation was secured anew, because one of you could not read any more. What had not arrived goes
              out again.
            </Trans>
          )}
        </span>{' '}
        <time dateTime={new Date(sentAt).toISOString()}>{clockTime(region, sentAt)}</time>
      </p>
    </li>
  )
}

interface EventWordsProps {
  readonly message: Pick<MessageView, 'mine' | 'event'>
  readonly author: string
}

/** What one of the two changed beside the messages. */
export function EventWords({ message: { mine, event }, author }: EventWordsProps) {
  const { i18n } = useLingui()
  if (event === null) return null
  const words = recordEventWords[event]
  if (mine) return i18n._(words.mine)
  return (
    <>
      <bdi>{author}</bdi> {i18n._(words.theirs)}
    </>
  )
}

function Timer({ message: { mine, timer }, author }: { readonly message: MessageView; readonly author: string }) {
  const { i18n } = useLingui()
  const words = timerWords.get(timer)
  const span = words === undefined ? '' : i18n._(words)
  if (timer === 0) {
    return mine ? (
      <Trans>You decided that messages stay.</Trans>
    ) : (
      <Trans>
        <bdi>{author}</bdi> decided that messages stay.
      </Trans>
    )
  }
  return mine ? (
    <Trans>You decided that messages disappear: {span} after they were read.</Trans>
  ) : (
    <Trans>
      <bdi>{author}</bdi> decided that messages disappear: {span} after they were read.
    </Trans>
  )
}
