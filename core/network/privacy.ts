import type { PrivacyMode } from '../api/views.ts'
import { Fault } from '../base/fault.ts'

/** What a member's device does with its own address, by privacy mode. PROTOCOL.md section "Privacy modes". */
export interface Exposure {
  /** What is listened on from the start. Relays are added as nodes are reached. */
  readonly listen: readonly string[]
  /** Whether a contact may be told this device's own addresses, where both agree. */
  readonly direct: boolean
}

const exposures: Record<Exclude<PrivacyMode, 'tor'>, Exposure> = {
  relay: { listen: [], direct: false },
  // the system chooses the port: nobody needs to know it beforehand
  direct: { listen: ['/ip4/0.0.0.0/tcp/0', '/ip6/::/tcp/0'], direct: true },
}

/** @throws Fault `mode-unavailable` for `tor`, which this version does not have yet */
export function exposure(mode: PrivacyMode): Exposure {
  if (mode === 'tor') throw new Fault('mode-unavailable', 'This version cannot use Tor yet')
  return exposures[mode]
}
