import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import type { MessageView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import type { Problem } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Live } from '../../ui/live.tsx'
import type { MessageDeeds } from './message-menu.tsx'

interface DeedsOptions {
  readonly canWrite: boolean
  readonly onReply: (message: MessageView) => void
  readonly onEdit: (message: MessageView) => void
  readonly onJump: (messageId: string) => void
}

interface Deeds {
  readonly deeds: MessageDeeds
  readonly problem: Problem | undefined
  /** What is asked before something is deleted. */
  readonly question: ReactNode
  /** What was done and cannot be seen. */
  readonly said: ReactNode
}

/** What can be done with a message, and what is asked and said about it. */
export function useDeeds({ canWrite, onReply, onEdit, onJump }: DeedsOptions): Deeds {
  const { t } = useLingui()
  const client = useClient()
  const [removing, setRemoving] = useState<{ readonly message: MessageView; readonly where: 'both' | 'here' }>()
  const [copied, setCopied] = useState<'yes' | 'no'>()
  const react = useAction((messageId: string, emoji: string) => client.conversations.react({ messageId, emoji }))
  const remove = useAction(({ message: { id: messageId }, where }: NonNullable<typeof removing>) =>
    where === 'both'
      ? client.conversations.deleteForBoth({ messageId })
      : client.conversations.deleteHere({ messageId }),
  )
  const copy = async (text: string): Promise<void> => {
    setCopied(undefined)
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    setCopied(done ? 'yes' : 'no')
  }
  const isBoth = removing?.where === 'both'
  return {
    deeds: {
      canWrite,
      reply: onReply,
      edit: onEdit,
      jump: onJump,
      react: ({ id }, emoji) => void react.run(id, emoji),
      copy: ({ text }) => void copy(text),
      remove: (message, where) => setRemoving({ message, where }),
    },
    problem: react.problem ?? remove.problem,
    said: (
      <Live className="small soft talk-said">
        {copied === 'yes' && <Trans>Copied. Your device may remember it until you copy something else.</Trans>}
        {copied === 'no' && <Trans>Your browser does not let this page copy. Select the words and copy them.</Trans>}
      </Live>
    ),
    question: (
      <Confirm
        isOpen={removing !== undefined}
        title={isBoth ? t`Delete this message for both?` : t`Delete this message here?`}
        action={isBoth ? t`Delete for both` : t`Delete here alone`}
        onClose={() => setRemoving(undefined)}
        onConfirm={() => {
          if (removing !== undefined) void remove.run(removing)
        }}
      >
        <p>
          {isBoth ? (
            <Trans>
              “Deleted” stays in its place, for both of you. If they have read it already, they may remember it.
            </Trans>
          ) : (
            <Trans>It disappears from this device without a trace. The other keeps it.</Trans>
          )}
        </p>
      </Confirm>
    ),
  }
}
