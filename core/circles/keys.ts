import { concat, u32, u8, utf8, type Bytes } from '../base/bytes.ts'
import { capability, type Capability } from '../boxes/capability.ts'
import { hkdf, sha256 } from '../crypto/derive.ts'
import { boxKey, type BoxKey } from '../crypto/seal.ts'
import { signingKey, type SigningKey } from '../crypto/sign.ts'

/** A circle's name on the wire, the seed of one member's keys, the secret of one epoch. Random bytes. */
export const circleIdLength = 16
export const seedLength = 32
export const secretLength = 32

/** Who a member is in one circle, and nowhere else. PROTOCOL.md section "Circle keys". */
export interface MemberKeys {
  /** Signs what the member tells of itself; the host's also signs rosters. */
  readonly sign: SigningKey
  /** What the keys of others' chains are sealed to. */
  readonly box: BoxKey
}

/** @param seed 32 bytes, made for one circle */
export function memberKeys(seed: Uint8Array): MemberKeys {
  return {
    sign: signingKey(hkdf(seed, 'staffetta/circle/sign/1', 32)),
    // seldom asked for, and slow
    get box() {
      return boxKey(hkdf(seed, 'staffetta/circle/box/1', 32))
    },
  }
}

/** One member's place in one epoch: its index in the roster. */
export interface Seat {
  readonly circle: Bytes
  readonly epoch: number
  readonly member: number
}

/** Names a member's chain for libsignal, 16 bytes. */
export function chainName({ circle, epoch, member }: Seat): Bytes {
  const whole = sha256(utf8('staffetta/circle/chain/1'), circle, u32(epoch), u8(member))
  return whole.slice(0, 16)
}

/** Where a member's message of an epoch lies. Never used twice. @param secret the epoch's */
export function messageAt(secret: Uint8Array, member: number, index: number): Capability {
  return capability(hkdf(secret, concat(utf8('staffetta/circle/message/1'), u8(member), u32(index)), 96))
}

/** Where the members of an epoch tell on a UTC day what there is of each. */
export function noticesAt(secret: Uint8Array, day: number): Capability {
  return capability(hkdf(secret, concat(utf8('staffetta/circle/notices/1'), u32(day)), 96))
}

/** Owns the box of an own message: others in the circle know its place, and can neither replace nor delete it. */
export function messageAuthor(seed: Uint8Array, epoch: number, index: number): SigningKey {
  return signingKey(hkdf(seed, concat(utf8('staffetta/circle/message-author/1'), u32(epoch), u32(index)), 32))
}

/** As `messageAuthor`, of the box of a day's notice. */
export function noticeAuthor(seed: Uint8Array, epoch: number, day: number): SigningKey {
  return signingKey(hkdf(seed, concat(utf8('staffetta/circle/notice-author/1'), u32(epoch), u32(day)), 32))
}
