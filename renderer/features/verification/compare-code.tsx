import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'

interface CompareCodeProps {
  readonly conversationId: string
  readonly name: string
}

/** What a scanner read from the other's screen, compared by this device. */
export function CompareCode({ conversationId, name }: CompareCodeProps) {
  const { t } = useLingui()
  const client = useClient()
  const [code, setCode] = useState('')
  const [match, setMatch] = useState<boolean>()
  const compare = useAction(async () => {
    setMatch((await client.conversations.compareSafetyNumber({ conversationId, code })).match)
  })
  const isOther = compare.problem === 'bad-input'
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim() !== '') void compare.run()
      }}
    >
      <Field
        label={t`What a scanner read from ${name}’s screen`}
        hint={t`Any program that reads QR codes will do. It begins with “staffetta:safety:”.`}
        value={code}
        onChange={(code) => {
          setCode(code)
          setMatch(undefined)
          compare.clear()
        }}
        error={isOther ? t`This is not a verification number. Scan the code that stands beside the digits.` : undefined}
        maxLength={limits.safetyCode}
        autoComplete="off"
        dir="ltr"
      />
      <ProblemNotice problem={isOther ? undefined : compare.problem} />
      <Live>
        {match === true && (
          <Notice tone="reached">
            <p>
              <Trans>It is the same. You can say so below.</Trans>
            </p>
          </Notice>
        )}
        {match === false && <Differs />}
      </Live>
      <div>
        <Button type="submit" isPending={compare.pending} isDisabled={code.trim() === ''}>
          <Trans>Compare</Trans>
        </Button>
      </div>
    </Form>
  )
}

/** What to do where the numbers are not the same. */
export function Differs() {
  return (
    <Notice tone="danger">
      <p>
        <Trans>
          The numbers are not the same. Somebody may sit between the two of you, or you compared with another
          conversation. Look once more; if it stays so, write nothing here that must not be read by others, and tell
          your contact in another way.
        </Trans>
      </p>
    </Notice>
  )
}
