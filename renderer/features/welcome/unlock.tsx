import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Threshold } from '../../shell/threshold.tsx'
import { Button } from '../../ui/button.tsx'
import { SecretField } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'

/** The vault is there, and locked. */
export function Unlock() {
  const { t } = useLingui()
  const client = useClient()
  const [passphrase, setPassphrase] = useState('')
  const unlock = useAction(() => client.vault.unlock({ passphrase }))

  return (
    <Threshold title={t`Welcome back`} languages>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if (passphrase !== '') void unlock.run()
        }}
      >
        <SecretField
          label={t`Passphrase`}
          value={passphrase}
          onChange={(value) => {
            setPassphrase(value)
            unlock.clear()
          }}
          maxLength={limits.passphrase.max}
          autoComplete="current-password"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do here
          autoFocus
          isRequired
        />
        <ProblemNotice problem={unlock.problem} />
        <div className="threshold-actions">
          <Button kind="primary" type="submit" isPending={unlock.pending}>
            {unlock.pending ? <Trans>Opening…</Trans> : <Trans>Open</Trans>}
          </Button>
        </div>
      </Form>
    </Threshold>
  )
}
