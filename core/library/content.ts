import { z } from 'zod'
import { limits } from '../api/limits.ts'
import { languageTag, plainLine, topicId } from '../api/views.ts'
import { concat, equal, fromUtf8, hex, utf8, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { documentKeyLength, maxBody, maxMeta, type Document } from '../commons/document.ts'
import { sha256 } from '../crypto/derive.ts'

/** What is known of one language version of an article before its text is there. */
export interface ArticleMeta {
  /** 16 bytes: the same in all languages. */
  readonly article: Bytes
  readonly language: string
  readonly title: string
  readonly topics: readonly string[]
  /** It was taken off: there is no text, and earlier ones no longer count. */
  readonly withdrawn: boolean
}

export const articleIdLength = 16
const version = 1
const bounds = limits.library

/** The map on the wire. PROTOCOL.md section "Articles". */
const wire = z.strictObject({
  v: z.int(),
  i: z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === articleIdLength),
  l: languageTag,
  h: plainLine(bounds.title),
  t: z.array(topicId).max(limits.topics),
  w: z.boolean(),
})
const anyVersion = z.looseObject({ v: z.int() })

/** Of its document: first 16 bytes of SHA256("staffetta/article/1" ‖ article ‖ language). */
export function articleKey(article: Uint8Array, language: string): Bytes {
  return sha256(concat(utf8('staffetta/article/1'), article, utf8(language))).slice(0, documentKeyLength)
}

/** @throws Fault `bad-input` where it could not be read again */
export function encodeMeta({ article, language, title, topics, withdrawn }: ArticleMeta): Bytes {
  const encoded = encodeCbor({ v: version, i: article, l: language, h: title, t: [...topics], w: withdrawn })
  try {
    decodeMeta(encoded)
  } catch (cause) {
    throw new Fault('bad-input', 'This cannot be put into an article', { cause })
  }
  return encoded
}

/** @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeMeta(encoded: Uint8Array): ArticleMeta {
  if (decodeCbor(encoded, anyVersion, maxMeta).v !== version) {
    throw new Fault('unknown-version', 'An article of another version')
  }
  const { i, l, h, t, w } = decodeCbor(encoded, wire, maxMeta)
  const meta = { article: i, language: l, title: h, topics: t, withdrawn: w }
  // zod trims: what would be written otherwise than it came is refused
  const again = encodeCbor({ v: version, i, l, h, t: [...new Set(t)], w })
  if (!equal(again, encoded)) throw new Fault('malformed', 'An article that is not written canonically')
  return meta
}

/**
 * What a document of the library says of itself.
 *
 * @throws Fault as `decodeMeta`, and `malformed` where key, text and what is said of them do not belong together
 */
export function metaOf({ key, meta, bodyLength }: Document): ArticleMeta {
  const said = decodeMeta(meta)
  const belongs = equal(key, articleKey(said.article, said.language)) && said.withdrawn === (bodyLength === 0)
  if (!belongs) throw new Fault('malformed', 'An article that is another one')
  return said
}

/** @throws Fault `too-large`, `bad-input` */
export function encodeText(text: string): Bytes {
  const body = utf8(text)
  if (body.length > maxBody) throw new Fault('too-large', 'The article is too long')
  if (body.length === 0 || !text.isWellFormed() || !isPlain(text)) {
    throw new Fault('bad-input', 'This cannot be the text of an article')
  }
  return body
}

/** The Markdown that was signed. @throws Fault `malformed` */
export function decodeText(body: Uint8Array): string {
  const text = fromUtf8(body)
  if (!isPlain(text)) throw new Fault('malformed', 'A text with control characters')
  return text
}

/** No control characters but line feeds and tabs; U+FEFF is none, and would be lost on the way through a file. */
function isPlain(text: string): boolean {
  return /^(?:[^\p{Cc}\uFEFF]|[\n\t])*$/u.test(text)
}

/** As it is named over the contract. */
export function articleName(article: Uint8Array): string {
  return hex(article)
}
