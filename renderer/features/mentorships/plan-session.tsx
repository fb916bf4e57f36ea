import { Trans, useLingui } from '@lingui/react/macro'
import { Form } from 'react-aria-components'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView, SessionView } from '../../../core/api/mentorships.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { formatWords } from '../../words/offers.ts'
import { appointment, dayField, timeField, timeOfFields } from '../../words/time.ts'
import { freshId } from '../../api/fresh-id.ts'
import { LengthSelect } from './terms.tsx'
import { useDeed } from './use-mentorship.ts'

interface Plan {
  readonly sessionId: string
  readonly day: string
  readonly time: string
  readonly minutes: number
  readonly format: SessionView['format']
  readonly note: string
  readonly teaches: SessionView['teaches']
}

interface PlanSessionProps {
  readonly mentorship: MentorshipView
  /** One that is moved; without, a new one. */
  readonly session?: SessionView
  readonly onDone: () => void
}

/** A time is proposed, for a new session or for one that is moved. */
export function PlanSession({ mentorship, session, onDone }: PlanSessionProps) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const now = useNow()
  const { id, contact, teaches } = mentorship
  const name = contact.pseudonym
  const { form, refuse, wasRefused } = useRefusal()
  const [plan, setPlan, clear] = useDraft<Plan>(
    `plan ${id} ${session?.id ?? 'new'}`,
    session === undefined ? nextPlan(mentorship, now) : planOf(session),
  )
  const at = timeOfFields(plan.day, plan.time)
  const isPast = at !== undefined && at <= now
  const save = useDeed(id, (mentorships) => {
    const { day: _, time: _time, note, ...rest } = plan
    return mentorships.planSession({ mentorshipId: id, at: at ?? 0, note: note.trim(), ...rest })
  })
  const leave = (): void => {
    clear()
    onDone()
  }
  const submit = async (): Promise<void> => {
    if (at === undefined || isPast) refuse()
    else if (await save.run()) leave()
  }
  const when = at === undefined ? '' : appointment(region, at, now)
  return (
    <Form
      ref={form}
      className="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h3>{session === undefined ? <Trans>A new session</Trans> : <Trans>Another time</Trans>}</h3>
      <div className="term-fields">
        <Field
          label={t`Day`}
          type="date"
          value={plan.day}
          onChange={(day) => setPlan({ ...plan, day })}
          error={
            wasRefused && (plan.day === '' || isPast) ? t`Choose a day and a time that are still to come.` : undefined
          }
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person pressed to fill this in
          autoFocus
        />
        <Field
          label={t`Time`}
          type="time"
          value={plan.time}
          onChange={(time) => setPlan({ ...plan, time })}
          error={wasRefused && plan.time === '' ? t`Choose a time.` : undefined}
        />
        <LengthSelect
          label={t`How long`}
          value={plan.minutes}
          onChange={(minutes) => setPlan({ ...plan, minutes: minutes ?? plan.minutes })}
        />
      </div>
      <p className="small soft">
        {at === undefined ? (
          <Trans>
            This is your own time. <bdi>{name}</bdi> sees it in theirs.
          </Trans>
        ) : (
          <Trans>
            {when}, in your own time. <bdi>{name}</bdi> sees it in theirs.
          </Trans>
        )}
      </p>
      <OneOf
        label={t`How you meet`}
        inline
        value={plan.format}
        onChange={(format) => setPlan({ ...plan, format })}
        choices={(['text', 'voice', 'in-person'] as const).map((format) => ({
          id: format,
          name: i18n._(formatWords[format]),
        }))}
      />
      {plan.format === 'in-person' && (
        <p className="small soft">
          <Trans>
            Nobody owes anybody a meeting. If you want one: in a public place, in daylight, and somebody you trust knows
            where you are.
          </Trans>
        </p>
      )}
      {teaches === 'both' && (
        <OneOf
          label={t`Who teaches`}
          inline
          value={plan.teaches}
          onChange={(teaches) => setPlan({ ...plan, teaches })}
          choices={[
            { id: 'me', name: t`I teach` },
            { id: 'them', name: <Trans>{name} teaches</Trans> },
          ]}
        />
      )}
      <Field
        label={t`A word about it`}
        hint={t`Where or how; what you would like to do. May be left out.`}
        value={plan.note}
        onChange={(note) => setPlan({ ...plan, note })}
        maxLength={limits.sessionNote}
        autoComplete="off"
      />
      <ProblemNotice problem={save.problem} />
      <div className="row">
        <Button kind="primary" type="submit" isPending={save.pending}>
          {session === undefined ? <Trans>Propose it</Trans> : <Trans>Propose this time</Trans>}
        </Button>
        <Button kind="plain" onPress={leave}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </Form>
  )
}

function planOf({ id, at, minutes, format, note, teaches }: SessionView): Plan {
  return { sessionId: id, day: dayField(at), time: timeField(at), minutes, format, note, teaches }
}

const daysOfRhythm = { weekly: 7, fortnightly: 14, monthly: 28 } as const

/** As the last one, one turn of the agreed rhythm later; else nothing but what the agreement says. */
function nextPlan({ sessions, agreement, teaches }: MentorshipView, now: number): Plan {
  const last = sessions.findLast(({ state }) => state === 'accepted' || state === 'held')
  const { rhythm } = agreement
  const fresh = {
    sessionId: freshId(),
    day: '',
    time: '',
    minutes: agreement.minutes ?? 60,
    format: 'text',
    note: '',
    teaches: teaches === 'both' ? 'me' : teaches,
  } as const
  if (last === undefined) return fresh
  const same = { ...fresh, minutes: last.minutes, format: last.format, time: timeField(last.at) }
  if (rhythm === null || rhythm === 'as-needed') return same
  const date = new Date(last.at)
  while (date.getTime() <= now) date.setDate(date.getDate() + daysOfRhythm[rhythm])
  if (date.getTime() === last.at) date.setDate(date.getDate() + daysOfRhythm[rhythm])
  return { ...same, day: dayField(date.getTime()) }
}
