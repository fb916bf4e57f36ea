import { z } from 'zod'
import { limits } from '../api/limits.ts'
import { concat, utf8, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { sign, verify } from '../crypto/sign.ts'
import { circleIdLength, secretLength, type MemberKeys } from './keys.ts'
import { bytesOf, circleName, maxRoster, memberName } from './roster.ts'

const circle = bytesOf(circleIdLength)

const record = z.discriminatedUnion('kind', [
  /** Of the host: whether the contact would like to be in it. `host`: what signs its rosters. */
  z.strictObject({ kind: z.literal('invite'), circle, name: circleName, host: bytesOf(32) }),
  /** Of the contact, who is to be known so in this circle alone. */
  z.strictObject({
    kind: z.literal('join'),
    circle,
    key: bytesOf(32),
    box: bytesOf(32),
    name: memberName,
    /** Shows that the key is the contact's own. */
    proof: bytesOf(64),
  }),
  z.strictObject({ kind: z.literal('decline'), circle }),
  /** Of the host, to each member of a new epoch. */
  z.strictObject({
    kind: z.literal('epoch'),
    circle,
    secret: bytesOf(secretLength),
    roster: z.instanceof(Uint8Array<ArrayBuffer>).refine(({ length }) => length > 0 && length <= maxRoster),
  }),
  z.strictObject({ kind: z.literal('leave'), circle }),
  /** Of the host: the contact is not in it any more, or not invited any more. */
  z.strictObject({ kind: z.literal('out'), circle, why: z.enum(['removed', 'ended']) }),
  /** Of a member, to the host: what somebody in the circle did. */
  z.strictObject({
    kind: z.literal('report'),
    circle,
    about: bytesOf(32),
    text: z.string().refine((text) => text.length > 0 && text.length <= limits.circle.report),
  }),
])

/** What a host and one member tell each other, in their own conversation. PROTOCOL.md section "Circle records". */
export type CircleRecord = z.infer<typeof record>
export type RecordOf<Kind extends CircleRecord['kind']> = Extract<CircleRecord, { kind: Kind }>

const maxBytes = maxRoster + 1_000
const anything = z.looseObject({ v: z.number().int() })
const kinds = new Set<unknown>(record.options.map(({ shape }) => shape.kind.value))

/** @throws Fault `bad-input` */
export function encodeCircleRecord(said: CircleRecord): Bytes {
  if (!record.safeParse(said).success) throw new Fault('bad-input', 'A record that nobody could read')
  return encodeCbor({ v: 1, ...said })
}

/** @throws Fault `unknown-version`, `malformed`, `too-large` */
export function decodeCircleRecord(bytes: Uint8Array): CircleRecord {
  const { v, kind } = decodeCbor(bytes, anything, maxBytes)
  if (v !== 1 || (typeof kind === 'string' && !kinds.has(kind))) {
    throw new Fault('unknown-version', 'A record of a circle of a newer version')
  }
  const { v: _, ...said } = decodeCbor(bytes, z.looseObject({ v: z.literal(1) }), maxBytes)
  const known = record.safeParse(said)
  // a key named __proto__ is counted in the map's head, and lost in the object
  if (!known.success || Object.keys(said).length + 1 !== (bytes[0] ?? 0) % 32) {
    throw new Fault('malformed', 'A record of a circle of an unexpected shape')
  }
  return known.data
}

/** The answer of somebody who comes in. */
export function joinRecord(circle: Bytes, keys: MemberKeys, name: string): RecordOf<'join'> {
  const said = { circle, key: keys.sign.publicKey, box: keys.box.publicKey, name }
  return { kind: 'join', ...said, proof: sign(proven(said), keys.sign) }
}

/** Whether whoever answered holds the key: nobody can come in as another member. */
export function isProven(join: RecordOf<'join'>): boolean {
  return verify(join.proof, proven(join), join.key)
}

function proven({ circle, box, name }: Pick<RecordOf<'join'>, 'circle' | 'box' | 'name'>): Bytes {
  return concat(utf8('staffetta/circle/join/1'), circle, box, utf8(name))
}
