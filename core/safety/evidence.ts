import { z } from 'zod'
import { limits } from '../api/limits.ts'
import { concat, equal, utf8, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault, isFault } from '../base/fault.ts'
import { publicKeyLength, requireSignature, sign, signatureLength, type SigningKey } from '../crypto/sign.ts'
import { decodeOffer, maxOfferLength, type OfferContent } from '../offers/content.ts'
import { identityKeyLength } from '../ratchet/session.ts'

/** One message as the exporter's device shows it. */
export interface EvidenceMessage {
  /** Whether the exporter wrote it. */
  readonly own: boolean
  /** Of a file there is its name alone. */
  readonly kind: 'text' | 'file'
  readonly text: string
  /** By its writer's clock, milliseconds since 1970. */
  readonly sentAt: number
  readonly edited: boolean
  /** Something that was said between this and the one before it was not chosen. */
  readonly gap: boolean
}

/**
 * What a person shows of a conversation. Signed, it proves who exported it and
 * that nothing in it was changed since: not that the contact wrote it, because
 * libsignal lets both ends deny. PROTOCOL.md section "Evidence".
 */
export interface Evidence {
  readonly madeAt: number
  readonly community: string
  /** Who exported and signed it; undefined where nobody did. */
  readonly exporter: { readonly pseudonym: string; readonly key: Bytes } | undefined
  readonly contact: {
    readonly pseudonym: string
    /** Their persona's, 32 bytes, where they were the one who offered; else their libsignal identity, 33 bytes. */
    readonly key: Bytes
  }
  readonly offerTitle: string
  /** Of the conversation. */
  readonly begunAt: number
  /** The contact's offer as their persona signed it: this part does prove who wrote it. */
  readonly offer: EvidenceOffer | undefined
  readonly note: string
  readonly messages: readonly EvidenceMessage[]
}

/** The encoded offer with what its signature is bound to. */
export interface EvidenceOffer {
  readonly encoded: Bytes
  /** The author of its box, 32 bytes. */
  readonly author: Bytes
  readonly epoch: number
}

const version = 1
const kinds = ['text', 'file'] as const
const most = limits.evidence

const bytes = (length: number) => z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === length)
const time = z.int().min(0).max(8_640_000_000_000_000)
const line = (length: number) =>
  z
    .string()
    .max(length)
    .refine((value) => value.isWellFormed())

/** The map on the wire. */
const wire = z.strictObject({
  v: z.int(),
  t: time,
  c: line(limits.communityName),
  /** Absent, with its signature, where nobody stands for it. */
  p: z.strictObject({ n: line(limits.pseudonym.max), k: bytes(publicKeyLength) }).optional(),
  w: z.strictObject({
    n: line(limits.pseudonym.max),
    k: z.union([bytes(publicKeyLength), bytes(identityKeyLength)]),
  }),
  h: line(limits.title),
  b: time,
  o: z
    .strictObject({
      e: z.instanceof(Uint8Array<ArrayBuffer>).refine(({ length }) => length > 0 && length <= maxOfferLength),
      a: bytes(publicKeyLength),
      w: z.int().min(0).max(0xffff_ffff),
    })
    .optional(),
  r: line(most.note),
  m: z
    .array(
      z.strictObject({
        o: z.boolean(),
        k: z
          .int()
          .min(0)
          .max(kinds.length - 1),
        x: line(limits.messageBytes),
        t: time,
        e: z.boolean(),
        g: z.boolean(),
      }),
    )
    .min(1)
    .max(most.messages),
  s: bytes(signatureLength).optional(),
})
type Wire = z.infer<typeof wire>
/** Read first, so that another version is told from nonsense. */
const anyVersion = z.looseObject({ v: z.int() })

/**
 * @param persona signs; undefined for evidence that nobody stands for
 * @throws Fault `too-large`, `bad-input` where it could not be read again
 */
export function encodeEvidence(evidence: Evidence, persona?: SigningKey): Bytes {
  const fields = toWire(evidence)
  // half a character would be written as another one
  if (!wire.safeParse(fields).success) throw new Fault('bad-input', 'This cannot be put into evidence')
  const encoded = encodeCbor(persona === undefined ? fields : { ...fields, s: sign(signedBytes(fields), persona) })
  if (encoded.length > most.bytes) throw new Fault('too-large', 'More evidence than one bundle takes')
  try {
    decodeEvidence(encoded)
  } catch (cause) {
    throw new Fault('bad-input', 'This cannot be put into evidence', { cause })
  }
  return encoded
}

/**
 * Decodes evidence and verifies its exporter's signature, where it has one. What
 * the offer in it proves is for `provenOffer` to say.
 *
 * @throws Fault `too-large`, `malformed`, `unknown-version`, `bad-signature`
 */
export function decodeEvidence(encoded: Uint8Array): Evidence {
  // decoded once: it may be long
  const map = decodeCbor(encoded, z.unknown(), most.bytes)
  const versioned = anyVersion.safeParse(map)
  const known = wire.safeParse(map)
  if (versioned.success && versioned.data.v !== version) {
    throw new Fault('unknown-version', 'Evidence of another version')
  }
  if (!known.success) throw new Fault('malformed', 'Evidence of an unexpected shape')
  const { s: signature, ...fields } = known.data
  if ((signature === undefined) !== (fields.p === undefined)) {
    throw new Fault('malformed', 'Evidence with half of an exporter')
  }
  if (signature !== undefined && fields.p !== undefined) requireSignature(signature, signedBytes(fields), fields.p.k)
  return fromWire(fields)
}

/**
 * The contact's offer, where its signature holds and is that of the contact in
 * the evidence; anything else that stands in its place proves nothing.
 */
export function provenOffer({ offer, contact }: Evidence): OfferContent | undefined {
  if (offer === undefined) return undefined
  try {
    const content = decodeOffer(offer.encoded, offer)
    return equal(content.personaKey, contact.key) ? content : undefined
  } catch (error) {
    if (isFault(error)) return undefined
    throw error
  }
}

type Fields = Omit<Wire, 's'>

/** "staffetta/evidence/1" ‖ the map without its signature. */
function signedBytes(fields: Fields): Bytes {
  return concat(utf8('staffetta/evidence/1'), encodeCbor(fields))
}

function toWire({ exporter, contact, offer, messages, ...rest }: Evidence): Fields {
  return {
    v: version,
    t: rest.madeAt,
    c: rest.community,
    ...(exporter === undefined ? {} : { p: { n: exporter.pseudonym, k: exporter.key } }),
    w: { n: contact.pseudonym, k: contact.key },
    h: rest.offerTitle,
    b: rest.begunAt,
    ...(offer === undefined ? {} : { o: { e: offer.encoded, a: offer.author, w: offer.epoch } }),
    r: rest.note,
    m: messages.map(({ own, kind, text, sentAt, edited, gap }) => ({
      o: own,
      k: kinds.indexOf(kind),
      x: text,
      t: sentAt,
      e: edited,
      g: gap,
    })),
  }
}

function fromWire({ t, c, p, w, h, b, o, r, m }: Fields): Evidence {
  return {
    madeAt: t,
    community: c,
    exporter: p === undefined ? undefined : { pseudonym: p.n, key: p.k },
    contact: { pseudonym: w.n, key: w.k },
    offerTitle: h,
    begunAt: b,
    offer: o === undefined ? undefined : { encoded: o.e, author: o.a, epoch: o.w },
    note: r,
    messages: m.map(({ o: own, k, x, t: sentAt, e: edited, g: gap }) => ({
      own,
      kind: kinds[k] ?? 'text',
      text: x,
      sentAt,
      edited,
      gap,
    })),
  }
}
