import type { PeerInfo } from '@libp2p/interface'
import {
  CODE_DNS,
  CODE_DNS4,
  CODE_DNS6,
  CODE_DNSADDR,
  CODE_IP4,
  CODE_IP6,
  CODE_P2P,
  CODE_P2P_CIRCUIT,
  multiaddr,
  type Multiaddr,
} from '@multiformats/multiaddr'
import './bounded-addresses.ts'

const numbers: ReadonlySet<number> = new Set([CODE_IP4, CODE_IP6])
const dialledNames: ReadonlySet<number> = new Set([CODE_DNS, CODE_DNS4, CODE_DNS6])
const names: ReadonlySet<number> = new Set([...dialledNames, CODE_DNSADDR])

/** Whether an address leads through a relay. */
export function relayed(address: Multiaddr): boolean {
  return address.getComponents().some(({ code }) => code === CODE_P2P_CIRCUIT)
}

/** The peer id at the end of an address: whom it leads to. */
export function peerOf(address: Multiaddr): string | undefined {
  const last = address.getComponents().at(-1)
  return last?.code === CODE_P2P ? last.value : undefined
}

/** The peer id of the relay that an address leads through. */
export function relayOf(address: Multiaddr): string | undefined {
  const components = address.getComponents()
  const circuit = components.findIndex(({ code }) => code === CODE_P2P_CIRCUIT)
  const before = components[circuit - 1]
  return circuit > 0 && before?.code === CODE_P2P ? before.value : undefined
}

/** The name that would be asked of the DNS, undefined for an address made of numbers. */
export function nameOf(address: Multiaddr): string | undefined {
  const [first] = address.getComponents()
  return first !== undefined && names.has(first.code) ? (first.value ?? '') : undefined
}

/** Those that are addresses at all, whoever wrote them. */
export function parseAddresses(texts: Iterable<string>): Multiaddr[] {
  const addresses: Multiaddr[] = []
  for (const text of texts) {
    try {
      addresses.push(multiaddr(text))
    } catch {
      // of no use, and no reason to stop
    }
  }
  return addresses
}

/** Addresses by the peer that they lead to; those that name nobody are left out. */
export function byPeer(addresses: readonly Multiaddr[]): Map<string, Multiaddr[]> {
  const peers = new Map<string, Multiaddr[]>()
  for (const address of addresses) {
    const peer = peerOf(address)
    if (peer === undefined || relayed(address)) continue
    const known = peers.get(peer)
    if (known === undefined) peers.set(peer, [address])
    else known.push(address)
  }
  return peers
}

/** Addresses of this machine last: they are of use to others on it only. */
export function farthestFirst(addresses: readonly Multiaddr[]): Multiaddr[] {
  return addresses.toSorted((a, b) => Number(loopback(a)) - Number(loopback(b)))
}

function loopback(address: Multiaddr): boolean {
  const [first] = address.getComponents()
  if (first?.code === CODE_IP4) return first.value?.startsWith('127.') === true
  return first?.code === CODE_IP6 && first.value === '::1'
}

/**
 * What lookups tell and believe of a peer: addresses that can be dialled as they
 * are. Loopback and LAN are fine, since communities live there too. Left out are
 * relayed addresses (of members, whom nobody is to find in a lookup) and onion
 * names, for which nobody may ask the DNS.
 */
export function forLookups(peer: PeerInfo): PeerInfo {
  const multiaddrs = peer.multiaddrs.filter((address) => {
    const [first] = address.getComponents()
    return (
      first !== undefined &&
      (numbers.has(first.code) || dialledNames.has(first.code)) &&
      first.value?.endsWith('.onion') !== true &&
      !relayed(address)
    )
  })
  return { ...peer, multiaddrs }
}
