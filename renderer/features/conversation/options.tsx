import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { DialogTrigger } from 'react-aria-components'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { TimerChoice } from './timer-choice.tsx'

interface OptionsProps {
  readonly conversation: ConversationView
  /** Whether they are open at first. */
  readonly opens: boolean | undefined
}

/** What can be set for a conversation, and the ways out of it. */
export function Options({ conversation, opens = false }: OptionsProps) {
  const { t } = useLingui()
  const name = conversation.contact.pseudonym
  return (
    <DialogTrigger defaultOpen={opens}>
      <Button icon="more">
        <Trans>Options</Trans>
      </Button>
      <Dialog title={t`With ${name}`}>
        {(close) => (
          <div className="stack stack-wide">
            {conversation.ending === 'none' && (
              <>
                <TimerChoice conversation={conversation} />
                <Quiet conversation={conversation} />
              </>
            )}
            <WaysOut conversation={conversation} close={close} />
          </div>
        )}
      </Dialog>
    </DialogTrigger>
  )
}

function Quiet({ conversation: { id, contact, muted, blocked } }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const client = useClient()
  const [asking, setAsking] = useState(false)
  const name = contact.pseudonym
  const mute = useAction(() => client.conversations.setMuted({ conversationId: id, muted: !muted }))
  const block = useAction(() => client.conversations.setBlocked({ conversationId: id, blocked: !blocked }))
  return (
    <section className="stack stack-tight">
      <h3>
        <Trans>Quiet</Trans>
      </h3>
      <p className="small soft">
        <Trans>Muted: new messages come, and are not counted. Blocked: nothing comes and nothing goes.</Trans>
      </p>
      <ProblemNotice problem={mute.problem ?? block.problem} />
      <div className="row">
        <Button icon="mute" isPending={mute.pending} onPress={() => void mute.run()}>
          {muted ? <Trans>Unmute</Trans> : <Trans>Mute</Trans>}
        </Button>
        <Button icon="block" isPending={block.pending} onPress={() => (blocked ? void block.run() : setAsking(true))}>
          {blocked ? <Trans>Unblock</Trans> : <Trans>Block</Trans>}
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        title={t`Block ${name}?`}
        action={t`Block`}
        onClose={() => setAsking(false)}
        onConfirm={() => void block.run()}
      >
        <p>
          <Trans>
            They are not told: for them it looks as if you were away. What they write waits, and comes if you unblock
            them. You can do that at any time.
          </Trans>
        </p>
      </Confirm>
    </section>
  )
}

interface WaysOutProps {
  readonly conversation: ConversationView
  readonly close: () => void
}

function WaysOut({ conversation: { id, contact, ending }, close }: WaysOutProps) {
  const { t } = useLingui()
  const client = useClient()
  const { replace } = useNavigation()
  const [asking, setAsking] = useState<'end' | 'forget'>()
  const name = contact.pseudonym
  const end = useAction(async () => {
    await client.conversations.end({ conversationId: id })
    close()
  })
  const forget = useAction(async () => {
    await client.conversations.forget({ conversationId: id })
    close()
    replace({ at: 'people' })
  })
  return (
    <section className="stack stack-tight">
      <h3>
        <Trans>Ways out</Trans>
      </h3>
      <ProblemNotice problem={end.problem ?? forget.problem} />
      <div className="row">
        {ending === 'none' && (
          <Button kind="danger" isPending={end.pending} onPress={() => setAsking('end')}>
            <Trans>End it for both</Trans>
          </Button>
        )}
        <Button kind="danger" icon="remove" isPending={forget.pending} onPress={() => setAsking('forget')}>
          <Trans>Delete it here</Trans>
        </Button>
      </div>
      <Confirm
        isOpen={asking === 'end'}
        title={t`End the conversation with ${name}?`}
        action={t`End it for both`}
        onClose={() => setAsking(undefined)}
        onConfirm={() => void end.run()}
      >
        <p>
          <Trans>
            All messages are deleted here at once, and their app is asked to delete them too. You will see whether it
            says that it has. Nothing more can be written, and what they copied elsewhere stays with them.
          </Trans>
        </p>
      </Confirm>
      <Confirm
        isOpen={asking === 'forget'}
        title={t`Delete this conversation here?`}
        action={t`Delete it here`}
        onClose={() => setAsking(undefined)}
        onConfirm={() => void forget.run()}
      >
        <p>
          {ending === 'none' ? (
            <Trans>
              The messages are gone from this device and cannot come back, and you can write to <bdi>{name}</bdi> no
              more. They are not told and keep theirs. To have both deleted, end it for both first.
            </Trans>
          ) : (
            <Trans>It disappears from your list, and you do not see what their app still answers.</Trans>
          )}
        </p>
      </Confirm>
    </section>
  )
}
