import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { debriefQuestions } from '../../words/mentorships.ts'
import { TheirDebrief } from './over.tsx'
import { useDeed } from './use-mentorship.ts'

const questions = ['learned', 'well', 'differently', 'next'] as const
type Answers = MentorshipView['debrief']['answers']

/** Questions to look back with; for this person alone, unless they share it. */
export function LookBackStep({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t, i18n } = useLingui()
  const { id, contact, state, debrief } = mentorship
  const name = contact.pseudonym
  const [answers, setAnswers] = useDraft<Answers>(`debrief ${id}`, debrief.answers)
  const [asking, setAsking] = useState(false)
  const save = useDeed(id, (mentorships, share: boolean) => mentorships.debrief({ mentorshipId: id, answers, share }))
  const isEmpty = Object.values(answers).every((answer) => answer.trim() === '')
  const isSaved = questions.every((question) => (answers[question] ?? '') === (debrief.answers[question] ?? ''))
  return (
    <div className="stack">
      <Notice icon="lock">
        <p>
          {debrief.shared ? (
            <Trans>
              You shared this with <bdi>{name}</bdi>. What you change now is yours alone until you share it again.
            </Trans>
          ) : (
            <Trans>Only you can read your answers, as long as you do not share them. Leave out what you like.</Trans>
          )}
        </p>
      </Notice>
      {questions.map((question) => (
        <Field
          key={question}
          label={i18n._(debriefQuestions[question])}
          lines={3}
          value={answers[question] ?? ''}
          onChange={(answer) => setAnswers({ ...answers, [question]: answer })}
          maxLength={limits.answer}
        />
      ))}
      <ProblemNotice problem={save.problem} />
      <div className="row">
        <Button
          kind="primary"
          isPending={save.pending}
          isDisabled={isEmpty || isSaved}
          onPress={() => void save.run(false)}
        >
          <Trans>Keep it for me</Trans>
        </Button>
        {state === 'finished' && (
          <Button icon="send" isDisabled={isEmpty || (debrief.shared && isSaved)} onPress={() => setAsking(true)}>
            <Trans>Share it with {name}</Trans>
          </Button>
        )}
        <Live className="small soft">{isSaved && !isEmpty && <Trans>Kept on this device</Trans>}</Live>
      </div>
      {state === 'active' || state === 'paused' ? (
        <p className="small soft">
          <Trans>Once it is finished you can also share it, if you want.</Trans>
        </p>
      ) : null}
      <TheirDebrief mentorship={mentorship} />
      <Confirm
        isOpen={asking}
        title={t`Share your answers with ${name}?`}
        action={t`Share`}
        isDanger={false}
        onClose={() => setAsking(false)}
        onConfirm={() => void save.run(true)}
      >
        <p>
          <Trans>They can read all of them, as they stand here. It cannot be taken back.</Trans>
        </p>
      </Confirm>
    </div>
  )
}
