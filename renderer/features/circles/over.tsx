import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { CircleView } from '../../../core/api/circles.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { useCircleDeed } from './use-circle.ts'

/** In the place of what is written, where nothing can be any more. */
export function Over({ circle: { id, state, role } }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const { replace } = useNavigation()
  const [asking, setAsking] = useState(false)
  const forget = useCircleDeed(async (circles) => {
    await circles.forget({ circleId: id })
    replace({ at: 'people' })
  })
  return (
    <div className="composer stack">
      <Notice>
        <p>
          {state === 'left' ? (
            <Trans>You left this circle. What was said until then is still here.</Trans>
          ) : state === 'removed' ? (
            <Trans>The host took you out of this circle. What was said until then is still here.</Trans>
          ) : role === 'host' ? (
            <Trans>You ended this circle. What was said is still here, and with everybody who was in it.</Trans>
          ) : (
            <Trans>The host ended this circle. What was said is still here.</Trans>
          )}
        </p>
      </Notice>
      <ProblemNotice problem={forget.problem} />
      <div className="row">
        <Button icon="remove" isPending={forget.pending} onPress={() => setAsking(true)}>
          <Trans>Delete it from this device</Trans>
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        title={t`Delete everything of this circle?`}
        action={t`Delete it`}
        onClose={() => setAsking(false)}
        onConfirm={() => void forget.run()}
      >
        <p>
          <Trans>It is gone from this device. The others keep what they have.</Trans>
        </p>
      </Confirm>
    </div>
  )
}
