import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField, ToggleButton } from 'react-aria-components'
import { Icon } from './icon.tsx'
import './field.css'

export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
  /** Why it cannot be taken as it is. */
  readonly error?: string | undefined
  readonly placeholder?: string
  readonly isRequired?: boolean
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  readonly maxLength?: number
  readonly type?: 'text' | 'password' | 'date' | 'time'
  readonly autoComplete?: string
  /** In place of sending the form. */
  readonly onEnter?: () => void
  /** Words of the person's own: checked by the device alone, never by a service. */
  readonly lines?: number
  readonly dir?: 'auto' | 'ltr'
}

/** A labelled line, or lines, of text. Spelling is not checked: browsers may send it to a service. */
export function Field({
  label,
  hint,
  error,
  placeholder,
  lines,
  maxLength,
  onEnter,
  dir = 'auto',
  ...rest
}: FieldProps) {
  const { i18n } = useLingui()
  const left = maxLength === undefined ? Number.POSITIVE_INFINITY : maxLength - rest.value.length
  const input = { className: 'field-input', dir, ...(placeholder === undefined ? {} : { placeholder }) }
  return (
    <TextField
      className="field"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      spellCheck="false"
      {...rest}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(onEnter === undefined
        ? {}
        : {
            onKeyDown: (event) => {
              if (event.key !== 'Enter') event.continuePropagation()
              else {
                event.preventDefault()
                onEnter()
              }
            },
          })}
    >
      <Label className="field-label">{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      {lines === undefined ? <Input {...input} /> : <TextArea {...input} rows={lines} />}
      <div className="field-below">
        <FieldErrorLine error={error} />
        {left <= (maxLength ?? 0) / 4 && (
          <span className="field-count" aria-hidden="true">
            {i18n.number(left)}
          </span>
        )}
      </div>
    </TextField>
  )
}

/** A passphrase: hidden until the person asks to see it. */
export function SecretField({ label, hint, error, ...rest }: Omit<FieldProps, 'type' | 'lines'>) {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  return (
    <TextField
      className="field field-secret"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      spellCheck="false"
      autoCorrect="off"
      {...rest}
      type={shown ? 'text' : 'password'}
    >
      <Label className="field-label">{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <div className="field-box">
        <Input className="field-input" dir="auto" />
        <ToggleButton
          className="button button-plain button-square"
          aria-label={t`Show the passphrase`}
          isSelected={shown}
          onChange={setShown}
        >
          <Icon name="eye" />
        </ToggleButton>
      </div>
      <FieldErrorLine error={error} />
    </TextField>
  )
}

/** Why something cannot be taken as it is, tied to it. */
export function FieldErrorLine({ error }: { readonly error: string | undefined }) {
  return (
    <FieldError className="field-error">
      <Icon name="stop" />
      <span>{error}</span>
    </FieldError>
  )
}
