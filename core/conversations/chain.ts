import { concat, u32, u8, utf8, type Bytes } from '../base/bytes.ts'
import { capability, type Capability } from '../boxes/capability.ts'
import { hkdf } from '../crypto/derive.ts'
import { signingKey } from '../crypto/sign.ts'

/** Which way a message goes. */
export const seekerToMentor = 0
export const mentorToSeeker = 1
export type Direction = typeof seekerToMentor | typeof mentorToSeeker

export type Role = 'seeker' | 'mentor'

/** The direction in which somebody of this role writes. */
export function directionOf(role: Role): Direction {
  return role === 'seeker' ? seekerToMentor : mentorToSeeker
}

export function otherRole(role: Role): Role {
  return role === 'seeker' ? 'mentor' : 'seeker'
}

/** rootA ‖ rootB: one half from each side. */
export const rootLength = 64

/**
 * The keys that a conversation lives on. The root itself is forgotten once they
 * are derived: whoever kept it could walk the mailbox chain from its beginning.
 */
export interface PairKeys {
  /** ck_0 of each direction, 32 bytes. */
  readonly chains: readonly [Bytes, Bytes]
  readonly channel: Bytes
  readonly presence: Bytes
}

/** @param root 64 bytes. PROTOCOL.md section "Conversation keys". */
export function pairKeys(root: Uint8Array): PairKeys {
  if (root.length !== rootLength) throw new RangeError('root: expected 64 bytes')
  const chain = (direction: Direction) => hkdf(root, concat(utf8('staffetta/mailbox/1'), u8(direction)), 32)
  return {
    chains: [chain(seekerToMentor), chain(mentorToSeeker)],
    channel: hkdf(root, 'staffetta/channel/1', 32),
    presence: hkdf(root, 'staffetta/presence/1', 32),
  }
}

/** ck_{i + steps} from ck_i. */
export function advance(chainKey: Bytes, steps: number): Bytes {
  let key = chainKey
  for (let step = 0; step < steps; step++) key = hkdf(key, 'staffetta/mailbox/next/1', 32)
  return key
}

/** A place that the pair shares, and the seed of the key that owns the one box in it. */
export interface PairBox {
  readonly capability: Capability
  /** Ed25519 seed, 32 bytes. Both sides hold it: the receiver deletes what the sender stored. */
  readonly authorSeed: Bytes
  readonly authorPublic: Bytes
}

function pairBox(material: Bytes, authorSeed: Bytes): PairBox {
  return { capability: capability(material), authorSeed, authorPublic: signingKey(authorSeed).publicKey }
}

/**
 * The box of the message whose chain key this is. After a session reset it is
 * another: what was encrypted for a session that is gone lies where nobody looks.
 *
 * @param generation of the keys in use, 0 for those of the introduction
 */
export function mailboxAt(chainKey: Bytes, generation = 0): PairBox {
  const key =
    generation === 0 ? chainKey : hkdf(chainKey, concat(utf8('staffetta/mailbox/keys/1'), u32(generation)), 32)
  return pairBox(hkdf(key, 'staffetta/mailbox/box/1', 96), hkdf(key, 'staffetta/mailbox/author/1', 32))
}

const dayMs = 86_400_000

/** UTC days since 1970. */
export function dayOf(nowMs: number): number {
  return Math.floor(nowMs / dayMs)
}

/** Where the writer of `direction` tells on a UTC day how to reach them. */
export function presenceAt(presenceKey: Bytes, direction: Direction, day: number): PairBox {
  const when = concat(u8(direction), u32(day))
  return pairBox(
    hkdf(presenceKey, concat(utf8('staffetta/presence/box/1'), when), 96),
    hkdf(presenceKey, concat(utf8('staffetta/presence/author/1'), when), 32),
  )
}
