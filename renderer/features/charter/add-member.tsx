import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import type { Problem } from '../../api/fault.ts'
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
  const { form, refuse } = useRefusal()
  const [mayTellLack, setMayTellLack] = useState(false)
  const action = useAction(async () => {
    await add(name.trim(), code.trim())
    setName('')
    setCode('')
    setMayTellLack(false)
  })
  const lacksName = name.trim() === ''
  const lacksCode = code.trim() === ''
  const problems: Partial<Record<Problem, string>> = {
    'invite-mangled': t`This code is not whole, or it is for something else, or of another community. Nothing was changed; ask for it again, and copy it from beginning to end.`,
    'invite-unknown-version': t`This code was made by a newer Staffetta than yours. Nothing was changed; update Staffetta and paste it again.`,
    'wrong-state': t`Whoever this code belongs to is named already.`,
  }
  const codeProblem = action.problem === undefined ? undefined : problems[action.problem]
  const submit = async (): Promise<void> => {
    setMayTellLack(lacksName || lacksCode)
    if (lacksName || lacksCode || !(await action.run())) refuse()
  }
  return (
    <Expander title={title}>
      <p className="small soft">{hint}</p>
      <Form
        ref={form}
        className="stack stack-tight"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Field
          label={t`Name that everybody sees`}
          value={name}
          onChange={setName}
          error={mayTellLack && lacksName ? t`Give a name.` : undefined}
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
          error={mayTellLack && lacksCode ? t`Paste the code that they gave you.` : codeProblem}
          lines={3}
          maxLength={limits.memberCode}
          dir="ltr"
          autoComplete="off"
        />
        <ProblemNotice problem={codeProblem === undefined ? action.problem : undefined} />
        <div>
          <Button type="submit" isPending={action.pending}>
            {title}
          </Button>
        </div>
      </Form>
    </Expander>
  )
}
