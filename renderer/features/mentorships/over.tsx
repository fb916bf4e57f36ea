import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { debriefQuestions } from '../../words/mentorships.ts'
import { fullDate } from '../../words/time.ts'
import '../people/people.css'
import { ErasureState } from './erasure-state.tsx'
import './farewell.css'

/** What is left of one that is over: words of both, and what was kept. */
export function Over({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const region = useRegion()
  const client = useClient()
  const { go, replace } = useNavigation()
  const [asking, setAsking] = useState(false)
  const { id, contact, state, beganAt, overAt, endedByMe, thanks } = mentorship
  const name = contact.pseudonym
  const date = overAt === null ? '' : fullDate(region, overAt)
  const forget = useAction(async () => {
    await client.mentorships.forget({ mentorshipId: id })
    replace({ at: 'mentorships' })
  })
  return (
    <section className="stack">
      <p>
        {state === 'finished' ? (
          <Trans>You finished together, on {date}.</Trans>
        ) : beganAt === null && endedByMe !== null ? (
          <Trans>It was proposed, and did not begin.</Trans>
        ) : endedByMe === true ? (
          <Trans>You ended it, on {date}.</Trans>
        ) : endedByMe === false ? (
          <Trans>
            <bdi>{name}</bdi> ended it, on {date}.
          </Trans>
        ) : (
          <Trans>It did not begin: both of you had proposed one, and the other went ahead.</Trans>
        )}
      </p>
      {thanks.theirs !== null && <Said title={t`${name} says thank you`} text={thanks.theirs} />}
      <TheirDebrief mentorship={mentorship} />
      <ErasureState mentorship={mentorship} />
      <ProblemNotice problem={forget.problem} />
      <div className="row">
        {beganAt !== null && (
          <Button icon="sparkle" onPress={() => go({ at: 'farewell', id })}>
            {state === 'finished' ? t`Look back, and what stays` : t`What stays and what goes`}
          </Button>
        )}
        <Button kind="plain" icon="remove" isPending={forget.pending} onPress={() => setAsking(true)}>
          {t`Delete this here`}
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        title={t`Delete this mentorship here?`}
        action={t`Delete this here`}
        onClose={() => setAsking(false)}
        onConfirm={() => void forget.run()}
      >
        <p>
          <Trans>
            All that is here of it goes, with your own notes; only your hours stay in the sum. <bdi>{name}</bdi> is not
            told, and keeps theirs. Your conversation stays.
          </Trans>
        </p>
      </Confirm>
    </section>
  )
}

export function Said({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <figure className="letter">
      <figcaption className="letter-about">{title}</figcaption>
      <p className="prose" dir="auto">
        {text}
      </p>
    </figure>
  )
}

/** How it was for the other, where they shared it. */
export function TheirDebrief({ mentorship: { contact, debrief } }: { readonly mentorship: MentorshipView }) {
  const { i18n, t } = useLingui()
  const name = contact.pseudonym
  const { theirs } = debrief
  if (theirs === null) return null
  return (
    <section className="letter" aria-label={t`How it was for ${name}`}>
      <p className="letter-about">{t`How it was for ${name}`}</p>
      <dl className="answers">
        {(['learned', 'well', 'differently', 'next'] as const).map((question) => {
          const answer = theirs[question]
          return answer === undefined || answer === '' ? null : (
            <div key={question}>
              <dt>{i18n._(debriefQuestions[question])}</dt>
              <dd className="prose" dir="auto">
                {answer}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
