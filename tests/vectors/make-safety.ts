import { sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { cbor, type Cbor } from './second-cbor.ts'
import { hkdf, keyOf, placeOf, sha256, text } from './second.ts'

/**
 * Writes safety.json from docs/PROTOCOL.md alone: nothing of core is imported,
 * so that the vectors can prove core wrong. The offer is that of offer.json.
 */
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const signed = (label: string, fields: Record<string, Cbor>, seed: Buffer): Buffer =>
  cbor({ ...fields, s: sign(null, Buffer.concat([text(label), cbor(fields)]), keyOf(seed).secret) })

const offers = JSON.parse(readFileSync(new URL('offer.json', import.meta.url), 'utf8')) as {
  offers: { encoded: string; author: string; epoch: number; personaSeed: string }[]
}
const [offer] = offers.offers
if (offer === undefined) throw new Error('offer.json has no offer')

const exporterSeed = Buffer.alloc(32, 9)
const contactKey = keyOf(Buffer.from(offer.personaSeed, 'hex')).pub
const framed = {
  v: 1,
  t: 1_795_000_000_000,
  c: 'Lanterna',
  h: 'Finding work after a change of name',
  b: 1_794_000_000_000,
}
const exporter = { n: 'Quiet River', k: keyOf(exporterSeed).pub }
const full: Record<string, Cbor> = {
  ...framed,
  p: exporter,
  w: { n: 'Maple Heron', k: contactKey },
  o: { e: Buffer.from(offer.encoded, 'hex'), a: Buffer.from(offer.author, 'hex'), w: offer.epoch },
  r: 'It began in March.',
  m: [
    { o: true, k: 0, x: 'Hello', t: 1_794_000_100_000, e: false, g: false },
    { o: false, k: 0, x: 'Send it, or everybody will know.', t: 1_794_000_200_000, e: true, g: true },
    { o: false, k: 1, x: 'picture.jpg', t: 1_794_000_300_000, e: false, g: false },
  ],
}
const least: Record<string, Cbor> = {
  ...framed,
  w: { n: 'Ri', k: Buffer.concat([Buffer.of(5), Buffer.alloc(32, 7)]) },
  h: '',
  r: '',
  m: [{ o: false, k: 0, x: '…', t: 0, e: false, g: false }],
}
const label = 'staffetta/evidence/1'
const good = signed(label, full, exporterSeed)
const { m: _, ...noMessages } = full
const evidence = [
  { name: 'signed, with an offer', exporterSeed: hex(exporterSeed), encoded: hex(good) },
  { name: 'signed by nobody', exporterSeed: null, encoded: hex(cbor(least)) },
]
const refused = [
  { why: 'signed by another persona', code: 'bad-signature', encoded: signed(label, full, Buffer.alloc(32, 8)) },
  { why: 'signed for something else', code: 'bad-signature', encoded: signed('staffetta/offer/1', full, exporterSeed) },
  { why: 'an exporter without a signature', code: 'malformed', encoded: cbor(full) },
  { why: 'a signature without an exporter', code: 'malformed', encoded: signed(label, least, exporterSeed) },
  { why: 'of another version', code: 'unknown-version', encoded: signed(label, { ...full, v: 2 }, exporterSeed) },
  {
    why: 'of another version, and of nothing else',
    code: 'unknown-version',
    encoded: cbor({ v: 2 }),
  },
  {
    why: 'with a field that is not there, and signed by another persona',
    code: 'malformed',
    encoded: signed(label, { ...full, y: 1 }, Buffer.alloc(32, 8)),
  },
  {
    why: 'that was made beyond all time',
    code: 'malformed',
    encoded: signed(label, { ...full, t: 8_640_000_000_000_001 }, exporterSeed),
  },
  { why: 'without messages', code: 'malformed', encoded: signed(label, { ...noMessages, m: [] }, exporterSeed) },
  { why: 'with a field that is not there', code: 'malformed', encoded: signed(label, { ...full, y: 1 }, exporterSeed) },
  { why: 'with a byte behind it', code: 'malformed', encoded: Buffer.concat([good, Buffer.of(0)]) },
].map(({ why, code, encoded }) => ({ why, code, encoded: hex(encoded) }))

const letter = cbor({ v: 1, w: Buffer.alloc(8, 1), r: Buffer.alloc(32, 2), l: 98_304, h: Buffer.alloc(32, 3) })
const refusedLetters = [
  {
    why: 'of more than a report may have',
    code: 'malformed',
    encoded: cbor({ v: 1, w: Buffer.alloc(8), r: Buffer.alloc(32), l: 98_305, h: Buffer.alloc(32) }),
  },
  {
    why: 'of nothing',
    code: 'malformed',
    encoded: cbor({ v: 1, w: Buffer.alloc(8), r: Buffer.alloc(32), l: 0, h: Buffer.alloc(32) }),
  },
  { why: 'of another version', code: 'unknown-version', encoded: cbor({ v: 2 }) },
  { why: 'that is too long', code: 'too-large', encoded: Buffer.alloc(257, 0) },
].map(({ why, code, encoded }) => ({ why, code, encoded: hex(encoded) }))

const guardian = { sign: keyOf(Buffer.alloc(32, 0x21)).pub, box: Buffer.alloc(32, 0x22) }
const secret = Buffer.alloc(32, 0x23)
const inboxMaterial = hkdf(secret, Buffer.concat([text('staffetta/report/letter/1'), guardian.sign, guardian.box]), 64)
const inboxWrite = keyOf(inboxMaterial.subarray(0, 32)).pub
const root = Buffer.alloc(32, 0x24)
const authorSeed = Buffer.alloc(32, 0x25)
const partPlaces = [0, 6].map((part) => {
  const { write, read, bodyKey, place } = placeOf(
    hkdf(root, Buffer.concat([text('staffetta/report/part/1'), Buffer.of(part)]), 96),
  )
  return { part, writePublic: hex(write.pub), readPublic: hex(read.pub), bodyKey: hex(bodyKey), place: hex(place) }
})
const places = {
  secret: hex(secret),
  signSeed: hex(Buffer.alloc(32, 0x21)),
  boxKey: hex(guardian.box),
  letter: {
    writePublic: hex(inboxWrite),
    readPublic: hex(guardian.sign),
    bodyKey: hex(inboxMaterial.subarray(32)),
    place: hex(sha256(text('staffetta/place/1'), inboxWrite, guardian.sign)),
  },
  root: hex(root),
  parts: partPlaces,
  authorSeed: hex(authorSeed),
  authors: [255, 0, 6].map((part) => ({
    part,
    author: hex(keyOf(hkdf(authorSeed, Buffer.concat([text('staffetta/report/author/1'), Buffer.of(part)]), 32)).pub),
  })),
}

const warning = {
  i: Buffer.alloc(16, 1),
  t: 1_795_000_000_000,
  u: 1_795_086_400_000,
  l: 'it',
  x: 'Attenzione a chi chiede foto.',
  b: [],
}
const list = { ...warning, i: Buffer.alloc(16, 2), x: '', b: [{ k: contactKey, n: 'Maple Heron' }] }
const notices = [
  { name: 'none', encoded: hex(cbor({ v: 1, n: [] })) },
  { name: 'a warning and a list', encoded: hex(cbor({ v: 1, n: [warning, list] })) },
]
const refusedNotices = [
  { why: 'that says nothing', code: 'malformed', encoded: cbor({ v: 1, n: [{ ...warning, x: '' }] }) },
  { why: 'that is there twice', code: 'malformed', encoded: cbor({ v: 1, n: [warning, warning] }) },
  { why: 'that ends before it begins', code: 'malformed', encoded: cbor({ v: 1, n: [{ ...warning, u: 0 }] }) },
  {
    why: 'that holds for longer than half a year',
    code: 'malformed',
    encoded: cbor({ v: 1, n: [{ ...warning, u: 1_810_552_000_001 }] }),
  },
  { why: 'of another version', code: 'unknown-version', encoded: cbor({ v: 2, n: [] }) },
].map(({ why, code, encoded }) => ({ why, code, encoded: hex(encoded) }))

writeFileSync(
  new URL('safety.json', import.meta.url),
  `${JSON.stringify({ evidence, refusedEvidence: refused, places, letters: [{ encoded: hex(letter) }], refusedLetters, noticeKey: hex(sha256(text('staffetta/notices/key/1'), guardian.sign).subarray(0, 16)), notices, refusedNotices }, null, 2)}\n`,
)
