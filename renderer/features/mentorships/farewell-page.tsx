import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, type ReactNode } from 'react'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { problemOf } from '../../api/fault.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { isOver } from './parts.ts'
import { FinishStep } from './finish-step.tsx'
import { KeepStep } from './keep-step.tsx'
import { LookBackStep } from './look-back-step.tsx'
import { PassItOn } from './pass-it-on.tsx'
import { ThanksStep } from './thanks-step.tsx'
import { useMentorship } from './use-mentorship.ts'
import './farewell.css'
import './mentorships.css'

/** The way out that both want, step by step; each step can be left out, and taken later. */
export function FarewellPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { data, error } = useMentorship(id)
  if (data !== undefined) return <Steps mentorship={data} />
  if (error === undefined) return null
  return (
    <Page title={t`A good ending`} back>
      <ProblemNotice problem={problemOf(error)} />
    </Page>
  )
}

interface Step {
  readonly id: string
  readonly title: string
  readonly body: ReactNode
}

function Steps({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const { replace } = useNavigation()
  const { id, state } = mentorship
  const wasEarly = state === 'ended-early'
  const steps: readonly Step[] = [
    ...(wasEarly ? [] : [{ id: 'finish', title: t`Finish together`, body: <FinishStep mentorship={mentorship} /> }]),
    { id: 'look-back', title: t`Look back`, body: <LookBackStep mentorship={mentorship} /> },
    ...(wasEarly ? [] : [{ id: 'thanks', title: t`Say thank you`, body: <ThanksStep mentorship={mentorship} /> }]),
    { id: 'keep', title: t`What stays and what goes`, body: <KeepStep mentorship={mentorship} /> },
    ...(wasEarly ? [] : [{ id: 'pass-on', title: t`Pass it on`, body: <PassItOn mentorship={mentorship} /> }]),
  ]
  // who has finished already begins where something is left to do
  const [at, setAt] = useDraft(`farewell ${id}`, isOver(mentorship) && !wasEarly ? 1 : 0)
  const heading = useRef<HTMLHeadingElement>(null)
  const arrived = useRef(at)
  useEffect(() => {
    if (arrived.current === at) return
    arrived.current = at
    heading.current?.focus()
  }, [at])
  const step = steps[Math.min(at, steps.length - 1)]
  const [number, all] = [Math.min(at, steps.length - 1) + 1, steps.length]
  return (
    <Page title={t`A good ending`} back>
      <ol className="steps" aria-label={t`Steps`}>
        {steps.map(({ id, title }, index) => (
          <li
            key={id}
            className="step"
            {...(index + 1 === number ? { 'aria-current': 'step' as const } : {})}
            data-done={index + 1 < number}
          >
            <span className="step-knot" aria-hidden="true" />
            <span className="step-name">{title}</span>
          </li>
        ))}
      </ol>
      <section className="stack stack-wide">
        <div className="stack stack-tight">
          <p className="small soft">
            <Trans>
              Step {number} of {all}
            </Trans>
          </p>
          <h2 ref={heading} tabIndex={-1}>
            {step?.title}
          </h2>
        </div>
        {step?.body}
      </section>
      <div className="row steps-foot">
        {number > 1 && (
          <Button icon="back" onPress={() => setAt(number - 2)}>
            <Trans>One step back</Trans>
          </Button>
        )}
        {number < all ? (
          <Button onPress={() => setAt(number)}>
            <Trans>Next step</Trans>
          </Button>
        ) : (
          <Button onPress={() => replace({ at: 'mentorship', id })}>
            <Trans>That was it</Trans>
          </Button>
        )}
      </div>
    </Page>
  )
}
