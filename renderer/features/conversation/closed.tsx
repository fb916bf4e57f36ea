import { Trans } from '@lingui/react/macro'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'

/** In the place of the composer where nothing can be written: why, and what can be done. */
export function Closed({ conversation }: { readonly conversation: ConversationView }) {
  const client = useClient()
  const { id, contact, ending } = conversation
  const name = contact.pseudonym
  const unblock = useAction(() => client.conversations.setBlocked({ conversationId: id, blocked: false }))
  return (
    <div className="composer">
      <ProblemNotice problem={unblock.problem} />
      <Live>
        {ending !== 'none' ? (
          <Ended ending={ending} name={name} />
        ) : (
          <Notice icon="block">
            <p>
              <Trans>
                You have blocked <bdi>{name}</bdi>. They are not told: what they write waits, as if you were away.
              </Trans>
            </p>
            <Button isPending={unblock.pending} onPress={() => void unblock.run()}>
              <Trans>Unblock</Trans>
            </Button>
          </Notice>
        )}
      </Live>
    </div>
  )
}

interface EndedProps {
  readonly ending: Exclude<ConversationView['ending'], 'none'>
  readonly name: string
}

function Ended({ ending, name }: EndedProps) {
  if (ending === 'asked') {
    return (
      <Notice tone="waiting">
        <p>
          <Trans>
            You ended this, and everything is deleted here. <bdi>{name}</bdi>’s app has not confirmed yet that it has
            deleted its part: it is asked as soon as it comes. It cannot be made to.
          </Trans>
        </p>
      </Notice>
    )
  }
  if (ending === 'confirmed') {
    return (
      <Notice tone="reached">
        <p>
          <Trans>
            You ended this. Everything is deleted here, and <bdi>{name}</bdi>’s app has confirmed that it has deleted
            its part.
          </Trans>
        </p>
      </Notice>
    )
  }
  return (
    <Notice>
      <p>
        <Trans>
          <bdi>{name}</bdi> ended this conversation. Everything was deleted here, as their app asked, and nothing more
          can be written.
        </Trans>
      </p>
    </Notice>
  )
}
