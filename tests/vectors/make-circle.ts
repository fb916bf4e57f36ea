import { writeFileSync } from 'node:fs'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { cbor, type CborMap } from './second-cbor.ts'
import { hkdf, keyOf, sha256, text, u32, type Key } from './second.ts'

/*
 * Writes circle.json from docs/PROTOCOL.md alone: nothing of core is imported, so that the vectors can prove core
 * wrong.
 */

const signed = (label: string, context: Uint8Array, content: Buffer, key: Key): Buffer =>
  Buffer.concat([Buffer.of(1), sign(null, Buffer.concat([text(label), context, content]), key.secret), content])

/** The public half of an X25519 secret (RFC 7748), by way of PKCS #8 (RFC 8410). */
function boxPublic(secret: Buffer): Buffer {
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret])
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  return key.export({ format: 'der', type: 'spki' }).subarray(-32)
}

function place(material: Buffer): Record<string, string> {
  const write = keyOf(material.subarray(0, 32)).pub
  const read = keyOf(material.subarray(32, 64)).pub
  return {
    place: sha256(text('staffetta/place/1'), write, read).toString('hex'),
    bodyKey: material.subarray(64).toString('hex'),
  }
}

const circle = Buffer.from(Array.from({ length: 16 }, (_, index) => index))
const secret = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index))
const epoch = 3
const day = 20_780

const members = ['Maple Heron', 'Quiet River', 'École d’été'].map((name, nth) => {
  const seed = Buffer.alloc(32, nth + 1)
  const boxSecret = hkdf(seed, text('staffetta/circle/box/1'), 32)
  const key = keyOf(hkdf(seed, text('staffetta/circle/sign/1'), 32))
  return { name, seed, key, box: boxPublic(boxSecret) }
})
const [host, second] = members
if (host === undefined || second === undefined) throw new Error('nobody')

const roster = signed(
  'staffetta/circle/roster/1',
  Buffer.alloc(0),
  cbor({
    circle,
    epoch,
    name: 'History evening',
    members: members.map(({ key, box, name }) => ({ key: key.pub, box, name })),
  }),
  host.key,
)

const noticeContext = Buffer.concat([circle, u32(epoch), u32(day)])
const notices = [
  { member: 1, turn: 1, count: 0, first: 0, seen: [2, 0, 0], roster: sha256(roster) },
  {
    member: 1,
    turn: 258,
    count: 300,
    first: 17,
    seen: [20_000, 300, 24],
    roster: sha256(roster),
    keys: { key: Buffer.alloc(136, 5), for: [Buffer.alloc(104, 6), Buffer.alloc(104, 7)] },
  },
]

const id = Buffer.alloc(16, 9)
const at = 1_794_000_000_000
const messages = [
  { v: 1, id, at, kind: 'text', text: 'Ciao a tutte' },
  { v: 1, id, at, kind: 'resource', title: 'Archive', text: 'https://example.org/archive' },
  { v: 1, id, at, kind: 'withdraw', of: Buffer.alloc(16, 8) },
]

const join = { circle, key: second.key.pub, box: second.box, name: second.name }
const proof = sign(
  null,
  Buffer.concat([text('staffetta/circle/join/1'), circle, second.box, text(second.name)]),
  second.key.secret,
)
const records = [
  { v: 1, kind: 'invite', circle, name: 'History evening', host: host.key.pub },
  { v: 1, kind: 'join', ...join, proof },
  { v: 1, kind: 'decline', circle },
  { v: 1, kind: 'epoch', circle, secret, roster },
  { v: 1, kind: 'leave', circle },
  { v: 1, kind: 'out', circle, why: 'removed' },
  { v: 1, kind: 'out', circle, why: 'ended' },
  { v: 1, kind: 'report', circle, about: second.key.pub, text: 'Look at what was said' },
]

/** Over any content, by any member, of any version. */
const rosterOf = (fields: CborMap, key = host.key, version = 1): Buffer => {
  const bytes = signed('staffetta/circle/roster/1', Buffer.alloc(0), cbor(fields), key)
  return Buffer.concat([Buffer.of(version), bytes.subarray(1)])
}
const list = members.map(({ key, box, name }) => ({ key: key.pub, box, name }))
const [first, ...others] = list
const rosterFields = { circle, epoch, name: 'History evening', members: list }
const refusedRosters = [
  { why: 'of no bytes', code: 'malformed', encoded: Buffer.alloc(0) },
  { why: 'of 12,001 bytes', code: 'too-large', encoded: Buffer.alloc(12_001) },
  { why: 'of another version', code: 'unknown-version', encoded: rosterOf(rosterFields, host.key, 2) },
  { why: 'of another version, and of nothing else', code: 'unknown-version', encoded: Buffer.of(2) },
  { why: 'with a byte behind it', code: 'malformed', encoded: Buffer.concat([roster, Buffer.of(0)]) },
  { why: 'of epoch 0', code: 'malformed', encoded: rosterOf({ ...rosterFields, epoch: 0 }) },
  { why: 'of nobody', code: 'malformed', encoded: rosterOf({ ...rosterFields, members: [] }) },
  {
    why: 'with white space before its name',
    code: 'malformed',
    encoded: rosterOf({ ...rosterFields, name: '\u3000Evening' }),
  },
  { why: 'with a field that is none', code: 'malformed', encoded: rosterOf({ ...rosterFields, y: 1 }) },
  {
    why: 'with somebody twice',
    code: 'malformed',
    encoded: rosterOf({ ...rosterFields, members: [...list, ...others] }),
  },
  {
    why: 'with somebody twice, signed by another',
    code: 'malformed',
    encoded: rosterOf({ ...rosterFields, members: [...list, ...others] }, second.key),
  },
  { why: 'signed by another', code: 'bad-signature', encoded: rosterOf(rosterFields, second.key) },
  {
    why: 'whose first member is not the host, signed by another',
    code: 'bad-signature',
    encoded: rosterOf({ ...rosterFields, members: [...others, first ?? {}] }, second.key),
  },
  {
    why: 'whose first member is not the host',
    code: 'malformed',
    encoded: rosterOf({ ...rosterFields, members: [...others, first ?? {}] }),
  },
].map(({ why, code, encoded }) => ({ why, code, encoded: encoded.toString('hex') }))

const noticeOf = (fields: CborMap, key = second.key): Buffer =>
  signed('staffetta/circle/notice/1', noticeContext, cbor(fields), key)
const [quiet, full] = notices
if (quiet === undefined || full === undefined) throw new Error('nothing told')
const refusedNotices = [
  { why: 'of 4,056 bytes', code: 'too-large', encoded: Buffer.alloc(4056) },
  { why: 'without a turn', code: 'malformed', encoded: noticeOf({ ...quiet, turn: 0 }) },
  { why: 'that looks after what was not said', code: 'malformed', encoded: noticeOf({ ...full, first: 301 }) },
  {
    why: 'that looks after what was not said, signed by another',
    code: 'malformed',
    encoded: noticeOf({ ...full, first: 301 }, host.key),
  },
  { why: 'of messages, without a key', code: 'malformed', encoded: noticeOf({ ...quiet, count: 1 }) },
  { why: 'of nobody', code: 'malformed', encoded: noticeOf({ ...quiet, member: 3 }) },
  { why: 'signed by another', code: 'bad-signature', encoded: noticeOf(quiet, host.key) },
  {
    why: 'for a circle of two, signed by another',
    code: 'bad-signature',
    encoded: noticeOf({ ...quiet, seen: [0, 0] }, host.key),
  },
  { why: 'for a circle of two', code: 'malformed', encoded: noticeOf({ ...quiet, seen: [0, 0] }) },
].map(({ why, code, encoded }) => ({ why, code, encoded: encoded.toString('hex') }))

const [said] = messages
const refusedMessages = [
  { why: 'of another version', code: 'unknown-version', encoded: cbor({ ...said, v: 2 }) },
  { why: 'of another version, with a kind that is no text', code: 'unknown-version', encoded: cbor({ v: 2, kind: 5 }) },
  { why: 'of another kind', code: 'unknown-version', encoded: cbor({ v: 1, kind: 'poll' }) },
  { why: 'of a kind that is no text', code: 'malformed', encoded: cbor({ ...said, kind: 5 }) },
  { why: 'of nothing', code: 'malformed', encoded: cbor({ ...said, text: '' }) },
  { why: 'of 12,001 bytes', code: 'malformed', encoded: cbor({ ...said, text: 'x'.repeat(12_001) }) },
  { why: 'with a field that is none', code: 'malformed', encoded: cbor({ ...said, y: 1 }) },
].map(({ why, code, encoded }) => ({ why, code, encoded: encoded.toString('hex') }))

const refusedRecords = [
  { why: 'of another version', code: 'unknown-version', encoded: cbor({ v: 2, kind: 'leave', circle }) },
  { why: 'of another version, with a kind that is no text', code: 'unknown-version', encoded: cbor({ v: 2, kind: 5 }) },
  { why: 'of another kind', code: 'unknown-version', encoded: cbor({ v: 1, kind: 'hand-over', circle }) },
  { why: 'of a kind that is no text', code: 'malformed', encoded: cbor({ v: 1, kind: 5, circle }) },
  { why: 'of 13,001 bytes', code: 'too-large', encoded: Buffer.alloc(13_001) },
  { why: 'without a circle', code: 'malformed', encoded: cbor({ v: 1, kind: 'leave' }) },
  {
    why: 'with a field of another kind',
    code: 'malformed',
    encoded: cbor({ v: 1, kind: 'leave', circle, why: 'ended' }),
  },
  { why: 'that says yes without a proof', code: 'malformed', encoded: cbor({ v: 1, kind: 'join', ...join }) },
  {
    why: 'that takes out for a reason that is none',
    code: 'malformed',
    encoded: cbor({ v: 1, kind: 'out', circle, why: 'tired' }),
  },
].map(({ why, code, encoded }) => ({ why, code, encoded: encoded.toString('hex') }))

const nth = (member: number): Buffer => Buffer.of(member)
const path = new URL('circle.json', import.meta.url)
writeFileSync(
  path,
  `${JSON.stringify(
    {
      circle: circle.toString('hex'),
      epoch,
      secret: secret.toString('hex'),
      day,
      members: members.map(({ name, seed, key, box }, member) => ({
        name,
        seed: seed.toString('hex'),
        key: key.pub.toString('hex'),
        box: box.toString('hex'),
        chain: sha256(text('staffetta/circle/chain/1'), circle, u32(epoch), nth(member))
          .subarray(0, 16)
          .toString('hex'),
        messages: [0, 1, 19_999].map((index) => ({
          index,
          ...place(hkdf(secret, Buffer.concat([text('staffetta/circle/message/1'), nth(member), u32(index)]), 96)),
          author: keyOf(
            hkdf(seed, Buffer.concat([text('staffetta/circle/message-author/1'), u32(epoch), u32(index)]), 32),
          ).pub.toString('hex'),
        })),
        noticeAuthor: keyOf(
          hkdf(seed, Buffer.concat([text('staffetta/circle/notice-author/1'), u32(epoch), u32(day)]), 32),
        ).pub.toString('hex'),
      })),
      notices: place(hkdf(secret, Buffer.concat([text('staffetta/circle/notices/1'), u32(day)]), 96)),
      roster: roster.toString('hex'),
      rosterHash: sha256(roster).toString('hex'),
      told: notices.map((notice) =>
        signed('staffetta/circle/notice/1', noticeContext, cbor(notice), second.key).toString('hex'),
      ),
      said: messages.map((message) => cbor(message).toString('hex')),
      records: records.map((record) => cbor(record).toString('hex')),
      refusedRosters,
      refusedNotices,
      refusedMessages,
      refusedRecords,
    },
    null,
    2,
  )}\n`,
)
