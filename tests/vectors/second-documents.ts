import { sign, verify } from 'node:crypto'
import {
  cbor,
  bytes,
  integer,
  line,
  list,
  matches,
  readMap,
  Refused,
  topic,
  truth,
  type CborMap,
} from './second-cbor.ts'
import { publicKeyOf, sha256, text, type Key } from './second.ts'

/*
 * PROTOCOL.md sections "Documents" and "Articles" once more, written from that document: nothing of core is imported.
 */
const partLength = 16_000
const longestHead = 4055

/** The map of a head without `b` and `s`. */
export type HeadFields = CborMap

export interface HeadWish {
  readonly area: string
  readonly key: Uint8Array
  readonly version: number
  readonly at: number
  readonly meta: Uint8Array
  readonly body: Buffer
}

export function partsOf(body: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(body.length / partLength) }, (_, index) =>
    body.subarray(index * partLength, (index + 1) * partLength),
  )
}

export function fieldsOf({ area, key, version, at, meta, body }: HeadWish, signer: Key): HeadFields {
  const hashes = partsOf(body).map((part) => sha256(part))
  return { v: 1, a: area, k: key, n: version, t: at, m: meta, l: body.length, h: hashes, p: signer.pub }
}

const signedBytes = (fields: HeadFields): Buffer => Buffer.concat([text('staffetta/document/1'), cbor(fields)])

/** @param inline the body, where it is to stand in the head */
export function headOf(fields: HeadFields, signer: Key, inline?: Uint8Array): Buffer {
  const signature = sign(null, signedBytes(fields), signer.secret)
  return cbor({ ...fields, s: signature, ...(inline === undefined ? {} : { b: inline }) })
}

/** With its body in it where it fits. */
export function documentOf(wish: HeadWish, signer: Key): Buffer {
  const fields = fieldsOf(wish, signer)
  const whole = headOf(fields, signer, wish.body)
  return wish.body.length > 0 && whole.length <= longestHead ? whole : headOf(fields, signer)
}

export const digestOf = (head: Uint8Array): Buffer => sha256(text('staffetta/document/digest/1'), head).subarray(0, 16)

export interface Head {
  readonly area: string
  readonly key: Buffer
  readonly version: number
  readonly at: number
  readonly meta: Buffer
  readonly length: number
  readonly inline: Buffer | undefined
}

/** @throws Refused */
export function readHead(encoded: Buffer): Head {
  const map = readMap(
    encoded,
    longestHead,
    () => ({
      a: matches(/^[a-z]{1,16}$/),
      k: bytes(16),
      n: integer(1, 2 ** 32 - 1),
      t: integer(0),
      m: bytes(0, 1024),
      l: integer(0, 48_000),
      h: list(3, bytes(32)),
      b: bytes(0, longestHead),
      p: bytes(32),
      s: bytes(64),
    }),
    ['b'],
  )
  const { b: body, s: signature, ...fields } = map
  const { h: hashes, l: length } = fields as { h: readonly Buffer[]; l: number }
  if (hashes.length !== Math.ceil(length / partLength)) throw new Refused('malformed')
  const fits = length > 0 && cbor({ ...map, b: Buffer.alloc(length) }).length <= longestHead
  if (fits !== (body !== undefined)) throw new Refused('malformed')
  if (body !== undefined) {
    const said = body as Buffer
    const is = said.length === length && partsOf(said).every((part, nth) => hashes[nth]?.equals(sha256(part)))
    if (!is) throw new Refused('malformed')
  }
  if (!verify(null, signedBytes(fields), publicKeyOf(fields['p'] as Buffer), signature as Buffer)) {
    throw new Refused('bad-signature')
  }
  return {
    area: fields['a'] as string,
    key: fields['k'] as Buffer,
    version: fields['n'] as number,
    at: fields['t'] as number,
    meta: fields['m'] as Buffer,
    length,
    inline: body as Buffer | undefined,
  }
}

/** Of heads of one area and key: the one that counts. */
export function countingOf(heads: readonly Buffer[]): Buffer | undefined {
  const ranked = heads.toSorted((one, other) => {
    const [a, b] = [readHead(one), readHead(other)]
    return b.version - a.version || Buffer.compare(digestOf(one), digestOf(other))
  })
  return ranked[0]
}

export const articleKey = (article: Uint8Array, language: string): Buffer =>
  sha256(text('staffetta/article/1'), article, text(language)).subarray(0, 16)

/** What an article says of itself. @throws Refused */
export function readArticle({ key, meta, length }: Head): CborMap {
  const said = readMap(meta, 1024, () => ({
    i: bytes(16),
    l: matches(/^[a-z]{2,3}$/),
    h: line(1, 120),
    t: (value) => list(3, topic)(value) && new Set(value as string[]).size === (value as string[]).length,
    w: truth,
  }))
  const belongs = articleKey(said['i'] as Buffer, said['l'] as string).equals(key) && said['w'] === (length === 0)
  if (!belongs) throw new Refused('malformed')
  return said
}
