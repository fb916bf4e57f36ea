import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Expander } from '../../ui/page.tsx'
import { useRefusal } from '../../ui/refusal.ts'

interface AddMemberProps {
  readonly title: string
  readonly hint: string
  readonly add: (name: string, code: string) => Promise<unknown>
}

/** A name, and the code that somebody handed over. */
export function AddMember({ title, hint, add }: AddMemberProps) {
  const { t } = useLingui()
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const { form, refuse, wasRefused } = useRefusal()
  const action = useAction(async () => {
    await add(name.trim(), code.trim())
    setName('')
    setCode('')
  })
  const lacksName = name.trim() === ''
  const lacksCode = code.trim() === ''
  return (
    <Expander title={title}>
      <p className="small soft">{hint}</p>
      <Form
        ref={form}
        className="stack stack-tight"
        onSubmit={(event) => {
          event.preventDefault()
          if (lacksName || lacksCode) refuse()
          else void action.run()
        }}
      >
        <Field
          label={t`Name that everybody sees`}
          value={name}
          onChange={setName}
          error={wasRefused && lacksName ? t`Give a name.` : undefined}
          maxLength={limits.charter.name}
          autoComplete="off"
        />
        <Field
          label={t`Their code`}
          value={code}
          onChange={(code) => {
            setCode(code)
            action.clear()
          }}
          error={wasRefused && lacksCode ? t`Paste the code that they gave you.` : undefined}
          lines={3}
          maxLength={limits.memberCode}
          dir="ltr"
          autoComplete="off"
        />
        <ProblemNotice problem={action.problem} />
        <div>
          <Button type="submit" isPending={action.pending}>
            {title}
          </Button>
        </div>
      </Form>
    </Expander>
  )
}
