import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { FieldErrorLine } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { topicGroupName, topicName } from '../../words/topics.ts'
import { useTopicGroups } from '../discover/discover-state.tsx'
import './write.css'

interface TopicPickerProps {
  readonly value: readonly string[]
  readonly onChange: (topics: string[]) => void
  /** Why it cannot be taken as it is. */
  readonly error: string | undefined
}

/** One to three topics of the whole taxonomy. */
export function TopicPicker({ value, onChange, error }: TopicPickerProps) {
  const { i18n } = useLingui()
  const groups = useTopicGroups()
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
      <div className="topic-picker">
        {groups.map(({ group, topics }) => (
          <fieldset key={group}>
            <legend className="topic-picker-group">{topicGroupName(i18n, group)}</legend>
            {topics.map((topic) => (
              <Checkbox key={topic} value={topic} className="choice" isDisabled={isFull && !value.includes(topic)}>
                <span className="choice-mark">
                  <Icon name="check" />
                </span>
                <span>{topicName(i18n, topic)}</span>
              </Checkbox>
            ))}
          </fieldset>
        ))}
      </div>
      <FieldErrorLine error={error} />
    </CheckboxGroup>
  )
}
