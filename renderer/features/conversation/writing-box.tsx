import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode, RefObject } from 'react'
import { Form, TextArea, TextField } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { utf8Length } from '../../../core/api/utf8-length.ts'
import { Button } from '../../ui/button.tsx'
import { FieldErrorLine } from '../../ui/field.tsx'

interface WritingBoxProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit: () => void
  /** A single Escape; without, it does nothing. */
  readonly onLeave?: () => void
  readonly action: string
  readonly isPending: boolean
  /** In bytes of UTF-8. */
  readonly limit?: number
  readonly area: RefObject<HTMLTextAreaElement | null>
  readonly children?: ReactNode
}

/** Where words are written that go out with Enter; Shift and Enter begin a line. */
export function WritingBox({ label, value, onChange, onSubmit, onLeave, action, area, ...rest }: WritingBoxProps) {
  const { t } = useLingui()
  const { limit = limits.messageBytes } = rest
  // a character takes at least one byte, and at most three of UTF-8 for each unit of its length
  const isLong = value.length * 3 > limit && utf8Length(value) > limit
  const submit = (): void => {
    if (value.trim() !== '' && !isLong) onSubmit()
  }
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextField
        className="field"
        aria-label={label}
        value={value}
        onChange={onChange}
        isInvalid={isLong}
        validationBehavior="aria"
        spellCheck="false"
      >
        <TextArea
          ref={area}
          className="field-input"
          dir="auto"
          rows={1}
          placeholder={t`Write a message`}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onLeave?.()
            // Enter also ends a word in Japanese, Chinese and Korean
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            submit()
          }}
        />
        <FieldErrorLine error={isLong ? t`This is longer than fits. Shorten it, or send it in two.` : undefined} />
      </TextField>
      {rest.children}
      <Button
        kind="primary"
        type="submit"
        icon="send"
        isPending={rest.isPending}
        isDisabled={value.trim() === '' || isLong}
      >
        {action}
      </Button>
    </Form>
  )
}

/** Under the box: who can read it, and which keys do what. */
export function WritingFoot() {
  return (
    <p className="composer-foot">
      <Trans>Only the two of you can read this. Enter sends, Shift and Enter begin a new line.</Trans>
    </p>
  )
}
