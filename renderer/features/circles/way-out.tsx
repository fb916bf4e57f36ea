import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { CircleView } from '../../../core/api/circles.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { useCircleDeed } from './use-circle.ts'

/** A member leaves; a host ends the circle for all. */
export function WayOut({ circle: { id, role } }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const isHost = role === 'host'
  const go = useCircleDeed((circles) => (isHost ? circles.end({ circleId: id }) : circles.leave({ circleId: id })))
  return (
    <section className="stack stack-tight">
      <h2>{isHost ? <Trans>End it</Trans> : <Trans>Leave</Trans>}</h2>
      <p className="small soft">
        {isHost ? (
          <Trans>A circle needs its host. Whoever wants to go on without you can begin another.</Trans>
        ) : (
          <Trans>You can leave at any time. You owe nobody an explanation.</Trans>
        )}
      </p>
      <ProblemNotice problem={go.problem} />
      <div className="row">
        <Button icon="leave" isPending={go.pending} onPress={() => setAsking(true)}>
          {isHost ? <Trans>End the circle</Trans> : <Trans>Leave the circle</Trans>}
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        title={isHost ? t`End this circle for everybody?` : t`Leave this circle?`}
        action={isHost ? t`End it` : t`Leave it`}
        onClose={() => setAsking(false)}
        onConfirm={() => void go.run()}
      >
        <p>
          {isHost ? (
            <Trans>Nobody can write any more. Everybody keeps what was said until they delete it.</Trans>
          ) : (
            <Trans>
              You get nothing more of it, at once. The host’s app tells the others. What you wrote stays with those who
              have it; what was said stays here until you delete it.
            </Trans>
          )}
        </p>
      </Confirm>
    </section>
  )
}
