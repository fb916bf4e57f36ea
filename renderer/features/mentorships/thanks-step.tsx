import { Trans, useLingui } from '@lingui/react/macro'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Live } from '../../ui/live.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Said } from './over.tsx'
import { useDeed } from './use-mentorship.ts'

/** A few words to the other. */
export function ThanksStep({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const { id, contact, state, finishing, thanks } = mentorship
  const name = contact.pseudonym
  const [text, setText] = useDraft(`thanks ${id}`, thanks.mine ?? '')
  const thank = useDeed(id, (mentorships) => mentorships.thank({ mentorshipId: id, text: text.trim() }))
  const canThank = state === 'finished' || finishing.mine || finishing.theirs
  const isSent = thanks.mine !== null && thanks.mine === text.trim()
  return (
    <div className="stack">
      {thanks.theirs !== null && <Said title={t`${name} says thank you`} text={thanks.theirs} />}
      <Field
        label={t`To ${name}`}
        hint={t`What did they do that helped? It may be one sentence.`}
        lines={4}
        value={text}
        onChange={setText}
        maxLength={limits.thanks}
      />
      <SeenBy>
        <Trans>
          Only <bdi>{name}</bdi> can read this. They may keep it.
        </Trans>
      </SeenBy>
      <ProblemNotice problem={thank.problem} />
      <div className="row">
        <Button
          kind="primary"
          icon="send"
          isPending={thank.pending}
          isDisabled={!canThank || text.trim() === '' || isSent}
          onPress={() => void thank.run()}
        >
          <Trans>Say thank you</Trans>
        </Button>
        <Live className="small soft">{isSent && <Trans>Said</Trans>}</Live>
      </div>
      {!canThank && (
        <p className="small soft">
          <Trans>It can be sent once one of you has said that they would like to finish.</Trans>
        </p>
      )}
    </div>
  )
}
