import { writeFileSync } from 'node:fs'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { hkdf, keyOf, sha256, text, u32, type Key } from './second.ts'

/*
 * Writes circle.json from docs/PROTOCOL.md alone: nothing of core is imported, so that the vectors can prove core
 * wrong. Canonical CBOR (RFC 8949 section 4.2.1) is spelled out for what is used of it.
 */

type Value = number | string | Uint8Array | readonly Value[] | { readonly [name: string]: Value }

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.of((major << 5) | argument)
  const width = [1, 2, 4, 8].find((bytes) => argument < 256 ** bytes) ?? 8
  const out = Buffer.alloc(1 + width)
  out[0] = (major << 5) | (24 + Math.log2(width))
  if (width === 8) out.writeBigUInt64BE(BigInt(argument), 1)
  else out.writeUIntBE(argument, 1, width)
  return out
}

function cbor(value: Value): Buffer {
  if (typeof value === 'number') return head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, text(value).length), text(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...(value as readonly Value[]).map(cbor)])
  const entries = Object.entries(value).map(([name, each]) => [cbor(name), cbor(each)] as const)
  entries.sort(([a], [b]) => Buffer.compare(a, b))
  return Buffer.concat([head(5, entries.length), ...entries.flat()])
}

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
    },
    null,
    2,
  )}\n`,
)
