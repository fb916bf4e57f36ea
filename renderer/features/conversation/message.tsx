import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { DeliveryState, MessageView } from '../../../core/api/views.ts'
import { Icon } from '../../ui/icon.tsx'
import { Tag } from '../../ui/notice.tsx'
import { clockTime } from '../../words/time.ts'
import { useRegion } from '../../locales/use-region.ts'

const deliveryWords: Readonly<Record<DeliveryState, MessageDescriptor>> = {
  queued: msg`Waiting to go out`,
  stored: msg`Waiting to be picked up`,
  delivered: msg`Delivered`,
  read: msg`Read`,
}

/** One message: who wrote it is said by its side, and to those who listen, in words. */
export function Message({ message, author }: { readonly message: MessageView; readonly author: string }) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const { mine, kind, text, sentAt, delivery } = message
  const isUnreadable = kind === 'unreadable'
  return (
    <li className={`message ${mine ? 'message-mine' : ''} ${isUnreadable ? 'message-unreadable' : ''}`}>
      <span className="hidden-but-read">{mine ? t`You` : author}: </span>
      <p className="message-text" dir="auto">
        {isUnreadable ? (
          <>
            <Icon name="warning" />
            <span>
              <Trans>A message came that this device cannot open. Ask for it again; nothing else is lost.</Trans>
            </span>
          </>
        ) : (
          text
        )}
      </p>
      <span className="message-foot">
        <time dateTime={new Date(sentAt).toISOString()}>{clockTime(region, sentAt)}</time>
        {delivery !== null && (
          <Tag
            tone={delivery === 'delivered' || delivery === 'read' ? 'reached' : 'waiting'}
            icon={delivery === 'read' ? 'eye' : delivery}
          >
            {i18n._(deliveryWords[delivery])}
          </Tag>
        )}
      </span>
    </li>
  )
}
