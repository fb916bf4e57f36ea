import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { FieldErrorLine } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useTopics } from '../../words/topics.ts'
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
        <Trans>One to three, so that the right people find it.</Trans>
      </Text>
      {value.length > 0 && (
        <p className="field-hint">
          <Trans>Chosen: {chosen}</Trans>
        </p>
      )}
      <SearchBox label={t`Find a topic`} placeholder={t`Find a topic`} value={wanted} onChange={setWanted} />
      <div className="topic-picker">
        {shown.map(({ id, name, topics }) => (
          <fieldset key={id}>
            <legend className="topic-picker-group">{name}</legend>
            {topics.map(({ id: topic, name }) => (
              <Checkbox key={topic} value={topic} className="choice" isDisabled={isFull && !value.includes(topic)}>
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
