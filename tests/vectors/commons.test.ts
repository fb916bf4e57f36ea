import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromHex, hex, type Bytes } from '../../core/base/bytes.ts'
import { decodeMemberCode, encodeMemberCode } from '../../core/charter/code.ts'
import { decodeCharter, encodeCharter } from '../../core/charter/content.ts'
import { decodeHead, digestOf, isBody, requireSigned, signDocument } from '../../core/commons/document.ts'
import { outranks } from '../../core/commons/documents.ts'
import { headPlace, partPlace, shardsOf } from '../../core/commons/places.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { articleKey, decodeMeta, encodeMeta, metaOf } from '../../core/library/content.ts'
import { commonsVectors } from './make-commons.ts'

const text = z.string()
const vectors = z
  .object({
    epoch: z.number(),
    secret: text,
    signerSeed: text,
    heads: z.array(z.object({ area: text, shard: z.number(), place: text })),
    documents: z.array(
      z.object({
        name: text,
        area: text,
        key: text,
        version: z.number(),
        at: z.number(),
        meta: text,
        body: z.union([text, z.object({ byte: z.number(), length: z.number() })]),
        head: text,
        digest: text,
        parts: z.array(text),
      }),
    ),
    charters: z.array(text),
    articles: z.array(z.object({ key: text, bytes: text })),
    refusedHeads: z.array(z.object({ why: text, code: text, head: text })).min(1),
    refusedArticles: z.array(z.object({ why: text, code: text, head: text })).min(1),
    ranks: z.array(z.object({ why: text, counts: text, yields: z.array(text).min(1) })).min(1),
    refusedCharters: z.array(z.object({ why: text, code: text, charter: text })).min(1),
    refusedCodes: z.array(z.object({ why: text, code: text, text })).min(1),
    networkKey: text,
    codes: z.array(z.object({ kind: z.enum(['guardian', 'editor']), keys: z.array(text), text })),
  })
  .parse(JSON.parse(readFileSync(new URL('commons.json', import.meta.url), 'utf8')))

const secret = fromHex(vectors.secret)
const { epoch } = vectors

describe('the vectors of documents', () => {
  it('are what their script writes', () =>
    expect(JSON.parse(readFileSync(new URL('commons.json', import.meta.url), 'utf8'))).toEqual(commonsVectors()))

  it('have heads where they belong', () => {
    for (const { area, shard, place } of vectors.heads) {
      expect(hex(headPlace(secret, area, epoch, shard).place)).toBe(place)
    }
    // the hash of 16 zeros begins with 374708fff7719dd5
    const key = new Uint8Array(16)
    expect(new Set(shardsOf(key, { name: 'charter', shards: 2, spots: 2 }))).toEqual(new Set([0, 1]))
    expect(shardsOf(key, { name: 'library', shards: 16, spots: 1 })).toEqual([5])
  })

  for (const { name, area, version, at, parts, ...hexed } of vectors.documents) {
    it(`are signed and read: ${name}`, () => {
      const { body: said } = hexed
      const body: Bytes = typeof said === 'string' ? fromHex(said) : new Uint8Array(said.length).fill(said.byte)
      const wish = { area, version, at, key: fromHex(hexed.key), meta: fromHex(hexed.meta), body }
      const head = signDocument(wish, signingKey(fromHex(vectors.signerSeed)))
      expect(hex(head)).toBe(hexed.head)
      expect(hex(digestOf(head))).toBe(hexed.digest)
      requireSigned(head)
      const document = decodeHead(head)
      expect(document).toMatchObject({ area, version, at, bodyLength: body.length })
      expect(isBody(document, body)).toBe(true)
      expect(document.parts.map((hash) => hex(partPlace(secret, area, epoch, hash).place))).toEqual(parts)
    })
  }

  it('hold charters, what articles say of themselves, and codes', () => {
    for (const charter of vectors.charters) expect(hex(encodeCharter(decodeCharter(fromHex(charter))))).toBe(charter)
    for (const { key, bytes } of vectors.articles) {
      const meta = decodeMeta(fromHex(bytes))
      expect(hex(encodeMeta(meta))).toBe(bytes)
      expect(hex(articleKey(meta.article, meta.language))).toBe(key)
    }
    const networkKey = fromHex(vectors.networkKey)
    for (const { kind, keys, text } of vectors.codes) {
      const code = decodeMemberCode(text, networkKey)
      expect(encodeMemberCode(code, networkKey)).toBe(text)
      expect(code.kind).toBe(kind)
      const read = code.kind === 'guardian' ? [code.signKey, code.boxKey] : [code.personaKey]
      expect(read.map(hex)).toEqual(keys)
    }
  })

  it.each(vectors.refusedHeads)('have no head $why', ({ code, head }) => {
    expect(() => readHead(head)).toThrow(expect.objectContaining({ code }))
  })

  it.each(vectors.refusedArticles)('have no article $why', ({ code, head }) => {
    const document = readHead(head)
    expect(() => metaOf(document)).toThrow(expect.objectContaining({ code }))
  })

  it.each(vectors.ranks)('have one that counts: $why', ({ counts, yields }) => {
    const rankOf = (head: string) => ({ version: readHead(head).version, digest: digestOf(fromHex(head)) })
    for (const head of yields) {
      expect(outranks(rankOf(counts), rankOf(head))).toBe(true)
      expect(outranks(rankOf(head), rankOf(counts))).toBe(false)
    }
  })

  it.each(vectors.refusedCharters)('have no charter $why', ({ code, charter }) => {
    expect(() => decodeCharter(fromHex(charter))).toThrow(expect.objectContaining({ code }))
  })

  it.each(vectors.refusedCodes)('have no code $why', ({ code, text }) => {
    expect(() => decodeMemberCode(text, fromHex(vectors.networkKey))).toThrow(expect.objectContaining({ code }))
  })
})

/** Form first, then the signature. */
function readHead(head: string) {
  const document = decodeHead(fromHex(head))
  requireSigned(fromHex(head))
  return document
}
