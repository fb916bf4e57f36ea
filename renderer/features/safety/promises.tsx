import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../ui/icon.tsx'
import './safety.css'

/** What is protected, and what nobody should believe to be. */
export function Promises() {
  const { t } = useLingui()
  return (
    <div className="promises">
      <Promised title={t`Protected`} kind="kept" icon="check">
        <Trans>What you write to a contact: only the two of you can read it.</Trans>
        <Trans>
          What you offer and ask for: people outside your community cannot read it, nor find out that it exists.
        </Trans>
        <Trans>Who you are: nobody needs your name, your number or your mail address.</Trans>
        <Trans>What is on this device: without the passphrase it is noise.</Trans>
        <Trans>Messages for someone who is away: they wait, sealed, until they are picked up.</Trans>
      </Promised>
      <Promised title={t`Not promised`} kind="not" icon="warning">
        <Trans>That members of your own community keep to themselves what you publish here.</Trans>
        <Trans>
          That no member learns your internet address: in this version each of them can set up a community computer, and
          that sees it.
        </Trans>
        <Trans>That an invite stops working for someone determined: it cannot be taken back.</Trans>
        <Trans>That a contact does not copy or photograph what you write.</Trans>
        <Trans>Anything on a device on which someone else has put spying software.</Trans>
        <Trans>That your internet provider does not see which computer you connect to.</Trans>
        <Trans>Hiding from someone who can watch the whole network and time everything.</Trans>
      </Promised>
    </div>
  )
}

interface PromisedProps {
  readonly title: string
  readonly kind: 'kept' | 'not'
  readonly icon: IconName
  readonly children: readonly ReactNode[]
}

function Promised({ title, kind, icon, children }: PromisedProps) {
  return (
    <section className={`promises-${kind}`}>
      <h3>{title}</h3>
      <ul>
        {children.map((child, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the list never changes
          <li key={index}>
            <Icon name={icon} />
            <span>{child}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
