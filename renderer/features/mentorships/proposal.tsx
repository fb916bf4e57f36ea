import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Agreement } from './agreement.tsx'
import { useDeed } from './use-mentorship.ts'

/** One that was proposed: what it would be, and the answer. */
export function Proposal({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const client = useClient()
  const { go, replace } = useNavigation()
  const [asking, setAsking] = useState(false)
  const { id, conversationId, contact, proposedByMe, agreement } = mentorship
  const name = contact.pseudonym
  const accept = useDeed(id, (mentorships) => mentorships.accept({ mentorshipId: id, version: agreement.version }))
  const end = useAction(async () => {
    await client.mentorships.end({ mentorshipId: id, erase: 'nothing', block: false })
    replace({ at: 'conversation', id: conversationId })
  })
  return (
    <div className="stack stack-wide">
      <Notice tone="waiting">
        <p>
          {proposedByMe ? (
            <Trans>
              You proposed this. It begins when <bdi>{name}</bdi> accepts it.
            </Trans>
          ) : (
            <Trans>
              <bdi>{name}</bdi> proposes a mentorship. Accept it if this is what you want too: both of you can change it
              later. You may also talk about it first.
            </Trans>
          )}
        </p>
      </Notice>
      <div className="sheet">
        <Agreement mentorship={mentorship} />
      </div>
      <ProblemNotice problem={accept.problem ?? end.problem} />
      <div className="row">
        {!proposedByMe && (
          <>
            <Button kind="primary" icon="check" isPending={accept.pending} onPress={() => void accept.run()}>
              <Trans>Accept the mentorship</Trans>
            </Button>
            <Button icon="people" onPress={() => go({ at: 'conversation', id: conversationId })}>
              <Trans>Talk about it first</Trans>
            </Button>
          </>
        )}
        <Button kind="plain" isPending={end.pending} onPress={() => setAsking(true)}>
          {proposedByMe ? t`Take it back` : t`Decline`}
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        title={proposedByMe ? t`Take the proposal back?` : t`Decline this mentorship?`}
        action={proposedByMe ? t`Take it back` : t`Decline`}
        onClose={() => setAsking(false)}
        onConfirm={() => void end.run()}
      >
        <p>
          <Trans>
            <bdi>{name}</bdi> sees it, without a reason. Your conversation stays, and either of you can propose another
            one.
          </Trans>
        </p>
      </Confirm>
    </div>
  )
}
