import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { usePreferences } from '../../shell/preferences.tsx'
import { Threshold } from '../../shell/threshold.tsx'
import { Button } from '../../ui/button.tsx'
import { SecretField } from '../../ui/field.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { proposePassphrase } from './passphrase.ts'
import { isEnough, StrengthMeter } from './strength-meter.tsx'
import { Live } from '../../ui/live.tsx'

/** The very first screen: a passphrase for the vault. */
export function CreateVault() {
  const { t } = useLingui()
  const client = useClient()
  const { language } = usePreferences()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [proposal, setProposal] = useState<string>()
  const { form, refuse, wasRefused, forget } = useRefusal()
  const differs = again !== passphrase
  const isTooWeak = wasRefused && !isEnough(passphrase)
  const create = useAction(async () => {
    await client.vault.create({ passphrase })
    await client.settings.change({ safetyIntro: 'due', ...(language === 'system' ? {} : { language }) })
  })

  const submit = (): void => {
    if (isEnough(passphrase) && !differs) void create.run()
    else refuse()
  }

  return (
    <Threshold
      title={t`A quiet place on this device`}
      lead={
        <Trans>
          Everything you do in Staffetta stays in one locked file, here. Choose the passphrase that opens it.
        </Trans>
      }
      languages
    >
      <Form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <div className="stack stack-tight">
          <SecretField
            label={t`Passphrase`}
            hint={t`Four or five words that do not belong together are easy to keep and hard to guess.`}
            value={passphrase}
            onChange={setPassphrase}
            error={isTooWeak ? t`This one could be guessed. Add more words.` : undefined}
            maxLength={limits.passphrase.max}
            autoComplete="new-password"
            isRequired
          />
          <StrengthMeter passphrase={passphrase} hasWords={!isTooWeak} />
          {proposal === undefined ? (
            <div>
              <Button kind="plain" icon="sparkle" onPress={() => setProposal(proposePassphrase())}>
                <Trans>Propose one</Trans>
              </Button>
            </div>
          ) : (
            <Live className="stack stack-tight">
              <p className="proposal" dir="ltr">
                {proposal}
              </p>
              <div className="threshold-actions">
                <Button
                  onPress={() => {
                    setPassphrase(proposal)
                    setAgain('')
                    forget()
                  }}
                >
                  <Trans>Use this one</Trans>
                </Button>
                <Button kind="plain" onPress={() => setProposal(proposePassphrase())}>
                  <Trans>Another one</Trans>
                </Button>
              </div>
            </Live>
          )}
        </div>
        <SecretField
          label={t`The passphrase again`}
          value={again}
          onChange={setAgain}
          error={wasRefused && differs ? t`The two are not the same.` : undefined}
          maxLength={limits.passphrase.max}
          autoComplete="new-password"
          isRequired
        />
        <Notice icon="lock">
          <p>
            <Trans>
              If you forget it, nobody can open this again: not your community, and not the people who made Staffetta.
            </Trans>
          </p>
        </Notice>
        <ProblemNotice problem={create.problem} />
        <div className="threshold-actions">
          <Button kind="primary" type="submit" isPending={create.pending}>
            {create.pending ? <Trans>Locking the door…</Trans> : <Trans>Begin</Trans>}
          </Button>
        </div>
      </Form>
    </Threshold>
  )
}
