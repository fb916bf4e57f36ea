import {
  argon2Sync,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  sign,
  type KeyObject,
} from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { IdentityKeyPair, KEMKeyPair, PrivateKey } from '@signalapp/libsignal-client'
import { cbor, type Cbor } from './second-cbor.ts'

/**
 * Writes offer.json from docs/PROTOCOL.md alone: nothing of core is imported;
 * HKDF (RFC 5869) is spelled out, so that the vectors can prove core wrong. Only the bundle cannot be made
 * again: the one that is in the file stays.
 */
const file = new URL('offer.json', import.meta.url)
const text = (value: string): Buffer => Buffer.from(value, 'utf8')
const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('sha256', key).update(data).digest()
const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
const u8 = (value: number): Buffer => Buffer.of(value)

function u64(value: number): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigUInt64BE(BigInt(value))
  return out
}

function hkdf(key: Buffer, info: Buffer, length: number, salt: Buffer = Buffer.alloc(32)): Buffer {
  const extracted = hmac(salt, key)
  let block: Buffer = Buffer.alloc(0)
  let out: Buffer = Buffer.alloc(0)
  for (let counter = 1; out.length < length; counter++) {
    block = hmac(extracted, Buffer.concat([block, info, u8(counter)]))
    out = Buffer.concat([out, block])
  }
  return out.subarray(0, length)
}

/** A private key from 32 bytes, by way of PKCS #8 (RFC 8410). */
function privateKey(curve: '70' | '6e', seed: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from(`302e020100300506032b65${curve}04220420`, 'hex'), seed])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}
const publicOf = (key: KeyObject): Buffer => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
const ed25519 = (seed: Buffer): Buffer => publicOf(privateKey('70', seed))
const x25519 = (secret: Buffer): Buffer => publicOf(privateKey('6e', secret))

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (fill: number, length = 32): Buffer => Buffer.alloc(length, fill)
const counting = (from: number, length = 32): Buffer => Buffer.from(Array.from({ length }, (_, i) => (from + i) & 255))

function place(writePublic: Buffer, readPublic: Buffer): Buffer {
  return sha256(text('staffetta/place/1'), writePublic, readPublic)
}

function capability(material: Buffer): Record<string, string> {
  const writePublic = ed25519(material.subarray(0, 32))
  const readPublic = ed25519(material.subarray(32, 64))
  return {
    writePublic: hex(writePublic),
    readPublic: hex(readPublic),
    bodyKey: hex(material.subarray(64, 96)),
    place: hex(place(writePublic, readPublic)),
  }
}

const groups = [4, 4, 8, 16, 32]

function board(kind: 'offer' | 'request', topic: string, epoch: number, offerSecret: Buffer, group = 0): unknown {
  const secret = counting(epoch & 255)
  const info = Buffer.concat([u8(kind === 'offer' ? 0 : 1), u8(0), u8(text(topic).length), text(topic)])
  const topicSecret = hkdf(secret, info, 32, sha256(text('staffetta/topic/1')))
  const before = groups.slice(0, group).reduce((sum, size) => sum + size, 0)
  const shard = before + Number(sha256(offerSecret, u64(epoch)).readBigUInt64BE() % BigInt(groups[group] ?? 0))
  const authorInfo = Buffer.concat([text('staffetta/offer/author/1'), u64(epoch), u8(shard), text(topic)])
  return {
    secret: hex(secret),
    kind,
    topic,
    epoch,
    offerSecret: hex(offerSecret),
    group,
    shard,
    ...capability(hkdf(topicSecret, Buffer.concat([text('staffetta/box/1'), u8(shard)]), 96, u64(epoch))),
    author: hex(ed25519(hkdf(offerSecret, authorInfo, 32))),
  }
}

function madeBundle(): Buffer {
  const identity = IdentityKeyPair.generate()
  const signed = PrivateKey.generate().getPublicKey().serialize()
  const kyber = KEMKeyPair.generate().getPublicKey().serialize()
  const head = Buffer.from('011234', 'hex')
  const id = Buffer.from('00000007', 'hex')
  return Buffer.concat([
    head,
    identity.publicKey.serialize(),
    id,
    signed,
    identity.privateKey.sign(signed),
    id,
    kyber,
    identity.privateKey.sign(kyber),
  ])
}

interface Offer {
  readonly why?: string
  readonly code?: string
  readonly fields: { [key: string]: Cbor }
}

const personaSeed = counting(1)
const author = ed25519(counting(2))
const epoch = 2969
const introduction = { writeSeed: counting(3), readSeed: counting(4), sealSecret: counting(5) }
const bundle = existsSync(file)
  ? Buffer.from((JSON.parse(readFileSync(file, 'utf8')) as { bundle: string }).bundle, 'hex')
  : madeBundle()

const good: { [key: string]: Cbor } = {
  v: 2,
  k: 0,
  t: ['career-guidance', 'self-care'],
  g: ['portfolio', 'cura di sé'],
  h: 'Finding work after a change of name',
  x: 'I have been through it twice.\n\nWrite to me — in Italian or English.',
  l: ['en', 'it'],
  e: 1,
  f: [0, 2],
  // Monday 00:00 to 04:00, Tuesday 08:00 to 12:00 and the last block of Sunday, in UTC
  a: Buffer.from('010100000002', 'hex'),
  c: 2,
  d: 2,
  o: 'No calls, and nothing late at night.',
  r: ['cooking'],
  q: 'A recipe would be enough.',
  m: 'Someone who is about to begin again.',
  n: 'Maple Heron',
  p: ed25519(personaSeed),
  b: bundle,
  i: Buffer.concat([introduction.writeSeed, ed25519(introduction.readSeed), x25519(introduction.sealSecret)]),
  z: 498_936,
  u: 3,
  j: [counting(12, 5), counting(13, 200)],
}

function offer(fields: { [key: string]: Cbor }, binding: Buffer = Buffer.concat([author, u64(epoch)])): string {
  const signed = Buffer.concat([text('staffetta/offer/2'), binding, cbor(fields)])
  return hex(cbor({ ...fields, s: sign(null, signed, privateKey('70', personaSeed)) }))
}

const refused: Offer[] = [
  { why: 'a version of the future', code: 'unknown-version', fields: { ...good, v: 3 } },
  { why: 'the version before', code: 'unknown-version', fields: { ...good, v: 1 } },
  { why: 'the same topic twice', code: 'malformed', fields: { ...good, t: ['self-care', 'self-care'] } },
  { why: 'four topics', code: 'malformed', fields: { ...good, t: ['a', 'b', 'c', 'd'] } },
  { why: 'a title over two lines', code: 'malformed', fields: { ...good, h: 'one\ntwo' } },
  { why: 'a text with space around it', code: 'malformed', fields: { ...good, x: ' text ' } },
  { why: 'an unknown format', code: 'malformed', fields: { ...good, f: [3] } },
  { why: 'six tags', code: 'malformed', fields: { ...good, g: ['a', 'b', 'c', 'd', 'e', 'f'] } },
  { why: 'the same tag twice', code: 'malformed', fields: { ...good, g: ['a', 'a'] } },
  { why: 'a tag over two lines', code: 'malformed', fields: { ...good, g: ['a\nb'] } },
  {
    why: 'a block after the end of the week',
    code: 'malformed',
    fields: { ...good, a: Buffer.from('000000000004', 'hex') },
  },
  { why: 'a week that is too short', code: 'malformed', fields: { ...good, a: Buffer.from('0000000000', 'hex') } },
  { why: 'room for nobody', code: 'malformed', fields: { ...good, c: 0 } },
  { why: 'room for 31', code: 'malformed', fields: { ...good, c: 31 } },
  { why: 'an unknown duration', code: 'malformed', fields: { ...good, d: 4 } },
  { why: 'five vouches', code: 'malformed', fields: { ...good, j: [1, 2, 3, 4, 5].map((fill) => bytes(fill, 1)) } },
  { why: 'an empty vouch', code: 'malformed', fields: { ...good, j: [Buffer.alloc(0)] } },
  { why: 'a long vouch', code: 'malformed', fields: { ...good, j: [bytes(1, 201)] } },
  { why: 'a field too many', code: 'malformed', fields: { ...good, y: 1 } },
  { why: 'the key of another persona', code: 'bad-signature', fields: { ...good, p: ed25519(bytes(9)) } },
]

const letter = {
  work: 0x0102_0304_0506,
  identityKey: Buffer.concat([u8(5), counting(6)]),
  first: counting(7, 40),
  mark: counting(10),
}
const greeting = {
  pseudonym: 'Quiet River',
  text: 'I would like to hear how you did it.',
  to: ed25519(personaSeed),
  rootA: counting(8),
}
const greetingMap = { v: 1, n: greeting.pseudonym, x: greeting.text, p: greeting.to, r: greeting.rootA }
/** ISO/IEC 7816-4, to the shorter of its two lengths. */
const paddedGreeting = Buffer.concat([cbor(greetingMap), u8(0x80), Buffer.alloc(2063)]).subarray(0, 2063)
const answer = { pseudonym: 'Maple Heron', rootB: counting(9) }

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

function tokenText(token: Buffer, version = 1): string {
  const body = Buffer.concat([u8(version), token])
  const check = sha256(text('staffetta/introduction/token/check/1'), body).subarray(0, 3)
  // 20 bytes are 32 characters of 5 bits each
  let bits = BigInt(`0x${hex(Buffer.concat([body, check]))}`)
  let out = ''
  for (let i = 0; i < 32; i++) {
    out = alphabet.charAt(Number(bits & 31n)) + out
    bits >>= 5n
  }
  return (out.match(/.{4}/g) ?? []).join('-')
}

function work(at: Buffer, identityKey: Buffer, boxAuthor: Buffer): unknown {
  const digest = sha256(text('staffetta/memory-work/1'), at, identityKey, boxAuthor)
  const bits = [0, 1, 2, 3, 4, 5, 6, 7].map((nonce) => {
    const message = Buffer.concat([digest, u64(nonce)])
    const argon = { message, nonce: digest.subarray(0, 16), parallelism: 1, tagLength: 32, memory: 8192, passes: 1 }
    return Math.clz32(argon2Sync('argon2id', argon).readUInt32BE())
  })
  return { place: hex(at), identityKey: hex(identityKey), boxAuthor: hex(boxAuthor), digest: hex(digest), bits }
}

const introductionPlace = place(ed25519(introduction.writeSeed), ed25519(introduction.readSeed))
const vectors = {
  bundle: hex(bundle),
  boards: [
    board('offer', 'all', 2969, bytes(0)),
    board('offer', 'career-guidance', 2969, bytes(0)),
    board('request', 'all', 2969, bytes(1)),
    board('offer', 'all', 2970, bytes(0)),
    ...[1, 2, 3, 4].map((group) => board('offer', 'all', 2969, bytes(0), group)),
  ],
  offers: [
    {
      personaSeed: hex(personaSeed),
      author: hex(author),
      epoch,
      draft: {
        kind: 'offer',
        topics: good['t'],
        title: good['h'],
        text: good['x'],
        languages: good['l'],
        level: 'beginner',
        formats: ['text', 'in-person'],
        tags: good['g'],
        availability: [0, 8, 41],
        capacity: good['c'],
        duration: 'months',
        boundaries: good['o'],
        inReturn: { topics: good['r'], text: good['q'] },
        meet: good['m'],
      },
      pseudonym: good['n'],
      writeSeed: hex(introduction.writeSeed),
      readSeed: hex(introduction.readSeed),
      sealSecret: hex(introduction.sealSecret),
      expiryHours: good['z'],
      revision: good['u'],
      vouches: (good['j'] as Buffer[]).map(hex),
      encoded: offer(good),
    },
  ],
  refusedOffers: [
    ...refused.map(({ why, code, fields }) => ({ why, code, encoded: offer(fields) })),
    { why: 'of another week', code: 'bad-signature', encoded: offer(good, Buffer.concat([author, u64(epoch + 1)])) },
    { why: 'of another box', code: 'bad-signature', encoded: offer(good, Buffer.concat([bytes(3), u64(epoch)])) },
    { why: 'trailing bytes', code: 'malformed', encoded: `${offer(good)}00` },
  ],
  introductionPlaces: [
    {
      writeSeed: hex(introduction.writeSeed),
      readSeed: hex(introduction.readSeed),
      bodyKey: hex(hkdf(introduction.writeSeed, text('staffetta/introduction/1'), 32)),
      place: hex(introductionPlace),
    },
  ],
  letters: [
    {
      work: letter.work,
      identityKey: hex(letter.identityKey),
      first: hex(letter.first),
      mark: hex(letter.mark),
      encoded: hex(cbor({ v: 1, w: u64(letter.work), t: letter.mark, i: letter.identityKey, f: letter.first })),
    },
  ],
  tokens: [bytes(0, 16), counting(11, 16)].map((token) => ({
    token: hex(token),
    text: tokenText(token),
    place: hex(introductionPlace),
    identityKey: hex(letter.identityKey),
    mark: hex(
      hmac(token, Buffer.concat([text('staffetta/introduction/token/1'), introductionPlace, letter.identityKey])),
    ),
  })),
  refusedTokens: [
    { why: 'a slip of the pen', code: 'invite-mangled', text: tokenText(counting(11, 16)).replace('e', 'f') },
    { why: 'cut short', code: 'invite-mangled', text: tokenText(counting(11, 16)).slice(0, -1) },
    { why: 'a group too many', code: 'invite-mangled', text: `${tokenText(counting(11, 16))}-aaaa` },
    { why: 'a character that is none', code: 'invite-mangled', text: tokenText(counting(11, 16)).replace('e', '1') },
    { why: 'a version of the future', code: 'invite-unknown-version', text: tokenText(counting(11, 16), 2) },
  ],
  greetings: [
    {
      pseudonym: greeting.pseudonym,
      text: greeting.text,
      to: hex(greeting.to),
      rootA: hex(greeting.rootA),
      encoded: hex(paddedGreeting),
    },
  ],
  answers: [
    {
      pseudonym: answer.pseudonym,
      rootB: hex(answer.rootB),
      encoded: hex(cbor({ v: 1, n: answer.pseudonym, r: answer.rootB })),
    },
  ],
  replies: [bytes(0), counting(8)].map((rootA) => ({
    rootA: hex(rootA),
    ...capability(hkdf(rootA, text('staffetta/reply/1'), 96)),
    author: hex(ed25519(hkdf(rootA, text('staffetta/reply/author/1'), 32))),
  })),
  work: [work(introductionPlace, letter.identityKey, author)],
}

writeFileSync(file, `${JSON.stringify(vectors, undefined, 2)}\n`)
