import { Trans, useLingui } from '@lingui/react/macro'
import { useConnection, useView } from '../api/context.tsx'
import { CreateVault } from '../features/welcome/create-vault.tsx'
import { Unlock } from '../features/welcome/unlock.tsx'
import { Icon } from '../ui/icon.tsx'
import { Home } from './home.tsx'
import { Threshold } from './threshold.tsx'
import { Live } from '../ui/live.tsx'

/** Lets in only as far as the line to the app and the vault allow. */
export function Gate() {
  const connection = useConnection()
  const vault = useView(['vault'], (client) => client.vault.view())
  if (connection === 'unknown') return <NewLinkNeeded />
  // an app that stopped has locked: what was shown goes too
  if (connection === 'stopped' || vault.data === undefined) return <Reaching stopped={connection === 'stopped'} />
  return (
    <>
      <LineDown />
      {vault.data.state === 'absent' && <CreateVault />}
      {vault.data.state === 'locked' && <Unlock />}
      {vault.data.state === 'open' && <Home />}
    </>
  )
}

function Reaching({ stopped }: { readonly stopped: boolean }) {
  const { t } = useLingui()
  return stopped ? (
    <Threshold
      title={t`Staffetta is not running`}
      lead={<Trans>What was saved is kept. Start it again: it opens a new page, and you can close this one.</Trans>}
    />
  ) : (
    <Threshold title={t`One moment`} lead={<Trans>Opening Staffetta…</Trans>} />
  )
}

function NewLinkNeeded() {
  const { t } = useLingui()
  return (
    <Threshold
      title={t`This page needs a new link`}
      lead={
        <Trans>
          Links work once, and only while Staffetta runs. Go to the window where you started it and press Enter: it
          opens a page that works.
        </Trans>
      }
    />
  )
}

/** Says so where the line is down for a moment; what is on the screen stays. */
function LineDown() {
  const connection = useConnection()
  return (
    <Live>
      {connection !== 'open' && (
        <p className="offline-bar">
          <Icon name="queued" />
          <Trans>Reaching Staffetta again…</Trans>
        </p>
      )}
    </Live>
  )
}
