import type { ReactNode } from 'react'
import {
  Checkbox,
  CheckboxGroup,
  Label,
  Radio,
  RadioGroup,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components'
import { FieldErrorLine } from './field.tsx'
import { Icon } from './icon.tsx'
import './choice.css'

export interface Choice<Id extends string> {
  readonly id: Id
  readonly name: ReactNode
  readonly hint?: ReactNode
  readonly isDisabled?: boolean
}

interface OneOfProps<Id extends string> {
  readonly label: string
  readonly hint?: ReactNode
  readonly choices: readonly Choice<Id>[]
  readonly value: Id | undefined
  readonly onChange: (value: Id) => void
  readonly inline?: boolean
  readonly isDisabled?: boolean
}

/** One of a few, all of them in sight. */
export function OneOf<Id extends string>({ label, hint, choices, value, onChange, inline, ...rest }: OneOfProps<Id>) {
  return (
    <RadioGroup className="choice-group" value={value ?? null} onChange={(chosen) => onChange(chosen as Id)} {...rest}>
      <Label className="field-label">{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <div className={inline === true ? 'choice-list choice-list-inline' : 'choice-list'}>
        {choices.map((choice) => (
          <Radio
            key={choice.id}
            value={choice.id}
            className="choice choice-radio"
            {...(choice.isDisabled === undefined ? {} : { isDisabled: choice.isDisabled })}
          >
            <span className="choice-mark" />
            <ChoiceWords {...choice} />
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

interface SomeOfProps<Id extends string> {
  readonly label: string
  readonly hint?: ReactNode
  readonly choices: readonly Choice<Id>[]
  readonly value: readonly Id[]
  readonly onChange: (value: Id[]) => void
  readonly inline?: boolean
  /** Why it cannot be taken as it is. */
  readonly error?: string | undefined
  /** Where so many are chosen the others cannot be, until one is taken back. */
  readonly most?: number
}

/** Any of a few. */
export function SomeOf<Id extends string>({
  label,
  hint,
  choices,
  value,
  onChange,
  inline,
  error,
  most,
}: SomeOfProps<Id>) {
  const full = most !== undefined && value.length >= most
  return (
    <CheckboxGroup
      className="choice-group"
      value={[...value]}
      onChange={(chosen) => onChange(chosen as Id[])}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <div className={inline === true ? 'choice-list choice-list-inline' : 'choice-list'}>
        {choices.map((choice) => (
          <Checkbox
            key={choice.id}
            value={choice.id}
            className="choice"
            isDisabled={full && !value.includes(choice.id)}
          >
            <span className="choice-mark">
              <Icon name="check" />
            </span>
            <ChoiceWords {...choice} />
          </Checkbox>
        ))}
      </div>
      <FieldErrorLine error={error} />
    </CheckboxGroup>
  )
}

function ChoiceWords({ name, hint }: Pick<Choice<string>, 'name' | 'hint'>) {
  return (
    <span className="choice-words">
      <span>{name}</span>
      {hint !== undefined && <span className="choice-hint"> {hint}</span>}
    </span>
  )
}

interface FilterProps<Id extends string> {
  readonly label: string
  readonly choices: readonly Choice<Id>[]
  readonly value: Id
  readonly onChange: (value: Id) => void
}

/** What of a list is shown: a row of buttons, one of them pressed. */
export function Filter<Id extends string>({ label, choices, value, onChange }: FilterProps<Id>) {
  return (
    <ToggleButtonGroup
      className="tabs"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(key as Id)
      }}
    >
      {choices.map(({ id, name }) => (
        <ToggleButton key={id} id={id} className="tab">
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
