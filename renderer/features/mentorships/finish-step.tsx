import { Trans } from '@lingui/react/macro'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { useDeed } from './use-mentorship.ts'

/** The wish to finish: it is finished once both have it. */
export function FinishStep({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { id, contact, state, finishing } = mentorship
  const name = contact.pseudonym
  const finish = useDeed(id, (mentorships) => mentorships.finish({ mentorshipId: id }))
  const goOn = useDeed(id, (mentorships) => mentorships.goOn({ mentorshipId: id }))
  const isFinished = state === 'finished'
  return (
    <div className="stack">
      <Live>
        {isFinished ? (
          <Notice tone="reached">
            <p>
              <Trans>You have finished together.</Trans>
            </p>
          </Notice>
        ) : finishing.mine ? (
          <Notice tone="waiting">
            <p>
              <Trans>
                You said that you would like to finish. <bdi>{name}</bdi> sees it, and it is finished once they say so
                too. You can look back meanwhile.
              </Trans>
            </p>
          </Notice>
        ) : finishing.theirs ? (
          <p>
            <Trans>
              <bdi>{name}</bdi> would like to finish. If you do too, it is finished. If not yet, talk about it: nothing
              is decided alone.
            </Trans>
          </p>
        ) : (
          <p>
            <Trans>
              A good ending is part of the way: what you reached is seen, and both of you are free. Say that you would
              like to finish; it is finished once <bdi>{name}</bdi> says so too.
            </Trans>
          </p>
        )}
      </Live>
      <ProblemNotice problem={finish.problem ?? goOn.problem} />
      {!isFinished && (
        <div className="row">
          {finishing.mine ? (
            <Button isPending={goOn.pending} onPress={() => void goOn.run()}>
              <Trans>Go on after all</Trans>
            </Button>
          ) : (
            <Button kind="primary" icon="check" isPending={finish.pending} onPress={() => void finish.run()}>
              {finishing.theirs ? <Trans>Finish it</Trans> : <Trans>I would like to finish</Trans>}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
