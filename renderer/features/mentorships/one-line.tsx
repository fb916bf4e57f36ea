import { Trans, useLingui } from '@lingui/react/macro'
import { Form } from 'react-aria-components'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

interface OneLineProps {
  /** Under which what is being written is kept. */
  readonly draft: string
  readonly label: string
  readonly placeholder?: string
  readonly initial?: string
  readonly action?: string
  readonly kind?: 'primary' | 'quiet'
  readonly limit: number
  readonly isPending: boolean
  readonly autoFocus?: boolean
  /** Resolves to whether it went well: otherwise the words come back. */
  readonly onSave: (text: string) => Promise<boolean>
  readonly onLeave?: () => void
}

/** One line to be written, and what takes it. */
export function OneLine({
  draft,
  initial = '',
  label,
  action,
  kind = 'quiet',
  limit,
  isPending,
  onSave,
  onLeave,
  ...rest
}: OneLineProps) {
  const { t } = useLingui()
  const [text, setText, clear] = useDraft(draft, initial)
  const line = text.trim()
  const save = async (): Promise<void> => {
    // free for the next one at once: whoever types on loses nothing
    clear()
    if (!(await onSave(line))) setText(line)
  }
  return (
    <Form
      className="one-line"
      onSubmit={(event) => {
        event.preventDefault()
        if (line !== '') void save()
      }}
    >
      <Field label={label} value={text} onChange={setText} maxLength={limit} autoComplete="off" {...rest} />
      <div className="row">
        <Button
          type="submit"
          kind={kind}
          icon={action === undefined ? 'check' : 'plus'}
          isPending={isPending}
          isDisabled={line === ''}
        >
          {action ?? t`Save`}
        </Button>
        {onLeave !== undefined && (
          <Button
            kind="plain"
            onPress={() => {
              clear()
              onLeave()
            }}
          >
            <Trans>Cancel</Trans>
          </Button>
        )}
      </div>
    </Form>
  )
}
