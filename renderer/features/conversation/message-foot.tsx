import { Trans, useLingui } from '@lingui/react/macro'
import type { MessageView } from '../../../core/api/views.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNow } from '../../shell/use-now.ts'
import { Tag } from '../../ui/notice.tsx'
import { deliveryWords, timerWords } from '../../words/conversations.ts'
import { clockTime, relativeTime } from '../../words/time.ts'

/** When a message was written, how far it is, and when it goes. */
export function MessageFoot({ message }: { readonly message: MessageView }) {
  const { i18n } = useLingui()
  const region = useRegion()
  const { sentAt, delivery, edited, kind } = message
  const isDone = delivery === 'delivered' || delivery === 'read'
  return (
    <>
      <time dateTime={new Date(sentAt).toISOString()}>{clockTime(region, sentAt)}</time>
      {edited && kind === 'text' && (
        <span>
          <Trans>edited</Trans>
        </span>
      )}
      {message.timer > 0 && <Disappears message={message} />}
      {delivery !== null && (
        <Tag tone={isDone ? 'reached' : 'waiting'} icon={delivery === 'read' ? 'eye' : delivery}>
          {i18n._(deliveryWords[delivery])}
        </Tag>
      )}
    </>
  )
}

function Disappears({ message: { timer, expiresAt, mine } }: { readonly message: MessageView }) {
  const { i18n } = useLingui()
  const region = useRegion()
  const now = useNow()
  const words = timerWords.get(timer)
  const span = words === undefined ? '' : i18n._(words)
  const when = expiresAt === null ? '' : relativeTime(region, Math.max(expiresAt, now), now)
  return (
    <Tag icon="timer">
      {expiresAt === null ? (
        mine ? (
          <Trans>Disappears {span} after it was delivered</Trans>
        ) : (
          <Trans>Disappears {span} after it was read</Trans>
        )
      ) : (
        <Trans>Disappears {when}</Trans>
      )}
    </Tag>
  )
}
