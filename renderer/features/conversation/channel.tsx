import { useLingui } from '@lingui/react/macro'
import type { ConversationView } from '../../../core/api/views.ts'
import { Tag } from '../../ui/notice.tsx'
import { Live } from '../../ui/live.tsx'

/** Whether the contact is there now, and by which way. */
export function Channel({ channel }: { readonly channel: ConversationView['channel'] }) {
  const { t } = useLingui()
  return (
    <Live>
      {channel === 'none' && <Tag icon="stored">{t`Away: messages wait to be picked up`}</Tag>}
      {channel === 'relay' && <Tag tone="reached" icon="community">{t`Here now, through your community`}</Tag>}
      {channel === 'direct' && <Tag tone="reached" icon="link">{t`Here now, directly`}</Tag>}
    </Live>
  )
}
