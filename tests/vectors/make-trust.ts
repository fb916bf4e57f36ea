import { writeFileSync } from 'node:fs'
import { cbor, type Cbor } from './second-cbor.ts'
import { communityTag, proofOf, vouchOf, type VouchWish } from './second-vouches.ts'
import { keyOf } from './second.ts'

/*
 * Writes trust.json from docs/PROTOCOL.md alone, sections "Cards" and "Vouches":
 * nothing of core is imported, so that the vectors can prove core wrong.
 */
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const counting = (from: number, length = 32): Buffer => Buffer.from(Array.from({ length }, (_, i) => (from + i) & 255))
const networkKey = counting(40)
const community = communityTag(networkKey)
const voucher = keyOf(counting(1))
const subject = keyOf(counting(2))

const about = { tag: community, subject: subject.pub }

const vouch = (wish: VouchWish): Buffer => vouchOf(wish, voucher, about)

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

const month = 683
const ends = Date.UTC(1970, month + 13)
const beginsToCount = Date.UTC(1970, month - 1)
const meanwhile = Date.UTC(1970, month, 15)
const otherNetwork = counting(41)
const spoilt = Buffer.from(fine)
spoilt[fine.length - 1] = (fine.at(-1) ?? 0) ^ 1
const other = keyOf(counting(4))
/** All of them are read: whether they count is another question. */
const counted = [
  { why: 'in its month', counts: true },
  { why: 'in the first moment of the month before', now: beginsToCount, counts: true },
  { why: 'a moment earlier', now: beginsToCount - 1, counts: false },
  { why: 'in the last moment of the twelfth month after', now: ends - 1, counts: true },
  { why: 'a moment later', now: ends, counts: false },
  { why: 'for another persona', subject: hex(other.pub), counts: false },
  { why: 'in another community', networkKey: hex(otherNetwork), counts: false },
  { why: 'by oneself', encoded: vouchOf({ topic: 'sewing', month }, subject, about), counts: false },
  { why: 'with a signature that was changed', encoded: spoilt, counts: false },
  {
    why: 'with the name of another over it',
    encoded: Buffer.concat([fine.subarray(0, 1), other.pub, fine.subarray(33)]),
    counts: false,
  },
  {
    why: 'that was signed with another label',
    encoded: Buffer.concat([fine.subarray(0, -64), proofOf(voucher, { tag: community, mentor: subject.pub })]),
    counts: false,
  },
].map((each) => ({ networkKey: hex(networkKey), subject: hex(subject.pub), now: meanwhile, encoded: fine, ...each }))

const mentor = voucher.pub
const proof = proofOf(subject, { tag: community, mentor })
const proofOfMentor = proofOf(voucher, { tag: community, mentor })
/** Where the voucher is the seeker, and the other the mentor. */
const proofOfSeeker = proofOf(voucher, { tag: community, mentor: subject.pub })
const records = [
  { kind: 'offer', topic: 'sewing', encoded: cbor({ v: 1, k: 0, t: 'sewing' }) },
  {
    kind: 'ask',
    mentor: hex(mentor),
    topic: 'sewing',
    key: hex(subject.pub),
    proof: hex(proof),
    encoded: cbor({ v: 1, k: 1, t: 'sewing', p: subject.pub, s: proof }),
  },
  {
    kind: 'give',
    mentor: hex(mentor),
    vouch: hex(fine),
    proof: hex(proofOfMentor),
    encoded: cbor({ v: 1, k: 2, e: fine, s: proofOfMentor }),
  },
  {
    kind: 'give',
    mentor: hex(subject.pub),
    vouch: hex(fine),
    proof: hex(proofOfSeeker),
    encoded: cbor({ v: 1, k: 2, e: fine, s: proofOfSeeker }),
  },
  { kind: 'take-back', topic: 'sewing', encoded: cbor({ v: 1, k: 3, t: 'sewing' }) },
]
const refusedRecords = [
  { why: 'a version of the future', code: 'unknown-version', encoded: cbor({ v: 2, k: 0, t: 'sewing' }) },
  { why: 'a kind that is none', code: 'malformed', encoded: cbor({ v: 1, k: 4, t: 'sewing' }) },
  { why: 'of a version of the future and a kind that is none', code: 'unknown-version', encoded: cbor({ v: 2, k: 9 }) },
  { why: 'without a version', code: 'malformed', encoded: cbor({ k: 0, t: 'sewing' }) },
  { why: 'of a version that is no integer', code: 'malformed', encoded: cbor({ v: '1', k: 0, t: 'sewing' }) },
  { why: 'an offer of a topic with a capital', code: 'malformed', encoded: cbor({ v: 1, k: 0, t: 'Sewing' }) },
  {
    why: 'an offer with a field that is not its own',
    code: 'malformed',
    encoded: cbor({ v: 1, k: 0, t: 'sewing', y: 1 }),
  },
  {
    why: 'a taking back with a byte behind it',
    code: 'malformed',
    encoded: Buffer.concat([cbor({ v: 1, k: 3, t: 'sewing' }), Buffer.of(0)]),
  },
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
  // what other languages take for white space, and is none here
  ...['\u0085hello', 'hello\u200b', 'hello\u180e'].map((x) => ({
    ...greeting,
    text: x,
    encoded: padded(cbor({ ...greetingMap, x })),
  })),
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
  ...[
    '\ufeffhello',
    'hello\ufeff',
    'hello\u000b',
    '\u00a0hello',
    'hello\u1680',
    'hello\u2028',
    '\u205fhello',
    'hello\u3000',
  ].map((x) => ({
    why: `whose text has U+${(x.startsWith('h') ? (x.codePointAt(5) ?? 0) : (x.codePointAt(0) ?? 0)).toString(16).padStart(4, '0')} ${x.startsWith('h') ? 'behind' : 'before'} it`,
    code: 'malformed',
    encoded: padded(cbor({ ...greetingMap, x })),
  })),
  { why: 'with pronouns after a blank', code: 'malformed', encoded: carded({ p: ' she' }) },
]

const encoded = <Each extends { readonly encoded: Buffer }>(list: readonly Each[]) =>
  list.map((each) => ({ ...each, encoded: hex(each.encoded) }))
/** Of trust.json. */
export const trustVectors = {
  networkKey: hex(networkKey),
  community: hex(community),
  voucherSeed: hex(counting(1)),
  subjectSeed: hex(counting(2)),
  vouches: good.map((each) => ({ ...each, encoded: hex(vouch(each)) })),
  refusedVouches: encoded(refusedVouches),
  counting: encoded(counted),
  records: encoded(records),
  refusedRecords: encoded(refusedRecords),
  greetings: encoded(greetings),
  refusedGreetings: encoded(refusedGreetings),
  disclosures: encoded(disclosures),
  refusedDisclosures: encoded(refusedDisclosures),
}

if (import.meta.main) {
  writeFileSync(new URL('trust.json', import.meta.url), `${JSON.stringify(trustVectors, undefined, 2)}\n`)
}
