import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { limits } from '../../../core/api/limits.ts'
import type { UnfinishedOffer } from '../../../core/api/offers.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNow } from '../../shell/use-now.ts'
import { OneOf, SomeOf } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Expander } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { availabilityWords, clockOffset } from '../../words/availability.ts'
import { languageName } from '../../words/languages.ts'
import { durationWords, formatWords, levelWords } from '../../words/offers.ts'
import { useTopics } from '../../words/topics.ts'
import { AvailabilityPicker } from './availability-picker.tsx'
import { ChosenPicker } from './chosen-picker.tsx'
import { LanguagePicker } from './language-picker.tsx'
import { TagField } from './tag-field.tsx'
import type { Change } from './use-kept-offer.ts'

interface MoreFieldsProps {
  readonly draft: UnfinishedOffer
  /** The same function for as long as the page lives. */
  readonly onChange: (change: Change) => void
  /** Why the formats cannot be taken as they are. */
  readonly formatsError: string | undefined
}

const capacities = Array.from({ length: limits.capacity }, (_, index) => String(index + 1))

/** What makes a choice easier for others, and need not be said: each behind a word that says how it stands. */
export function MoreFields({ draft, onChange, formatsError }: MoreFieldsProps) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const now = useNow()
  const { nameOf, groups } = useTopics()
  const { locale } = i18n
  const list = (words: readonly string[]): string => words.filter((word) => word !== '').join(' · ')
  const isOffer = draft.kind === 'offer'
  const { languages, availability, capacity, inReturn } = draft
  // long lists and whole weeks: not drawn anew with every letter that is written beside them
  const languagePicker = useMemo(
    () => <LanguagePicker value={languages} onChange={(languages) => onChange({ languages })} />,
    [languages, onChange],
  )
  const availabilityPicker = useMemo(
    () => <AvailabilityPicker value={availability} onChange={(availability) => onChange({ availability })} />,
    [availability, onChange],
  )
  const capacityPicker = useMemo(
    () => (
      <Select
        label={t`How many people at once`}
        hint={t`When so many are with you, you can pause it.`}
        value={String(capacity)}
        onChange={(capacity) => onChange({ capacity: Number(capacity) })}
        items={capacities.map((id) => ({ id, name: i18n.number(Number(id)) }))}
      />
    ),
    [t, i18n, capacity, onChange],
  )
  const swapPicker = useMemo(
    () => (
      <ChosenPicker
        label={t`Topics of a swap`}
        placeholder={t`Add a topic`}
        value={inReturn.topics}
        onChange={(topics) => onChange(({ inReturn }) => ({ inReturn: { ...inReturn, topics } }))}
        nameOf={nameOf}
        groups={groups.map(({ id, name, topics }) => ({ id, name, items: topics }))}
        most={limits.topics}
      />
    ),
    [t, inReturn.topics, onChange, nameOf, groups],
  )
  return (
    <div className="more-fields">
      <Expander
        title={t`Languages, level and way`}
        said={list([
          ...draft.languages.map((tag) => languageName(locale, tag)),
          i18n._(levelWords[draft.level]),
          ...draft.formats.map((format) => i18n._(formatWords[format])),
        ])}
        opens={formatsError !== undefined}
      >
        {languagePicker}
        <OneOf
          label={isOffer ? t`For whom` : t`Where I stand`}
          inline
          value={draft.level}
          onChange={(level) => onChange({ level })}
          choices={(['any', 'beginner', 'some', 'experienced'] as const).map((id) => ({
            id,
            name: i18n._(levelWords[id]),
          }))}
        />
        <SomeOf
          label={t`How`}
          inline
          value={draft.formats}
          onChange={(formats) => onChange({ formats })}
          error={formatsError}
          choices={(['text', 'voice', 'in-person'] as const).map((id) => ({ id, name: i18n._(formatWords[id]) }))}
        />
      </Expander>
      <Expander
        title={t`When you have time`}
        said={availabilityWords(locale, region, draft.availability, clockOffset(now))}
      >
        {availabilityPicker}
      </Expander>
      <Expander
        title={t`How many, and for how long`}
        said={list([i18n.number(draft.capacity), i18n._(durationWords[draft.duration])])}
      >
        {capacityPicker}
        <OneOf
          label={t`How long`}
          inline
          value={draft.duration}
          onChange={(duration) => onChange({ duration })}
          choices={(['open', 'once', 'weeks', 'months'] as const).map((id) => ({
            id,
            name: i18n._(durationWords[id]),
          }))}
        />
      </Expander>
      <Expander
        title={isOffer ? t`What you would like in return` : t`What you can give in return`}
        said={list([...inReturn.topics.map(nameOf), inReturn.text])}
      >
        <p className="small soft">
          <Trans>Nothing is a good answer too. With a topic, swaps and rings are found.</Trans>
        </p>
        {swapPicker}
        <Field
          label={t`Or in words`}
          value={inReturn.text}
          onChange={(text) => onChange({ inReturn: { ...inReturn, text } })}
          lines={2}
          maxLength={limits.inReturn}
        />
      </Expander>
      <Expander title={t`Who you hope to meet, and boundaries`} said={list([draft.meet, draft.boundaries])}>
        <Field
          label={t`Who you hope to meet`}
          value={draft.meet}
          onChange={(meet) => onChange({ meet })}
          lines={3}
          maxLength={limits.meet}
        />
        <Field
          label={t`Boundaries`}
          hint={t`What you do not want: you need not give a reason.`}
          value={draft.boundaries}
          onChange={(boundaries) => onChange({ boundaries })}
          lines={3}
          maxLength={limits.boundaries}
        />
      </Expander>
      <Expander title={t`Words of your own`} said={list(draft.tags)}>
        <TagField value={draft.tags} onChange={(tags) => onChange({ tags })} />
      </Expander>
    </div>
  )
}
