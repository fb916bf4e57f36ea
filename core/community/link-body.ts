import { concat, equal, fromUtf8, u32, u64, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { sha256 } from '../crypto/derive.ts'
import { publicKeyLength } from '../crypto/sign.ts'
import { decodeAddress, encodeAddress } from './address.ts'
import { epochStart } from './epoch.ts'
import { isCommunityName } from './name.ts'
import { secretLength } from './secret.ts'

/** Lets whoever holds it join a community. */
export interface InviteLink {
  readonly kind: 'invite'
  readonly name: string
  /** 32 bytes: closes the community's network. */
  readonly networkKey: Bytes
  /** Whose secret this is: the joiner can read this epoch and later ones. */
  readonly epoch: number
  /** 32 bytes. */
  readonly secret: Bytes
  /** Ed25519, 32 bytes: signs the charter. Zeros where the community has none. */
  readonly founder: Bytes
  /** The least that the joiner accepts. */
  readonly charter: CharterMark
  /** Addresses of community nodes, with `/p2p/`; each once, at most `maxLinkNodes`. */
  readonly nodes: string[]
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/**
 * One edition of the charter: who has the link accepts no earlier one, and of this
 * number only this one, so that nobody else need be trusted for who the guardians are.
 */
export interface CharterMark {
  /** 0 where the founder had published none. */
  readonly version: number
  /** Of the signed charter, 16 bytes (core/commons/document.ts); zeros where there is none. */
  readonly digest: Bytes
}

/** Lets a community node serve a community; opens nothing. */
export interface NodeLink {
  readonly kind: 'node'
  readonly networkKey: Bytes
  readonly nodes: string[]
}

export type Link = InviteLink | NodeLink

export const networkKeyLength = 32
export const maxLinkNodes = 8
/** From the beginning of its epoch: 30 days, up to a week that the epoch is old, and some for clocks that differ. */
export const longestInvite = 45 * 86_400_000

export const charterDigestLength = 16
/** Where no charter was published yet. */
export const noCharter: CharterMark = { version: 0, digest: new Uint8Array(charterDigestLength) }

const version = 2
const kindByte = { invite: 1, node: 2 } as const
const checksumLength = 8
const checksumLabel = utf8('staffetta/link/1')

/** @throws Fault `bad-input` where `decodeBody` would not give the same link again */
export function encodeBody(link: Link): Bytes {
  try {
    const body = concat(u8(version), u8(kindByte[link.kind]), ...fields(link))
    const whole = concat(body, checksum(body))
    if (link.networkKey.length !== networkKeyLength || decodeBody(whole).kind !== link.kind) throw new RangeError()
    return whole
  } catch {
    throw new Fault('bad-input', 'This cannot be put into a link')
  }
}

/**
 * The checksum first, so that a mangled link is never taken for one of a newer
 * version; every version keeps it at the end.
 *
 * @throws Fault `malformed`, `unknown-version`
 */
export function decodeBody(whole: Uint8Array): Link {
  const length = whole.length - checksumLength
  if (length < 2) throw new Fault('malformed', 'A link is too short')
  const body = whole.subarray(0, length)
  if (!equal(checksum(body), whole.subarray(length))) throw new Fault('malformed', 'A link is mangled')
  const reader = new Reader(body)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A link of another version')
  const kind = reader.u8()
  const networkKey = reader.bytes(networkKeyLength)
  if (kind === kindByte.node) {
    const nodes = readNodes(reader)
    reader.end()
    return { kind: 'node', networkKey, nodes }
  }
  if (kind !== kindByte.invite) throw new Fault('malformed', 'A link of an unknown kind')
  const epoch = reader.u32()
  const secret = reader.bytes(secretLength)
  const expiresAt = readExpiry(reader, epoch)
  const founder = reader.bytes(publicKeyLength)
  const charter = readCharter(reader)
  const name = readName(reader)
  const nodes = readNodes(reader)
  reader.end()
  return { kind: 'invite', name, networkKey, epoch, secret, founder, charter, nodes, expiresAt }
}

function fields(link: Link): Bytes[] {
  if (link.nodes.length > maxLinkNodes) throw new RangeError('nodes: too many')
  const nodes = [u8(link.nodes.length), ...link.nodes.map((node) => withLength(encodeAddress(node)))]
  if (link.kind === 'node') return [link.networkKey, ...nodes]
  const { networkKey, epoch, secret, expiresAt, founder, charter, name } = link
  const lengths = secret.length === secretLength && founder.length === publicKeyLength
  const numbers = isU32(epoch) && isU32(charter.version) && charter.digest.length === charterDigestLength
  if (!lengths || !numbers || !isCommunityName(name)) throw new RangeError('link: bad field')
  const mark = [founder, u32(charter.version), charter.digest]
  return [networkKey, u32(epoch), secret, u64(expiresAt), ...mark, withLength(utf8(name)), ...nodes]
}

function isU32(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= 0xffff_ffff
}

/** Bounded from both sides, so that no link makes the ratchet run for long. */
function readExpiry(reader: Reader, epoch: number): number {
  const expiresAt = Number(reader.u64())
  const start = epochStart(epoch)
  const fits = Number.isSafeInteger(expiresAt) && expiresAt > start && expiresAt <= start + longestInvite
  if (!fits) throw new Fault('malformed', 'An invite whose expiry and epoch do not belong together')
  return expiresAt
}

function readCharter(reader: Reader): CharterMark {
  const charter = { version: reader.u32(), digest: reader.bytes(charterDigestLength) }
  const isNone = equal(charter.digest, noCharter.digest)
  if (isNone !== (charter.version === 0)) throw new Fault('malformed', 'A charter without its digest, or the reverse')
  return charter
}

function readName(reader: Reader): string {
  const name = fromUtf8(reader.bytes(reader.u8()))
  if (!isCommunityName(name)) throw new Fault('malformed', 'An invite with an unusable name')
  return name
}

function readNodes(reader: Reader): string[] {
  const count = reader.u8()
  if (count > maxLinkNodes) throw new Fault('malformed', 'A link with too many nodes')
  const nodes: string[] = []
  for (let i = 0; i < count; i++) nodes.push(decodeAddress(reader.bytes(reader.u8())))
  if (new Set(nodes).size !== count) throw new Fault('malformed', 'A link that names a node twice')
  return nodes
}

function withLength(bytes: Bytes): Bytes {
  return concat(u8(bytes.length), bytes)
}

/** Against accidents only: whoever makes links can make it too. */
function checksum(body: Uint8Array): Bytes {
  return sha256(checksumLabel, body).subarray(0, checksumLength)
}
