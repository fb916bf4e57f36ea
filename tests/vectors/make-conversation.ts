import { createHash, createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { cbor, type Cbor } from './second-cbor.ts'

/**
 * Writes conversation.json from docs/PROTOCOL.md alone: nothing of core is
 * imported, so that the vectors can prove core wrong. `node tests/vectors/make-conversation.ts`.
 */
const text = (value: string): Buffer => Buffer.from(value, 'utf8')
const bytesFor = (label: string): Buffer => createHash('sha256').update(`staffetta test vector: ${label}`).digest()

function u16(value: number): Buffer {
  const out = Buffer.alloc(2)
  out.writeUInt16BE(value)
  return out
}

function u32(value: number): Buffer {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value)
  return out
}

/** ISO/IEC 7816-4, to the smallest of the lengths that is longer. */
function padded(bytes: Buffer, lengths: readonly number[]): Buffer {
  const out = Buffer.alloc(lengths.find((length) => length > bytes.length) ?? 0)
  bytes.copy(out)
  out[bytes.length] = 0x80
  return out
}

const messageLengths = [175, 1023, 3839, 12_287]
const frameLengths = [296, 1144, 3960, 12_408]
const message = (fields: Cbor): string => padded(cbor(fields), messageLengths).toString('hex')
const frame = (kind: number, ...fields: Buffer[]): string =>
  padded(Buffer.concat([Buffer.of(1, kind), ...fields]), frameLengths).toString('hex')

const at = 1_795_003_200_000
const kind = 'text'
const messages = [
  { kind, text: 'See you on Thursday.', at, ack: 0 },
  { kind, text: 'é', at: 0, ack: 0xffff_ffff },
  // the longest for the smallest length, and one more
  { kind, text: 'x'.repeat(136), at, ack: 7 },
  { kind, text: 'x'.repeat(137), at, ack: 7 },
  { kind, text: 'è'.repeat(1000), at, ack: 300 },
  { kind, text: '織'.repeat(3000), at: 2 ** 53 - 1, ack: 1 },
  // as it may come out of a file
  { kind, text: '\uFEFFPasted', at, ack: 1 },
  { kind, text: 'Yes, do.', reply: { own: false, index: 4 }, at, ack: 5 },
  { kind, text: 'Not for long.', timer: 604_800, at, ack: 5 },
  { kind: 'reaction', to: { own: false, index: 4 }, emoji: '🌱', at, ack: 5 },
  { kind: 'reaction', to: { own: true, index: 0 }, emoji: '', at, ack: 5 },
  { kind: 'edit', index: 3, text: 'See you on Friday.', at, ack: 5 },
  { kind: 'delete', index: 3, at, ack: 5 },
  { kind: 'read', count: 5, at, ack: 5 },
  { kind: 'timer', seconds: 0, at, ack: 5 },
  { kind: 'record', of: 'mentorship', body: bytesFor('record'), at, ack: 5 },
  { kind: 'gone', at, ack: 5 },
  { kind: 'end', at, ack: 5 },
  { kind: 'ended', at, ack: 5 },
]
/** What is cut into parts: kind and fields, without version, time and acknowledgement. */
const longText = { kind, text: 'a longer text. '.repeat(1700), reply: { own: true, index: 2 } }
const body = cbor(longText)
const partLength = 12_000
const parts = Array.from({ length: Math.ceil(body.length / partLength) }, (_, nth) => ({
  nth,
  of: Math.ceil(body.length / partLength),
  bytes: body.subarray(nth * partLength, (nth + 1) * partLength),
}))
const good = { v: 1, kind: 'text', text: 'Hello', at, ack: 0 }
const refusedMessages = [
  { why: 'a version of the future', code: 'unknown-version', encoded: message({ ...good, v: 2 }) },
  { why: 'a kind of the future', code: 'unknown-version', encoded: message({ ...good, kind: 'image' }) },
  { why: 'both, with a kind that is no text', code: 'unknown-version', encoded: message({ ...good, v: 2, kind: 5 }) },
  { why: 'a kind that is no text', code: 'malformed', encoded: message({ ...good, kind: 5 }) },
  { why: 'a time beyond 2^53 - 1', code: 'malformed', encoded: message({ ...good, at: 2n ** 53n }) },
  { why: 'a time before all time', code: 'malformed', encoded: message({ ...good, at: -1 }) },
  { why: 'no text', code: 'malformed', encoded: message({ ...good, text: '' }) },
  { why: 'a field too many', code: 'malformed', encoded: message({ ...good, more: 1 }) },
  { why: 'an acknowledgement beyond 32 bits', code: 'malformed', encoded: message({ ...good, ack: 2 ** 32 }) },
  { why: 'a reply to nothing', code: 'malformed', encoded: message({ ...good, reply: {} }) },
  { why: 'a timer of a second', code: 'malformed', encoded: message({ ...good, timer: 1 }) },
  { why: 'a timer that is off', code: 'malformed', encoded: message({ ...good, timer: 0 }) },
  ...['ok', '1', '🌱🌱', '🌱!', ' '].map((emoji) => ({
    why: `a reaction of ${JSON.stringify(emoji)}`,
    code: 'malformed',
    encoded: message({ v: 1, kind: 'reaction', to: { own: true, index: 0 }, emoji, at, ack: 0 }),
  })),
  ...[
    { why: 'a record of nothing', of: 'mentorship', body: Buffer.alloc(0) },
    { why: 'a record of an area with a capital', of: 'Mentorship', body: Buffer.of(1) },
    { why: 'a record whose body is text', of: 'mentorship', body: 'text' },
  ].map(({ why, ...fields }) => ({
    why,
    code: 'malformed',
    encoded: message({ v: 1, kind: 'record', ...fields, at, ack: 0 }),
  })),
  { why: 'an end with words', code: 'malformed', encoded: message({ ...good, kind: 'end' }) },
  {
    why: 'one part of one',
    code: 'malformed',
    encoded: message({ v: 1, kind: 'part', nth: 0, of: 1, bytes: Buffer.alloc(40), at, ack: 0 }),
  },
  {
    why: 'a first part that is too short',
    code: 'malformed',
    encoded: message({ v: 1, kind: 'part', nth: 0, of: 2, bytes: Buffer.alloc(40), at, ack: 0 }),
  },
  { why: 'padded further than needed', code: 'malformed', encoded: padded(cbor(good), [1023]).toString('hex') },
  { why: 'of no known length', code: 'malformed', encoded: padded(cbor(good), [176]).toString('hex') },
  { why: 'not padded', code: 'malformed', encoded: Buffer.alloc(175).toString('hex') },
]

const relayed = '/ip4/192.0.2.1/tcp/4001/p2p/12D3KooWRcsb4p9D5qFMqcpnnx8t88zGvfLqB383WshLKWgVpbLq/p2p-circuit'
const presences = [
  { at: 0, addresses: [], ack: 0, direct: false },
  { at, addresses: [relayed, '/ip4/192.0.2.7/tcp/4242'], ack: 70_000, direct: true },
]
const refusedPresences = [
  { why: 'a version of the future', code: 'unknown-version', fields: { v: 2 } },
  {
    why: 'nine addresses',
    code: 'malformed',
    fields: { v: 1, at, addresses: 'abcdefghi'.split(''), ack: 0, direct: false },
  },
  { why: 'a consent that is a number', code: 'malformed', fields: { v: 1, at, addresses: [], ack: 0, direct: 1 } },
]

const nonceI = bytesFor('nonce of the initiator')
const nonceR = bytesFor('nonce of the responder')
const channelKey = bytesFor('channel key')
const peer = (label: string): Buffer => Buffer.concat([Buffer.from('002408011220', 'hex'), bytesFor(label)])
const ends = { initiator: peer('initiator'), responder: peer('responder') }
const bound = Buffer.concat([u16(38), ends.initiator, u16(38), ends.responder])
const proof = (label: string, direction: number, ...nonces: Buffer[]): Buffer =>
  createHmac('sha256', channelKey)
    .update(Buffer.concat([text(label), Buffer.of(direction), ...nonces, bound]))
    .digest()

const handshakes = [0, 1].map((direction) => {
  const tag = proof('staffetta/channel/hello/1', direction, nonceI)
  const proofR = proof('staffetta/channel/answer/1', direction, nonceI, nonceR)
  const proofI = proof('staffetta/channel/confirm/1', direction, nonceI, nonceR)
  return {
    direction,
    channelKey: channelKey.toString('hex'),
    initiator: ends.initiator.toString('hex'),
    responder: ends.responder.toString('hex'),
    nonceI: nonceI.toString('hex'),
    nonceR: nonceR.toString('hex'),
    tag: tag.toString('hex'),
    proofR: proofR.toString('hex'),
    proofI: proofI.toString('hex'),
    hello: frame(1, nonceI, tag),
    answer: frame(2, nonceR, proofR),
    confirm: frame(3, proofI),
  }
})

const ciphertext = Buffer.concat([bytesFor('ciphertext'), bytesFor('more of it')])
const long = Buffer.alloc(1200, 0x61)
const frames = [
  { kind: 'item', index: 0, ciphertext: ciphertext.toString('hex'), encoded: frame(16, u32(0), ciphertext) },
  { kind: 'item', index: 0xffff_fffe, ciphertext: long.toString('hex'), encoded: frame(16, u32(0xffff_fffe), long) },
  { kind: 'ack', count: 258, encoded: frame(17, u32(258)) },
  { kind: 'consent', direct: false, encoded: frame(18, Buffer.of(0)) },
  { kind: 'consent', direct: true, encoded: frame(18, Buffer.of(1)) },
]

const vectors = {
  section: 'Conversations',
  messages: messages.map((each) => ({
    ...each,
    ...('body' in each ? { body: each.body.toString('hex') } : {}),
    encoded: message({ v: 1, ...each }),
  })),
  inParts: {
    ...longText,
    at,
    ack: 9,
    encoded: parts.map((part) => message({ v: 1, kind: 'part', ...part, at, ack: 9 })),
  },
  refusedMessages,
  presences: presences.map((each) => ({ ...each, encoded: cbor({ v: 1, ...each }).toString('hex') })),
  refusedPresences: refusedPresences.map(({ why, code, fields }) => ({
    why,
    code,
    encoded: cbor(fields).toString('hex'),
  })),
  items: [
    { ciphertext: ciphertext.toString('hex'), encoded: Buffer.concat([Buffer.of(1), ciphertext]).toString('hex') },
  ],
  frames,
  handshakes,
}

writeFileSync(new URL('conversation.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
