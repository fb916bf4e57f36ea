import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ConversationView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { Empty, Page } from '../../ui/page.tsx'

interface OfConversationProps {
  readonly id: string
  readonly children: (conversation: ConversationView) => ReactNode
}

/** A page about a conversation, or what stands in its place once that was deleted. */
export function OfConversation({ id, children }: OfConversationProps) {
  const { t } = useLingui()
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  if (data === undefined) return null
  const conversation = data.find((conversation) => conversation.id === id)
  if (conversation !== undefined) return children(conversation)
  return (
    <Page title={t`This is no longer here`} back>
      <Empty title={t`Nothing was lost elsewhere`}>
        <p>
          <Trans>The conversation was deleted on this device.</Trans>
        </p>
      </Empty>
    </Page>
  )
}
