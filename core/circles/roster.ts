import { z } from 'zod'
import { pseudonym } from '../api/views.ts'
import { limits } from '../api/limits.ts'
import { hex, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { sha256 } from '../crypto/derive.ts'
import type { SigningKey } from '../crypto/sign.ts'
import { circleIdLength } from './keys.ts'
import { contentOf, encodeSigned, requireSigned } from './signed.ts'

const label = 'staffetta/circle/roster/1'
/** Thirty members with the longest names take about 8,500 bytes. */
export const maxRoster = 12_000

export const bytesOf = (length: number) =>
  z.instanceof(Uint8Array<ArrayBuffer>).refine((bytes) => bytes.length === length)

/** Shown as it is written, or not at all. */
export const circleName = z.string().refine((name) => {
  const fits = name.length > 0 && name.length <= limits.circle.name && name === name.trim()
  return fits && /^[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]*$/u.test(name)
})
/** The same, of a member; a name that is not trimmed is another. */
export const memberName = z.string().refine((name) => pseudonym.safeParse(name).data === name)

const member = z.strictObject({ key: bytesOf(32), box: bytesOf(32), name: memberName })

const rosterV1 = z.strictObject({
  circle: bytesOf(circleIdLength),
  epoch: z.number().int().min(1).max(0xffff_ffff),
  name: circleName,
  members: z.array(member).min(1).max(limits.circle.members),
})

/** Who is in a circle during an epoch, in the order by which all number them. The host is the first. */
export type Roster = z.infer<typeof rosterV1>

/** @throws Fault `bad-input` where nobody could read it again */
export function encodeRoster(roster: Roster, host: SigningKey): Bytes {
  if (!rosterV1.safeParse(roster).success || !areDifferent(roster)) throw new Fault('bad-input', 'No such roster')
  return encodeSigned(label, new Uint8Array(), encodeCbor(roster), host)
}

/**
 * @param host the circle's, as its invitation told
 * @throws Fault `unknown-version`, `malformed`, `too-large`, `bad-signature`
 */
export function decodeRoster(bytes: Uint8Array, host: Uint8Array): Roster {
  if (bytes.length > maxRoster) throw new Fault('too-large', 'A roster longer than any circle has')
  const roster = decodeCbor(contentOf(bytes), rosterV1, maxRoster)
  if (!areDifferent(roster)) throw new Fault('malformed', 'A roster that has somebody twice')
  requireSigned(label, new Uint8Array(), bytes, host)
  const [first] = roster.members
  if (first === undefined || hex(first.key) !== hex(host)) throw new Fault('malformed', 'A roster without its host')
  return roster
}

/** What members compare, to see that the host told them the same. 32 bytes. @param bytes the encoded roster */
export function rosterHash(bytes: Uint8Array): Bytes {
  return sha256(bytes)
}

/** Whether somebody of `before` is not in `after`. */
export function isSmaller(after: Roster, before: Roster): boolean {
  const keys = new Set(after.members.map(({ key }) => hex(key)))
  return before.members.some(({ key }) => !keys.has(hex(key)))
}

function areDifferent({ members }: Roster): boolean {
  return ['key' as const, 'box' as const].every(
    (part) => new Set(members.map((each) => hex(each[part]))).size === members.length,
  )
}
