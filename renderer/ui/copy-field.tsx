import { Trans } from '@lingui/react/macro'
import { useRef, useState } from 'react'
import { Input, Label, TextField } from 'react-aria-components'
import { Button } from './button.tsx'
import './field.css'
import { Live } from './live.tsx'

/** Something to be copied whole. Where the page may not use the clipboard, it is selected and the person copies it. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<'yes' | 'selected'>()
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied('yes')
    } catch {
      input.current?.focus()
      input.current?.select()
      setCopied('selected')
    }
  }
  return (
    <div className="stack stack-tight">
      <TextField className="field" value={value} isReadOnly>
        <Label className="field-label">{label}</Label>
        <Input className="field-input" dir="ltr" ref={input} onFocus={(event) => event.currentTarget.select()} />
      </TextField>
      <div className="row">
        <Button icon={copied === 'yes' ? 'check' : 'copy'} onPress={() => void copy()}>
          <Trans>Copy</Trans>
        </Button>
        <Live className="small soft">
          {copied === 'yes' && <Trans>Copied. Your device may remember it until you copy something else.</Trans>}
          {copied === 'selected' && <Trans>It is selected: copy it with your keyboard.</Trans>}
        </Live>
      </div>
    </div>
  )
}
