import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { rhythmWords, type Rhythm } from '../../words/mentorships.ts'
import { dayOf, duration } from '../../words/time.ts'
import { useEdit } from './use-mentorship.ts'

export type Terms = Pick<MentorshipView['agreement'], 'rhythm' | 'until' | 'minutes'>

/** What a list must have where nothing is chosen; a day is never empty. */
const open = 'open'
const lengths = [15, 30, 45, 60, 90, 120]

/** How often, how long and until when: fields. */
export function TermFields({ value, onChange }: { readonly value: Terms; readonly onChange: (terms: Terms) => void }) {
  const { t, i18n } = useLingui()
  const rhythms = Object.entries(rhythmWords).map(([id, words]) => ({ id, name: i18n._(words) }))
  return (
    <div className="term-fields">
      <Select
        label={t`How often`}
        value={value.rhythm ?? open}
        onChange={(id) => onChange({ ...value, rhythm: id === open ? null : (id as Rhythm) })}
        items={[{ id: open, name: t`Not settled yet` }, ...rhythms]}
      />
      <LengthSelect
        label={t`How long a session is`}
        value={value.minutes}
        onChange={(minutes) => onChange({ ...value, minutes })}
        openName={t`Not settled yet`}
      />
      <Field
        label={t`Until when`}
        type="date"
        value={value.until ?? ''}
        onChange={(day) => onChange({ ...value, until: day === '' ? null : day })}
      />
    </div>
  )
}

interface LengthSelectProps {
  readonly label: string
  /** Minutes. */
  readonly value: number | null
  readonly onChange: (minutes: number | null) => void
  /** How it is called where none is chosen; without, one must be. */
  readonly openName?: string
}

export function LengthSelect({ label, value, onChange, openName }: LengthSelectProps) {
  const region = useRegion()
  const known = value === null || lengths.includes(value) ? lengths : [...lengths, value].toSorted((a, b) => a - b)
  return (
    <Select
      label={label}
      value={value === null ? open : String(value)}
      onChange={(id) => onChange(id === open ? null : Number(id))}
      items={[
        ...(openName === undefined ? [] : [{ id: open, name: openName }]),
        ...known.map((minutes) => ({ id: String(minutes), name: duration(region, minutes) })),
      ]}
    />
  )
}

/** The same as words, to be read. */
export function TermWords({ terms: { rhythm, until, minutes } }: { readonly terms: Terms }) {
  const { i18n } = useLingui()
  const region = useRegion()
  const nothing = <Trans>Not settled yet</Trans>
  return (
    <dl className="facts">
      <div>
        <dt>
          <Trans>How often</Trans>
        </dt>
        <dd>{rhythm === null ? nothing : i18n._(rhythmWords[rhythm])}</dd>
      </div>
      <div>
        <dt>
          <Trans>How long a session is</Trans>
        </dt>
        <dd>{minutes === null ? nothing : duration(region, minutes)}</dd>
      </div>
      <div>
        <dt>
          <Trans>Until when</Trans>
        </dt>
        <dd>{until === null ? nothing : dayOf(region, until)}</dd>
      </div>
    </dl>
  )
}

interface TermsSectionProps {
  readonly mentorshipId: string
  readonly terms: Terms
  readonly isClosed: boolean
}

/** How often, how long and until when, as both have it; changed as one thing. */
export function TermsSection({ mentorshipId, terms, isClosed }: TermsSectionProps) {
  const { t } = useLingui()
  const [draft, setDraft] = useState<Partial<Terms>>()
  const [wasOpen, setWasOpen] = useState(false)
  const edit = useEdit(mentorshipId)
  const close = (): void => {
    setDraft(undefined)
    setWasOpen(true)
  }
  const save = async (): Promise<void> => {
    if (await edit.run({ kind: 'terms', terms: draft ?? {} })) close()
  }
  return (
    <section className="shared-text">
      <div className="shared-text-head">
        <h3>
          <Trans>When</Trans>
        </h3>
        {draft === undefined && !isClosed && (
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- back to where the person came from
          <Button kind="plain" icon="write" autoFocus={wasOpen} onPress={() => setDraft({})}>
            {t`Change`}
            <span className="hidden-but-read">: {t`When`}</span>
          </Button>
        )}
      </div>
      {draft === undefined ? (
        <TermWords terms={terms} />
      ) : (
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          {/* what is not touched here follows what the other does */}
          <TermFields value={{ ...terms, ...draft }} onChange={(next) => setDraft(differing(terms, next))} />
          <ProblemNotice problem={edit.problem} />
          <div className="row">
            <Button type="submit" isPending={edit.pending}>
              <Trans>Save</Trans>
            </Button>
            <Button kind="plain" onPress={close}>
              <Trans>Cancel</Trans>
            </Button>
          </div>
        </Form>
      )}
    </section>
  )
}

function differing(terms: Terms, next: Terms): Partial<Terms> {
  return {
    ...(next.rhythm === terms.rhythm ? {} : { rhythm: next.rhythm }),
    ...(next.minutes === terms.minutes ? {} : { minutes: next.minutes }),
    ...(next.until === terms.until ? {} : { until: next.until }),
  }
}
