import { Trans, useLingui } from '@lingui/react/macro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Switch } from 'react-aria-components'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { reminderWords } from '../../words/mentorships.ts'
import { isOver } from './parts.ts'
import { useDeed } from './use-mentorship.ts'

/** Milliseconds of quiet after which notes are saved. */
const pause = 600
const none = 'none'

/** What is this person's alone: notes, and when they are reminded. */
export function Own({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t, i18n } = useLingui()
  const { id, own } = mentorship
  const remind = useDeed(id, (mentorships, minutes: number | null) =>
    mentorships.setReminder({ mentorshipId: id, minutes }),
  )
  const ask = useDeed(id, (mentorships, on: boolean) => mentorships.setCheckIns({ mentorshipId: id, on }))
  return (
    <div className="stack stack-wide">
      <Notice icon="lock">
        <p>
          <Trans>What you write here never leaves this device. Nobody is told that there is something.</Trans>
        </p>
      </Notice>
      <OwnNotes mentorshipId={id} kept={own.notes} />
      {!isOver(mentorship) && (
        <section className="stack">
          <h3>
            <Trans>Reminders</Trans>
          </h3>
          <Select
            label={t`Before a session`}
            hint={t`Staffetta says that you have an appointment and when, and not with whom.`}
            value={own.reminder === null ? none : String(own.reminder)}
            onChange={(key) => void remind.run(key === none ? null : Number(key))}
            items={[
              { id: none, name: t`No reminder` },
              ...[...reminderWords].map(([minutes, words]) => ({ id: String(minutes), name: i18n._(words) })),
            ]}
          />
          <Switch className="choice switch" isSelected={own.checkIns} onChange={(on) => void ask.run(on)}>
            <span className="choice-mark">
              <Icon name="check" />
            </span>
            <span className="choice-words">
              <Trans>Ask me how it goes when nothing has moved for three weeks</Trans>
            </span>
          </Switch>
          <ProblemNotice problem={remind.problem ?? ask.problem} />
        </section>
      )}
    </div>
  )
}

interface OwnNotesProps {
  readonly mentorshipId: string
  readonly kept: string
}

/** Saved while one writes, as on paper. */
function OwnNotes({ mentorshipId, kept }: OwnNotesProps) {
  const { t } = useLingui()
  const client = useClient()
  const [notes, setNotes] = useDraft(`own ${mentorshipId}`, kept)
  const latest = useRef(notes)
  const [saved, setSaved] = useState(kept)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { run, pending, problem } = useAction(async () => {
    let last = saved
    while (latest.current !== last) {
      last = latest.current
      await client.mentorships.saveNotes({ mentorshipId, notes: last })
    }
    setSaved(last)
  })
  const save = useCallback((): void => {
    clearTimeout(timer.current)
    void run()
  }, [run])
  useEffect(() => {
    document.addEventListener('visibilitychange', save)
    return () => {
      document.removeEventListener('visibilitychange', save)
      save()
    }
  }, [save])
  return (
    <div className="stack stack-tight">
      <Field
        label={t`Your own notes`}
        lines={8}
        value={notes}
        onChange={(next) => {
          latest.current = next
          setNotes(next)
          clearTimeout(timer.current)
          timer.current = setTimeout(save, pause)
        }}
        maxLength={limits.privateNotes}
      />
      <Live className="small soft">{!pending && notes !== '' && notes === saved && <Trans>Saved</Trans>}</Live>
      <ProblemNotice problem={problem} />
    </div>
  )
}
