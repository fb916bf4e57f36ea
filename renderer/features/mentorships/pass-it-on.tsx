import { Trans, useLingui } from '@lingui/react/macro'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { newWriting } from '../../routing/route.ts'
import { Button } from '../../ui/button.tsx'

/**
 * The last step of a good ending: whoever learned teaches.
 *
 * THE PLACE FOR "PASS IT ON": the prefilled offer of the learner and the vouch of
 * the mentor are joined here, with the mentorship in hand.
 */
export function PassItOn({ mentorship: { teaches } }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const { go } = useNavigation()
  return (
    <div className="stack">
      <p>
        {teaches === 'me' ? (
          <Trans>Someone else is where they were. Your offer finds the next one.</Trans>
        ) : (
          <Trans>
            Someone is now where you were when you began. What you learned is enough to help them over the first step.
          </Trans>
        )}
      </p>
      <div className="row">
        <Button kind="primary" icon="write" onPress={() => go(newWriting())}>
          {t`Write an offer`}
        </Button>
      </div>
    </div>
  )
}
