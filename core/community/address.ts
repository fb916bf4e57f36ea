import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { copy, equal, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'

/** An address in binary form is at most so long. */
export const maxAddressBytes = 255

const host = String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?`
const port = String.raw`[1-9]\d{0,4}`
/** Everything a member can dial, and nothing else: no sockets of this machine, no paths, no relayed addresses. */
const shape = new RegExp(
  String.raw`^(?:/(?:ip4/[\d.]{7,15}|ip6/[\da-f:.]{2,45}|dns[46]?/${host})/tcp/${port}(?:(?:/tls)?/wss?)?` +
    String.raw`|/onion3/[a-z2-7]{56}:${port})/p2p/12D3KooW[1-9A-HJ-NP-Za-km-z]{44}$`,
)
const nowhere = /^\/(?:ip4\/0\.0\.0\.0|ip6\/::)\//
/** An onion name is never asked of the DNS (RFC 7686): that alone would tell where somebody wants to go. */
const onionName = /^\/dns[46]?\/[^/]*\.onion\//i

/**
 * The binary form of a community node's address (multiaddr): where to dial, and
 * at the end `/p2p/` with the node's Ed25519 peer id.
 *
 * @throws Fault `malformed` where it is anything else, or not written in the one canonical way
 */
export function encodeAddress(text: string): Bytes {
  if (text.length > 512 || !shape.test(text) || nowhere.test(text) || onionName.test(text)) throw notAnAddress()
  try {
    const bytes = copy(multiaddr(text).bytes)
    if (bytes.length > maxAddressBytes || multiaddr(bytes).toString() !== text) throw notAnAddress()
    if (peerIdFromString(text.slice(text.lastIndexOf('/') + 1)).type !== 'Ed25519') throw notAnAddress()
    return bytes
  } catch {
    // the library's words would quote the address
    throw notAnAddress()
  }
}

/** @throws Fault `malformed` where the bytes are not what `encodeAddress` gives for some address */
export function decodeAddress(bytes: Uint8Array): string {
  // first: a PeerId of some 30 KiB takes half a minute to write in base 58
  if (bytes.length > maxAddressBytes) throw notAnAddress()
  let text: string
  try {
    text = multiaddr(copy(bytes)).toString()
  } catch {
    throw notAnAddress()
  }
  if (!equal(encodeAddress(text), bytes)) throw notAnAddress()
  return text
}

/** Those that are addresses of community nodes, each once, in the given order, at most `count`. */
export function usableAddresses(texts: readonly string[], count: number): string[] {
  const usable = new Set<string>()
  for (const text of texts) {
    if (usable.size === count) break
    try {
      encodeAddress(text)
      usable.add(text)
    } catch {
      // told by others, and of no use
    }
  }
  return [...usable]
}

function notAnAddress(): Fault {
  return new Fault('malformed', 'Not the address of a community node')
}
