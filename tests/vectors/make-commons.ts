import { sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { encode, rfc8949EncodeOptions } from 'cborg'
import { documentPlace, keyOf, sha256, text } from './second.ts'

/*
 * Writes commons.json by other code than core's, from PROTOCOL.md sections "Documents", "Places of documents",
 * "Charter", "Member codes" and "Articles": `node tests/vectors/make-commons.ts`.
 */
const bytesFor = (label: string): Buffer => sha256(text(`staffetta test vector: ${label}`))
const cbor = (value: unknown): Buffer => Buffer.from(encode(value, rfc8949EncodeOptions))
const bytes = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer)
const epoch = 2967
const secret = bytesFor('community secret')
const founder = keyOf(bytesFor('founder seed'))

const partLength = 16_000
const longestHead = 4055

interface Wish {
  readonly name: string
  readonly area: string
  readonly key: Buffer
  readonly version: number
  readonly at: number
  readonly meta: Buffer
  readonly body: Buffer
}

function document({ name, area, key, version, at, meta, body }: Wish) {
  const parts = Array.from({ length: Math.ceil(body.length / partLength) }, (_, index) =>
    body.subarray(index * partLength, (index + 1) * partLength),
  )
  const said = {
    v: 1,
    a: area,
    k: bytes(key),
    n: version,
    t: at,
    m: bytes(meta),
    l: body.length,
    h: parts.map((part) => bytes(sha256(part))),
    p: bytes(founder.pub),
  }
  const signature = sign(null, Buffer.concat([text('staffetta/document/1'), cbor(said)]), founder.secret)
  const bare = { ...said, s: bytes(signature) }
  const whole = cbor({ ...bare, b: bytes(body) })
  const head = body.length > 0 && whole.length <= longestHead ? whole : cbor(bare)
  return {
    name,
    area,
    key: key.toString('hex'),
    version,
    at,
    meta: meta.toString('hex'),
    // a long one is so many times one byte
    body: body.length <= 4096 ? body.toString('hex') : { byte: body[0], length: body.length },
    head: head.toString('hex'),
    digest: sha256(text('staffetta/document/digest/1'), head).subarray(0, 16).toString('hex'),
    parts: parts.map((part) => documentPlace(secret, { area, epoch, at: sha256(part) }).place.toString('hex')),
  }
}

const guardian = { n: 'Maple', s: bytes(keyOf(bytesFor('guardian seed')).pub), b: bytes(bytesFor('guardian box key')) }
const editor = { n: 'Rosa 織', p: bytes(keyOf(bytesFor('editor seed')).pub) }
const charters = [
  { v: 1, g: [], e: [], t: [] },
  {
    v: 1,
    g: [guardian],
    e: [editor],
    t: [{ i: 'own-abcdefgh', w: { it: { n: 'Coro', a: ['prove'] }, en: { n: 'Choir', a: [] } }, b: ['singing'] }],
  },
].map(cbor)

const article = bytesFor('article').subarray(0, 16)
const articleKey = (language: string): Buffer =>
  sha256(text('staffetta/article/1'), article, text(language)).subarray(0, 16)
const metas = [
  { v: 1, i: bytes(article), l: 'it', h: 'La nostra storia', t: ['queer-history', 'own-abcdefgh'], w: false },
  { v: 1, i: bytes(article), l: 'it', h: '-', t: [], w: true },
].map((meta) => ({ key: articleKey(meta.l).toString('hex'), bytes: cbor(meta).toString('hex') }))

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
function base32(buffer: Buffer): string {
  const bits = [...buffer].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

const networkKey = bytesFor('network key')
function code(kind: 'guardian' | 'editor', ...keys: Uint8Array[]) {
  const body = Buffer.concat([Buffer.of(1, kind === 'guardian' ? 1 : 2), ...keys])
  const check = sha256(text('staffetta/member-code/1'), networkKey, body).subarray(0, 8)
  const hexKeys = keys.map((key) => Buffer.from(key).toString('hex'))
  return { kind, keys: hexKeys, text: `staffetta:${kind}:${base32(Buffer.concat([body, check]))}` }
}

const at = Date.UTC(2026, 10, 18, 12)
const only = Buffer.alloc(16)
const none = Buffer.alloc(0)
const [, full = none] = charters

export function commonsVectors(): unknown {
  return {
    section: 'Documents',
    epoch,
    secret: secret.toString('hex'),
    signerSeed: bytesFor('founder seed').toString('hex'),
    heads: [
      ...[0, 1].map((shard) => ({ area: 'charter', shard })),
      ...[0, 15].map((shard) => ({ area: 'library', shard })),
    ].map(({ area, shard }) => ({
      area,
      shard,
      place: documentPlace(secret, { area, epoch, at: shard }).place.toString('hex'),
    })),
    documents: [
      document({ name: 'a charter', area: 'charter', key: only, version: 1, at, meta: none, body: full }),
      document({
        name: 'an article in two parts',
        area: 'library',
        key: articleKey('it'),
        version: 7,
        at,
        meta: Buffer.from(metas[0]?.bytes ?? '', 'hex'),
        body: Buffer.alloc(16_001, 0x61),
      }),
      document({
        name: 'the longest body that its head holds',
        area: 'charter',
        key: only,
        version: 4_294_967_295,
        at: 0,
        meta: none,
        body: Buffer.alloc(longest(), 0x62),
      }),
      document({
        name: 'a body that is one byte longer than that',
        area: 'charter',
        key: only,
        version: 4_294_967_295,
        at: 0,
        meta: none,
        body: Buffer.alloc(longest() + 1, 0x62),
      }),
      document({
        name: 'an article that was withdrawn',
        area: 'library',
        key: articleKey('it'),
        version: 8,
        at,
        meta: Buffer.from(metas[1]?.bytes ?? '', 'hex'),
        body: none,
      }),
    ],
    charters: charters.map((charter) => charter.toString('hex')),
    articles: metas,
    networkKey: networkKey.toString('hex'),
    codes: [code('guardian', guardian.s, guardian.b), code('editor', editor.p)],
  }
}

/** What is left of 4,055 bytes in the third document. */
function longest(): number {
  const fields = { v: 1, a: 'charter', k: bytes(only), n: 4_294_967_295, t: 0, m: bytes(none), l: 3000 }
  const head = cbor({
    ...fields,
    h: [bytes(bytesFor('x'))],
    p: bytes(founder.pub),
    s: new Uint8Array(64),
    b: new Uint8Array(3000),
  })
  return 3000 + longestHead - head.length
}

if (import.meta.main) {
  writeFileSync(new URL('commons.json', import.meta.url), `${JSON.stringify(commonsVectors(), null, 2)}\n`)
}
