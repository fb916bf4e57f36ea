import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { cbor } from './second-cbor.ts'

/**
 * Writes reset.json from docs/PROTOCOL.md and from what libsignal documents of
 * its fingerprints: nothing of core and nothing of libsignal is imported.
 */
const text = (value: string): Buffer => Buffer.from(value, 'utf8')
const bytesFor = (label: string): Buffer => createHash('sha256').update(`staffetta test vector: ${label}`).digest()
const bytes = (label: string, length: number): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(length / 32) }, (_, block) => bytesFor(`${label} ${block}`)),
    length,
  )
const hkdf = (key: Buffer, info: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), info, 32))

function u32(value: number): Buffer {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value)
  return out
}

const record = (step: number, attempt: number, ...fields: Buffer[]): string =>
  Buffer.concat([Buffer.of(1, step), u32(attempt), ...fields]).toString('hex')

const bundle = bytes('bundle', 1774)
const identityKey = Buffer.concat([Buffer.of(5), bytesFor('identity key')])
const first = bytes('first message', 1786)
const ciphertext = bytes('confirmation', 120)
const records = [
  { step: 'ask', attempt: 1, bundle: bundle.toString('hex'), encoded: record(1, 1, bundle) },
  {
    step: 'answer',
    attempt: 258,
    identityKey: identityKey.toString('hex'),
    first: first.toString('hex'),
    encoded: record(2, 258, identityKey, first),
  },
  {
    step: 'confirm',
    attempt: 0xffff_fffe,
    ciphertext: ciphertext.toString('hex'),
    encoded: record(3, 0xffff_fffe, ciphertext),
  },
]
const refused = [
  { why: 'nothing', code: 'malformed', encoded: '' },
  { why: 'a version of the future', code: 'unknown-version', encoded: `02${record(1, 1, bundle).slice(2)}` },
  { why: 'no number', code: 'malformed', encoded: record(1, 0, bundle) },
  { why: 'an unknown step', code: 'malformed', encoded: record(4, 1, ciphertext) },
  { why: 'a bundle cut short', code: 'malformed', encoded: record(1, 1, bundle.subarray(1)) },
  { why: 'a bundle that is too long', code: 'malformed', encoded: record(1, 1, bundle, Buffer.alloc(1)) },
  { why: 'an answer without a first message', code: 'malformed', encoded: record(2, 1, identityKey) },
  { why: 'a confirmation without content', code: 'malformed', encoded: record(3, 1) },
  { why: 'a confirmation that is too long', code: 'malformed', encoded: record(3, 1, Buffer.alloc(513)) },
  { why: 'more than any record', code: 'too-large', encoded: record(2, 1, identityKey, Buffer.alloc(2049)) },
]

const channelKey = bytesFor('channel key')
const proofs = [0, 1].flatMap((direction) =>
  ['answer', 'confirm'].map((step) => ({
    step,
    direction,
    attempt: 258,
    proof: createHmac('sha256', channelKey)
      .update(Buffer.concat([text(`staffetta/reset/${step}/1`), Buffer.of(direction), u32(258)]))
      .digest('hex'),
  })),
)

/** SHA-512, 5,200 times, over version ‖ key ‖ name ‖ key. */
function hashOf(key: Buffer, name: Buffer): Buffer {
  let hash = createHash('sha512')
    .update(Buffer.concat([Buffer.alloc(2), key, name, key]))
    .digest()
  for (let round = 1; round < 5200; round++) hash = createHash('sha512').update(hash).update(key).digest()
  return hash
}

/** Six groups of five digits, each from five bytes. */
const digitsOf = (hash: Buffer): string =>
  Array.from({ length: 6 }, (_, group) => String(hash.readUIntBE(group * 5, 5) % 100_000).padStart(5, '0')).join('')

/** RFC 4648, in small letters and without padding. */
function base32(input: Buffer): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  const bits = [...input].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => letters[parseInt(five.padEnd(5, '0'), 2)]).join('')
}

// points of the curve that RFC 7748 gives (section 6.1), as libsignal writes them
const keys = [
  '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
  'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
].map((point) => Buffer.concat([Buffer.of(5), Buffer.from(point, 'hex')]))
const names = [0, 1].map((direction) =>
  hkdf(channelKey, Buffer.concat([text('staffetta/safety/1'), Buffer.of(direction)])),
)
const hashes = keys.map((key, end) => hashOf(key, names[end] ?? Buffer.alloc(0)))
const digits = hashes
  .map((hash) => digitsOf(hash))
  .toSorted()
  .join('')
/** protobuf: version, one's own hash, the other's. */
const scannable = (own: Buffer, other: Buffer): Buffer => {
  const field = (tag: number, content: Buffer): Buffer => Buffer.concat([Buffer.of(tag, content.length), content])
  const half = (hash: Buffer): Buffer => field(0x0a, hash.subarray(0, 32))
  return Buffer.concat([Buffer.of(0x08, 2), field(0x12, half(own)), field(0x1a, half(other))])
}
const [seeker = Buffer.alloc(0), mentor = Buffer.alloc(0)] = hashes
const codeOf = (own: Buffer, other: Buffer): string =>
  `staffetta:safety:${base32(Buffer.concat([Buffer.of(1), scannable(own, other)]))}`

const chainKey = bytesFor('chain key')
const generations = [1, 258].map((generation) => ({
  generation,
  key: hkdf(chainKey, Buffer.concat([text('staffetta/mailbox/keys/1'), u32(generation)])).toString('hex'),
}))

const presence = { v: 1, at: 1_795_003_200_000, addresses: [], ack: 7, direct: false }
const presences = [
  { keys: 1, encoded: cbor({ ...presence, keys: 1 }).toString('hex') },
  {
    keys: 70_000,
    reset: records[0]?.encoded,
    encoded: cbor({ ...presence, keys: 70_000, reset: Buffer.from(records[0]?.encoded ?? '', 'hex') }).toString('hex'),
  },
]
const refusedPresences = [
  { why: 'the keys of the introduction, which are not named', fields: { ...presence, keys: 0 } },
  { why: 'keys beyond 32 bits', fields: { ...presence, keys: 2 ** 32 } },
  { why: 'a reset without content', fields: { ...presence, reset: Buffer.alloc(0) } },
  { why: 'a reset that is too long', fields: { ...presence, reset: Buffer.alloc(2088) } },
].map(({ why, fields }) => ({ why, code: 'malformed', encoded: cbor(fields).toString('hex') }))

/** ISO/IEC 7816-4, to the smallest of the lengths that is longer. */
function frame(kind: number, fields: Buffer): string {
  const plain = Buffer.concat([Buffer.of(1, kind), fields])
  const out = Buffer.alloc([296, 1144, 3960, 12_408].find((length) => length > plain.length) ?? 0)
  plain.copy(out)
  out[plain.length] = 0x80
  return out.toString('hex')
}
const frames = [
  { kind: 'keys', generation: 258, encoded: frame(19, u32(258)) },
  ...records.map(({ encoded }) => ({
    kind: 'reset',
    record: encoded,
    encoded: frame(20, Buffer.from(encoded, 'hex')),
  })),
]
const refusedFrames = [
  { why: 'a reset without content', code: 'malformed', encoded: frame(20, Buffer.alloc(0)) },
  { why: 'a reset that is too long', code: 'too-large', encoded: frame(20, Buffer.alloc(2088)) },
  { why: 'keys of 16 bits', code: 'malformed', encoded: frame(19, Buffer.alloc(2)) },
]

const vectors = {
  section: 'Session reset',
  records,
  refused,
  channelKey: channelKey.toString('hex'),
  proofs,
  safety: {
    keys: keys.map((key) => key.toString('hex')),
    names: names.map((name) => name.toString('hex')),
    digits,
    codes: [codeOf(seeker, mentor), codeOf(mentor, seeker)],
  },
  chainKey: chainKey.toString('hex'),
  generations,
  presences,
  refusedPresences,
  frames,
  refusedFrames,
}

writeFileSync(new URL('reset.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
