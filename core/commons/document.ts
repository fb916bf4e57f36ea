import { z } from 'zod'
import { concat, equal, utf8, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { maxContent } from '../boxes/box.ts'
import { sha256 } from '../crypto/derive.ts'
import { publicKeyLength, sign, signatureLength, verify, type SigningKey } from '../crypto/sign.ts'

/**
 * What somebody says to the whole community: signed once, carried by anybody.
 *
 * The **head** takes one small box. A body that fits is in it; a longer one lies
 * in parts elsewhere, which the head names by their hashes, so that no part has
 * to be trusted. PROTOCOL.md section "Documents".
 */
export interface Document {
  /** Which kind of document this is; also says where it lies. */
  readonly area: string
  /** 16 bytes: of all documents of one area and key, the highest version counts. */
  readonly key: Bytes
  /** From 1 to 2^32 - 1. */
  readonly version: number
  /** When it was signed, by its signer's clock: milliseconds since 1970. */
  readonly at: number
  /** What is to be known before the body is there; each area has its own codec. At most `maxMeta` bytes. */
  readonly meta: Bytes
  readonly bodyLength: number
  /** SHA-256 of each part of the body. */
  readonly parts: readonly Bytes[]
  /** Where it is in the head. */
  readonly inline: Bytes | undefined
  /** Ed25519, 32 bytes. */
  readonly signer: Bytes
}

export const documentKeyLength = 16
export const maxMeta = 1024
/** All parts but the last one are so long. */
export const partLength = 16_000
const maxParts = 3
/** Of a body, in bytes: 48,000. */
export const maxBody = maxParts * partLength
/** Every head takes the small size class. */
export const maxHead = maxContent(0)
export const digestLength = 16

const version = 1
const label = utf8('staffetta/document/1')
const bytes = (length: number) => z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === length)
const upTo = (length: number) => z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length <= length)

/** The map on the wire. */
const wire = z.strictObject({
  v: z.int(),
  a: z.string().regex(/^[a-z]{1,16}$/),
  k: bytes(documentKeyLength),
  n: z.int().min(1).max(0xffff_ffff),
  t: z.int().nonnegative(),
  m: upTo(maxMeta),
  l: z.int().min(0).max(maxBody),
  h: z.array(bytes(32)).max(maxParts),
  b: upTo(maxHead).optional(),
  p: bytes(publicKeyLength),
  s: bytes(signatureLength),
})
type Wire = z.infer<typeof wire>
/** Read first, so that another version is told from nonsense. */
const anyVersion = z.looseObject({ v: z.int() })

export interface DocumentWish {
  readonly area: string
  readonly key: Bytes
  readonly version: number
  readonly at: number
  readonly meta: Bytes
  readonly body: Bytes
}

/**
 * Signs a document.
 *
 * @returns its head; the body is the caller's
 * @throws Fault `too-large` (body, meta), `bad-input` where it could not be read again
 */
export function signDocument(wish: DocumentWish, signer: SigningKey): Bytes {
  const { area, key, at, meta, body } = wish
  if (body.length > maxBody || meta.length > maxMeta) throw new Fault('too-large', 'A document that is too long')
  const said = {
    v: version,
    a: area,
    k: key,
    n: wish.version,
    t: at,
    m: meta,
    l: body.length,
    h: splitBody(body).map((part) => sha256(part)),
    p: signer.publicKey,
  }
  const signed = { ...said, s: sign(signedBytes(said), signer) }
  const whole = encodeCbor({ ...signed, b: body })
  const head = body.length > 0 && whole.length <= maxHead ? whole : encodeCbor(signed)
  try {
    decodeHead(head)
  } catch (cause) {
    throw new Fault('bad-input', 'This cannot be put into a document', { cause })
  }
  return head
}

/**
 * Takes a head apart. Its form and its own body are checked, its signature is not:
 * who asks should first see whether the signer is anybody.
 *
 * @throws Fault `too-large`, `malformed`, `unknown-version`
 */
export function decodeHead(head: Uint8Array): Document {
  if (decodeCbor(head, anyVersion, maxHead).v !== version) {
    throw new Fault('unknown-version', 'A document of another version')
  }
  const fields = decodeCbor(head, wire, maxHead)
  const { l: length, h: parts, b: inline } = fields
  if (parts.length !== Math.ceil(length / partLength)) throw new Fault('malformed', 'A body with other parts')
  const fits = length > 0 && lengthWith(fields, length) <= maxHead
  if ((inline !== undefined) !== fits || (inline !== undefined && !isBody({ parts, bodyLength: length }, inline))) {
    throw new Fault('malformed', 'A body that is not where it should be, or another one')
  }
  return {
    area: fields.a,
    key: fields.k,
    version: fields.n,
    at: fields.t,
    meta: fields.m,
    bodyLength: length,
    parts,
    inline,
    signer: fields.p,
  }
}

/** @param head as `decodeHead` took it @throws Fault `bad-signature` */
export function requireSigned(head: Uint8Array): void {
  const { s: signature, b: _, ...said } = decodeCbor(head, wire, maxHead)
  if (!verify(signature, signedBytes(said), said.p)) throw new Fault('bad-signature', 'A document that nobody signed')
}

/** What stands for a signed document, in invites and where two are compared: 16 bytes. */
export function digestOf(head: Uint8Array): Bytes {
  return sha256(utf8('staffetta/document/digest/1'), head).slice(0, digestLength)
}

/** Where a document is cut, none for an empty body. */
export function splitBody(body: Bytes): Bytes[] {
  const parts: Bytes[] = []
  for (let from = 0; from < body.length; from += partLength) parts.push(body.slice(from, from + partLength))
  return parts
}

/** Whether that is the body that was signed. */
export function isBody({ parts, bodyLength }: Pick<Document, 'parts' | 'bodyLength'>, body: Bytes): boolean {
  if (body.length !== bodyLength) return false
  return splitBody(body).every((part, index) => {
    const expected = parts[index]
    return expected !== undefined && equal(sha256(part), expected)
  })
}

/** "staffetta/document/1" ‖ the map without signature and body: the hashes stand for the body. */
function signedBytes(said: Omit<Wire, 's' | 'b'>): Bytes {
  return concat(label, encodeCbor(said))
}

/** Of a head, if its body were in it: the same for all bodies of a length. */
function lengthWith(fields: Wire, length: number): number {
  if (length > maxHead) return Infinity
  return encodeCbor({ ...fields, b: new Uint8Array(length) }).length
}
