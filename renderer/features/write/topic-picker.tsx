import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo, useRef, useState } from 'react'
import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { FieldErrorLine } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useTopics } from '../../words/topics.ts'
import { moveInGrid } from './move-in-grid.ts'
import { matchingTopics } from './topic-search.ts'
import './write.css'

interface TopicPickerProps {
  readonly value: readonly string[]
  readonly onChange: (topics: string[]) => void
  /** Why it cannot be taken as it is. */
  readonly error: string | undefined
}

/** One to three topics of the whole taxonomy. */
export function TopicPicker({ value, onChange, error }: TopicPickerProps) {
  const { t } = useLingui()
  const { groups, nameOf } = useTopics()
  const [wanted, setWanted] = useState('')
  const shown = useMemo(() => matchingTopics(groups, wanted), [groups, wanted])
  const chosen = value.map(nameOf).join(', ')
  const isFull = value.length >= limits.topics
  const list = useRef<HTMLDivElement>(null)
  const [last, setLast] = useState<string>()
  const open = shown.flatMap(({ topics }) => topics.map(({ id }) => id)).filter((id) => !isFull || value.includes(id))
  /** Tab comes to one of them, and the arrows go on from there: more than a hundred stops would be none. */
  const stop = last !== undefined && open.includes(last) ? last : open[0]
  return (
    <CheckboxGroup
      className="choice-group"
      value={[...value]}
      onChange={onChange}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className="field-label">
        <Trans>Topics</Trans>
      </Label>
      <Text slot="description" className="field-hint">
        <Trans>One to three, so that the right people find it. Arrow keys go from one to the next.</Trans>
      </Text>
      {/* always there, so that what has the focus does not move when something is chosen */}
      <p className="field-hint">
        {value.length > 0 ? <Trans>Chosen: {chosen}</Trans> : <Trans>None chosen yet</Trans>}
      </p>
      <SearchBox label={t`Find a topic`} placeholder={t`Find a topic`} value={wanted} onChange={setWanted} />
      <div className="topic-picker" ref={list}>
        {shown.map(({ id, name, topics }) => (
          <fieldset key={id}>
            <legend className="topic-picker-group">{name}</legend>
            {topics.map(({ id: topic, name }) => (
              <Checkbox
                key={topic}
                value={topic}
                className="choice"
                isDisabled={isFull && !value.includes(topic)}
                excludeFromTabOrder={topic !== stop}
                onFocus={() => setLast(topic)}
                onKeyDown={(event) => {
                  if (moveInGrid(list.current, 1, event.key)) event.preventDefault()
                  else event.continuePropagation()
                }}
              >
                <span className="choice-mark">
                  <Icon name="check" />
                </span>
                <span>{name}</span>
              </Checkbox>
            ))}
          </fieldset>
        ))}
        {shown.length === 0 && groups.length > 0 && (
          <p className="field-hint">
            <Trans>No topic is called that. Try another word.</Trans>
          </p>
        )}
      </div>
      <FieldErrorLine error={error} />
    </CheckboxGroup>
  )
}
