import { createHmac, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { keyOf, text } from './second.ts'

/**
 * Writes trust.json from docs/PROTOCOL.md alone, sections "Cards" and "Vouches":
 * nothing of core is imported, so that the vectors can prove core wrong.
 */
type Cbor = number | string | Buffer | Cbor[] | { [key: string]: Cbor }

function head(major: number, argument: number): Buffer {
  const width = argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x1_0000 ? 2 : 4
  const out = Buffer.alloc(1 + width)
  out[0] = (major << 5) | (width === 0 ? argument : 23 + Math.log2(width) + 1)
  if (width > 0) out.writeUIntBE(argument, 1, width)
  return out
}

/** Canonical (RFC 8949 section 4.2.1). All keys here are one character long, so that their order is the alphabet's. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, text(value).length), text(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  const keys = Object.keys(value).toSorted()
  return Buffer.concat([head(5, keys.length), ...keys.flatMap((key) => [cbor(key), cbor(value[key] ?? 0)])])
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const counting = (from: number, length = 32): Buffer => Buffer.from(Array.from({ length }, (_, i) => (from + i) & 255))
const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 255)

/** HKDF-SHA256 (RFC 5869) of one block, without salt. */
function hkdf32(key: Buffer, info: string): Buffer {
  const extracted = createHmac('sha256', Buffer.alloc(32)).update(key).digest()
  return createHmac('sha256', extracted)
    .update(Buffer.concat([text(info), Buffer.of(1)]))
    .digest()
}

const networkKey = counting(40)
const community = hkdf32(networkKey, 'staffetta/vouch/community/1')
const voucher = keyOf(counting(1))
const subject = keyOf(counting(2))

interface Vouch {
  readonly topic: string
  readonly month: number
  readonly version?: number
}

function vouch({ topic, month, version = 1 }: Vouch): Buffer {
  const said = Buffer.concat([Buffer.of(version), voucher.pub, u16(month), Buffer.of(text(topic).length), text(topic)])
  const signed = Buffer.concat([text('staffetta/vouch/1'), community, subject.pub, said])
  return Buffer.concat([said, sign(null, signed, voucher.secret)])
}

const good = [
  { topic: 'sewing', month: 683 },
  { topic: 'a'.repeat(40), month: 0xffff },
]
const fine = vouch({ topic: 'sewing', month: 683 })
const refusedVouches = [
  {
    why: 'a version of the future',
    code: 'unknown-version',
    encoded: vouch({ topic: 'sewing', month: 1, version: 2 }),
  },
  { why: 'no topic', code: 'malformed', encoded: vouch({ topic: '', month: 1 }) },
  { why: 'a topic with a capital', code: 'malformed', encoded: vouch({ topic: 'Sewing', month: 1 }) },
  { why: 'a topic that is too long', code: 'too-large', encoded: vouch({ topic: 'a'.repeat(41), month: 1 }) },
  { why: 'cut short', code: 'malformed', encoded: fine.subarray(0, -1) },
  { why: 'trailing bytes', code: 'malformed', encoded: Buffer.concat([fine, Buffer.of(0)]) },
]

const mentor = voucher
const proof = sign(
  null,
  Buffer.concat([text('staffetta/vouch/key/1'), community, mentor.pub, subject.pub]),
  subject.secret,
)
const proofOfVoucher = sign(
  null,
  Buffer.concat([text('staffetta/vouch/key/1'), community, mentor.pub, voucher.pub]),
  voucher.secret,
)
const records = [
  { kind: 'offer', topic: 'sewing', encoded: cbor({ v: 1, k: 0, t: 'sewing' }) },
  {
    kind: 'ask',
    topic: 'sewing',
    key: hex(subject.pub),
    proof: hex(proof),
    encoded: cbor({ v: 1, k: 1, t: 'sewing', p: subject.pub, s: proof }),
  },
  {
    kind: 'give',
    vouch: hex(fine),
    proof: hex(proofOfVoucher),
    encoded: cbor({ v: 1, k: 2, e: fine, s: proofOfVoucher }),
  },
  { kind: 'take-back', topic: 'sewing', encoded: cbor({ v: 1, k: 3, t: 'sewing' }) },
]
const refusedRecords = [
  { why: 'a version of the future', code: 'unknown-version', encoded: cbor({ v: 2, k: 0, t: 'sewing' }) },
  { why: 'a kind that is none', code: 'malformed', encoded: cbor({ v: 1, k: 4, t: 'sewing' }) },
  { why: 'an ask without a proof', code: 'malformed', encoded: cbor({ v: 1, k: 1, t: 'sewing', p: subject.pub }) },
  { why: 'nothing given', code: 'malformed', encoded: cbor({ v: 1, k: 2, e: Buffer.alloc(0), s: proof }) },
  { why: 'a vouch that is too long', code: 'malformed', encoded: cbor({ v: 1, k: 2, e: Buffer.alloc(141), s: proof }) },
  { why: 'a vouch without a proof', code: 'malformed', encoded: cbor({ v: 1, k: 2, e: fine }) },
  { why: 'a record that is too long', code: 'too-large', encoded: cbor({ v: 1, k: 2, e: Buffer.alloc(300) }) },
]

const card = {
  pronouns: 'she/her',
  age: '65-or-more',
  region: 'the north',
  name: 'Mara',
  words: 'Tea first.\n\nThen the rest.',
}
const cardMap = { p: card.pronouns, a: 5, r: card.region, n: card.name, w: card.words }
const voice = counting(9, 40)
const disclosures = [
  { kind: 'show', card, encoded: cbor({ v: 1, s: cardMap }) },
  { kind: 'show', card: { name: 'Mara' }, encoded: cbor({ v: 1, s: { n: 'Mara' } }) },
  {
    kind: 'show',
    card: { voice: { mediaType: 'audio/ogg', bytes: hex(voice) } },
    encoded: cbor({ v: 1, s: { o: { t: 1, b: voice } } }),
  },
  { kind: 'take-back', fields: ['pronouns', 'voice'], encoded: cbor({ v: 1, b: [0, 5] }) },
]
const refusedDisclosures = [
  { why: 'a version of the future', code: 'unknown-version', encoded: cbor({ v: 2, b: [0] }) },
  { why: 'nothing shown', code: 'malformed', encoded: cbor({ v: 1, s: {} }) },
  { why: 'nothing taken back', code: 'malformed', encoded: cbor({ v: 1, b: [] }) },
  { why: 'the same field twice', code: 'malformed', encoded: cbor({ v: 1, b: [1, 1] }) },
  { why: 'fields out of order', code: 'malformed', encoded: cbor({ v: 1, b: [2, 1] }) },
  { why: 'a field that is none', code: 'malformed', encoded: cbor({ v: 1, b: [6] }) },
  { why: 'shown and taken back at once', code: 'malformed', encoded: cbor({ v: 1, s: { n: 'Mara' }, b: [0] }) },
  { why: 'a name over two lines', code: 'malformed', encoded: cbor({ v: 1, s: { n: 'a\nb' } }) },
  { why: 'a name that turns round', code: 'malformed', encoded: cbor({ v: 1, s: { n: '\u202eb' } }) },
  { why: 'words that are too long', code: 'malformed', encoded: cbor({ v: 1, s: { w: 'x'.repeat(301) } }) },
  { why: 'a voice of no bytes', code: 'malformed', encoded: cbor({ v: 1, s: { o: { t: 0, b: Buffer.alloc(0) } } }) },
  { why: 'a voice of another type', code: 'malformed', encoded: cbor({ v: 1, s: { o: { t: 3, b: voice } } }) },
  {
    why: 'a voice that is too long',
    code: 'malformed',
    encoded: cbor({ v: 1, s: { o: { t: 0, b: Buffer.alloc(49_153) } } }),
  },
]

/** ISO/IEC 7816-4, to the shorter of two lengths that it is shorter than. */
function padded(bytes: Buffer, length = [2063, 5119].find((length) => bytes.length < length) ?? 0): Buffer {
  return Buffer.concat([bytes, Buffer.of(0x80), Buffer.alloc(length)]).subarray(0, length)
}

const greeting = { pseudonym: 'Quiet River', text: 'I would like to learn.', to: counting(3), rootA: counting(8) }
const greetingMap = { v: 1, n: greeting.pseudonym, x: greeting.text, p: greeting.to, r: greeting.rootA }
const long = 'あ'.repeat(1000)
const greetings = [
  { ...greeting, encoded: padded(cbor(greetingMap)) },
  { ...greeting, card, encoded: padded(cbor({ ...greetingMap, c: cardMap })) },
  { ...greeting, text: long, card, encoded: padded(cbor({ ...greetingMap, x: long, c: cardMap })) },
].map((each) => ({ ...each, to: hex(each.to), rootA: hex(each.rootA) }))
const carded = (c: Cbor): Buffer => padded(cbor({ ...greetingMap, c }))
const refusedGreetings = [
  { why: 'of a version of the future', code: 'unknown-version', encoded: padded(cbor({ ...greetingMap, v: 2 })) },
  { why: 'not padded', code: 'malformed', encoded: cbor(greetingMap) },
  { why: 'padded further than needed', code: 'malformed', encoded: padded(cbor(greetingMap), 5119) },
  { why: 'with an empty card', code: 'malformed', encoded: carded({}) },
  { why: 'with a voice', code: 'malformed', encoded: carded({ o: { b: Buffer.of(1), t: 0 } }) },
  { why: 'with an age that is none of the bands', code: 'malformed', encoded: carded({ a: 6 }) },
  { why: 'with a region over two lines', code: 'malformed', encoded: carded({ r: 'a\nb' }) },
  { why: 'with pronouns after a blank', code: 'malformed', encoded: carded({ p: ' she' }) },
]

const encoded = <Each extends { readonly encoded: Buffer }>(list: readonly Each[]) =>
  list.map((each) => ({ ...each, encoded: hex(each.encoded) }))
const vectors = {
  networkKey: hex(networkKey),
  community: hex(community),
  voucherSeed: hex(counting(1)),
  subjectSeed: hex(counting(2)),
  vouches: good.map((each) => ({ ...each, encoded: hex(vouch(each)) })),
  refusedVouches: encoded(refusedVouches),
  records: encoded(records),
  refusedRecords: encoded(refusedRecords),
  greetings: encoded(greetings),
  refusedGreetings: encoded(refusedGreetings),
  disclosures: encoded(disclosures),
  refusedDisclosures: encoded(refusedDisclosures),
}

writeFileSync(new URL('trust.json', import.meta.url), `${JSON.stringify(vectors, undefined, 2)}\n`)
