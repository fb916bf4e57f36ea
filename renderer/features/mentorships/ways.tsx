import { Trans } from '@lingui/react/macro'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { useDeed } from './use-mentorship.ts'

/** How it can go on from here: a pause, or an ending that both want. */
export function Ways({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { go } = useNavigation()
  const { id, contact, paused, finishing } = mentorship
  const name = contact.pseudonym
  const pause = useDeed(id, (mentorships) => mentorships.pause({ mentorshipId: id }))
  const resume = useDeed(id, (mentorships) => mentorships.resume({ mentorshipId: id }))
  return (
    <section className="stack stack-tight">
      <h2>
        <Trans>How it goes on</Trans>
      </h2>
      <Live>
        {(paused.mine || paused.theirs) && (
          <p>
            {paused.mine && paused.theirs ? (
              <Trans>Both of you take a pause.</Trans>
            ) : paused.mine ? (
              <Trans>
                You take a pause. <bdi>{name}</bdi> sees that, and no reason.
              </Trans>
            ) : (
              <Trans>
                <bdi>{name}</bdi> takes a pause. It goes on when they are back.
              </Trans>
            )}
          </p>
        )}
        {finishing.mine && (
          <p>
            <Trans>
              You would like to finish; <bdi>{name}</bdi> has not said so yet.
            </Trans>
          </p>
        )}
      </Live>
      <ProblemNotice problem={pause.problem ?? resume.problem} />
      <div className="row">
        {paused.mine ? (
          <Button icon="mentorships" isPending={resume.pending} onPress={() => void resume.run()}>
            <Trans>End your pause</Trans>
          </Button>
        ) : (
          <Button icon="timer" isPending={pause.pending} onPress={() => void pause.run()}>
            <Trans>Take a pause</Trans>
          </Button>
        )}
        <Button icon="check" onPress={() => go({ at: 'farewell', id })}>
          <Trans>Finish together</Trans>
        </Button>
      </div>
    </section>
  )
}
