import { writeFileSync } from 'node:fs'
import { codeText, refusedInCommons } from './make-commons-refused.ts'
import { cbor } from './second-cbor.ts'
import {
  articleKey as keyOfArticle,
  digestOf,
  documentOf,
  fieldsOf,
  headOf,
  partsOf,
  type HeadWish,
} from './second-documents.ts'
import { documentPlace, keyOf, sha256, text } from './second.ts'

/*
 * Writes commons.json by other code than core's, from PROTOCOL.md sections "Documents", "Places of documents",
 * "Charter", "Member codes" and "Articles": `node tests/vectors/make-commons.ts`.
 */
const bytesFor = (label: string): Buffer => sha256(text(`staffetta test vector: ${label}`))
const hex = (buffer: Uint8Array): string => Buffer.from(buffer).toString('hex')
const epoch = 2967
const secret = bytesFor('community secret')
const founder = keyOf(bytesFor('founder seed'))

const longestHead = 4055

function document({ name, ...wish }: HeadWish & { readonly name: string }) {
  const { area, key, version, at, meta, body } = wish
  const head = documentOf(wish, founder)
  return {
    name,
    area,
    key: hex(key),
    version,
    at,
    meta: hex(meta),
    // a long one is so many times one byte
    body: body.length <= 4096 ? hex(body) : { byte: body[0], length: body.length },
    head: hex(head),
    digest: hex(digestOf(head)),
    parts: partsOf(body).map((part) => hex(documentPlace(secret, { area, epoch, at: sha256(part) }).place)),
  }
}

const guardian = { n: 'Maple', s: keyOf(bytesFor('guardian seed')).pub, b: bytesFor('guardian box key') }
const editor = { n: 'Rosa 織', p: keyOf(bytesFor('editor seed')).pub }
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
const articleKey = (language: string): Buffer => keyOfArticle(article, language)
const metas = [
  { v: 1, i: article, l: 'it', h: 'La nostra storia', t: ['queer-history', 'own-abcdefgh'], w: false },
  { v: 1, i: article, l: 'it', h: '-', t: [], w: true },
].map((meta) => ({ key: hex(articleKey(meta.l)), bytes: hex(cbor(meta)) }))

const networkKey = bytesFor('network key')
function code(kind: 'guardian' | 'editor', ...keys: Uint8Array[]) {
  return {
    kind,
    keys: keys.map(hex),
    text: codeText(kind, networkKey, Buffer.of(1, kind === 'guardian' ? 1 : 2), ...keys),
  }
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
    ...refusedInCommons({ founder, article, guardian, editor, networkKey }),
  }
}

/** What is left of 4,055 bytes in the third document. */
function longest(): number {
  const body = Buffer.alloc(3000)
  const wish = { area: 'charter', key: only, version: 4_294_967_295, at: 0, meta: none, body }
  return 3000 + longestHead - headOf(fieldsOf(wish, founder), founder, body).length
}

if (import.meta.main) {
  writeFileSync(new URL('commons.json', import.meta.url), `${JSON.stringify(commonsVectors(), null, 2)}\n`)
}
