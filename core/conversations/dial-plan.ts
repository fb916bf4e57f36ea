import { CODE_IP4, CODE_IP6, CODE_P2P, CODE_TCP, type Multiaddr } from '@multiformats/multiaddr'
import { parseAddresses, peerOf, relayed, relayOf } from '../network/addresses.ts'
import type { MemberNode } from '../network/member-node.ts'

/** How to reach a contact, made of what they told and checked against what we know. */
export interface DialPlan {
  /** The PeerId of their device in this session. */
  readonly peer: string
  /** Through community nodes that we know, at addresses that we know. */
  readonly relayed: readonly Multiaddr[]
  /** Their own addresses: dialled only where both agreed. */
  readonly direct: readonly Multiaddr[]
}

/**
 * Reads the addresses of a presence box.
 *
 * A contact may be hostile and name any address, to learn from where it is
 * dialled. So of a relayed address only the two PeerIds are taken, and the relay
 * is dialled where we know it to be; others are left out unless both `agreed`
 * and the privacy mode allows it.
 *
 * @returns undefined where nothing is left
 */
export function dialPlan(
  told: readonly string[],
  {
    node,
    knownNodes,
    agreed,
  }: {
    readonly node: Pick<MemberNode, 'dialable'>
    readonly knownNodes: readonly string[]
    readonly agreed: boolean
  },
): DialPlan | undefined {
  const addresses = parseAddresses(told)
  const peer = addresses.map(peerOf).find((peer) => peer !== undefined)
  if (peer === undefined) return undefined
  const theirs = addresses.filter((address) => peerOf(address) === peer)
  const relays = new Set(theirs.filter(relayed).map(relayOf))
  const known = parseAddresses(knownNodes).filter((at) => !relayed(at) && relays.has(peerOf(at)))
  const plan = {
    peer,
    relayed: known.map((at) => at.encapsulate(`/p2p-circuit/p2p/${peer}`)),
    direct: agreed ? node.dialable(theirs.filter(plain).map(String), true) : [],
  }
  return plan.relayed.length + plan.direct.length === 0 ? undefined : plan
}

/** An IP address, a TCP port and a PeerId, and nothing else: no name is asked of the DNS. */
function plain(address: Multiaddr): boolean {
  const [ip, tcp, p2p, more] = address.getComponents().map(({ code }) => code)
  return (ip === CODE_IP4 || ip === CODE_IP6) && tcp === CODE_TCP && p2p === CODE_P2P && more === undefined
}
