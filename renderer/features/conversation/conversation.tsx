import { Trans, useLingui } from '@lingui/react/macro'
import { useView } from '../../api/context.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { Empty } from '../../ui/page.tsx'
import { KeyChanged } from '../verification/key-changed.tsx'
import { Talk } from './talk.tsx'
import './conversation.css'

interface ConversationProps {
  readonly id: string
  /** The position of a message that is looked for. */
  readonly to?: number | undefined
  /** What can be set for it is open at first. */
  readonly options?: boolean | undefined
}

/** The words of one pair. */
export function Conversation({ id, to, options }: ConversationProps) {
  const { t } = useLingui()
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  const conversation = data?.find((conversation) => conversation.id === id)
  if (data === undefined) return null
  if (conversation === undefined) {
    return (
      <>
        <BackWhenNarrow />
        <Empty title={t`This is no longer here`} middle>
          <p>
            <Trans>Choose someone from the list.</Trans>
          </p>
        </Empty>
      </>
    )
  }
  // a contact who may be someone else is no note beside the words
  if (conversation.keys === 'changed' && conversation.ending === 'none')
    return <KeyChanged conversation={conversation} />
  return <Talk conversation={conversation} to={to} options={options} />
}
