import { z } from 'zod'
import { blocksOfWeek } from '../api/availability.ts'
import { offerDraft, type OfferDraft } from '../api/offers.ts'
import { pseudonym } from '../api/views.ts'
import { concat, equal, u64, utf8, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { maxContent } from '../boxes/box.ts'
import { requireSignature, sign, type SigningKey } from '../crypto/sign.ts'
import { bundleLength, decodeBundle } from '../ratchet/bundle.ts'
import type { IntroductionAddress } from './introduction-address.ts'
import { addressLength, decodeAddress, encodeAddress } from './introduction-address.ts'

/** What an offer says, on whichever board it stands. */
export interface OfferContent {
  readonly draft: OfferDraft
  readonly pseudonym: string
  /** Ed25519, 32 bytes. */
  readonly personaKey: Bytes
  /** core/ratchet/bundle.ts */
  readonly bundle: Bytes
  readonly introduction: IntroductionAddress
  /** Until when this edition holds, in hours since 1970. */
  readonly expiryHours: number
  /** Rises with each change of its words; below 2^32. */
  readonly revision: number
  /** What others signed for its author: up to 4 of 1 to 200 bytes each. What they hold is not this folder's matter. */
  readonly vouches: readonly Bytes[]
}

/** What ties one copy of an offer to its place in the world: who may post it, and when. */
export interface OfferBinding {
  /** The author key of the box that carries it, 32 bytes. */
  readonly author: Uint8Array
  readonly epoch: number
}

/** Every offer takes the small size class, so that its length tells nothing. 4,055 bytes. */
export const maxOfferLength = maxContent(0)

export const maxVouches = 4
export const maxVouchLength = 200

const version = 2
const kinds = ['offer', 'request'] as const
const levels = ['any', 'beginner', 'some', 'experienced'] as const
const formats = ['text', 'voice', 'in-person'] as const
const durations = ['once', 'weeks', 'months', 'open'] as const
const availabilityLength = Math.ceil(blocksOfWeek / 8)

const number = (max: number) => z.int().min(0).max(max)
const bytes = (length: number) => z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === length)

/** The map on the wire. PROTOCOL.md section "Offer content". */
const wire = z.strictObject({
  v: z.int(),
  k: number(kinds.length - 1),
  t: z.array(z.string()),
  g: z.array(z.string()),
  h: z.string(),
  x: z.string(),
  l: z.array(z.string()),
  e: number(levels.length - 1),
  f: z.array(number(formats.length - 1)),
  a: bytes(availabilityLength),
  c: z.int(),
  d: number(durations.length - 1),
  o: z.string(),
  r: z.array(z.string()),
  q: z.string(),
  m: z.string(),
  n: z.string(),
  p: bytes(32),
  b: bytes(bundleLength),
  i: bytes(addressLength),
  z: number(0xffff_ffff),
  u: number(0xffff_ffff),
  j: z
    .array(z.instanceof(Uint8Array<ArrayBuffer>).refine(({ length }) => length >= 1 && length <= maxVouchLength))
    .max(maxVouches),
  s: bytes(64),
})
/** Read first, so that another version is told from nonsense. */
const anyVersion = z.looseObject({ v: z.int() })

/**
 * Encodes an offer with as many of its vouches as fit beside its words, the first ones first.
 *
 * @throws Fault as `encodeOffer`
 */
export function encodeFitting(content: OfferContent, binding: OfferBinding, persona: SigningKey): Bytes {
  const bare = encodeOffer({ ...content, vouches: [] }, binding, persona)
  let room = maxOfferLength - bare.length
  const vouches: Bytes[] = []
  for (const vouch of content.vouches.slice(0, maxVouches)) {
    room -= encodeCbor(vouch).length
    if (room < 0) break
    vouches.push(vouch)
  }
  return vouches.length === 0 ? bare : encodeOffer({ ...content, vouches }, binding, persona)
}

/**
 * Encodes and signs an offer.
 *
 * @throws Fault `offer-too-long` where it does not fit, `bad-input` where it could not be read again
 */
export function encodeOffer(content: OfferContent, binding: OfferBinding, persona: SigningKey): Bytes {
  const fields = toWire(content)
  const encoded = encodeCbor({ ...fields, s: sign(signedBytes(fields, binding), persona) })
  if (encoded.length > maxOfferLength) throw new Fault('offer-too-long', 'The offer does not fit its box')
  try {
    decodeOffer(encoded, binding)
  } catch (cause) {
    throw new Fault('bad-input', 'This cannot be put into an offer', { cause })
  }
  return encoded
}

/**
 * Decodes an offer and verifies all that it claims: the persona's signature
 * over its words, its box's author and its epoch, and the bundle's signatures.
 *
 * @throws Fault `too-large`, `malformed`, `unknown-version`, `bad-signature`
 */
export function decodeOffer(encoded: Uint8Array, binding: OfferBinding): OfferContent {
  return readOffer(encoded, binding).content
}

/** An offer with what shows that its persona signed it: with its binding, that can be shown to others. */
export interface SignedOffer {
  readonly content: OfferContent
  /** Ed25519, 64 bytes. */
  readonly signature: Bytes
}

/** The offer as it was read. */
export function encodeSigned({ content, signature }: SignedOffer): Bytes {
  return encodeCbor({ ...toWire(content), s: signature })
}

/** As `decodeOffer`, with its signature. */
export function readOffer(encoded: Uint8Array, binding: OfferBinding): SignedOffer {
  if (decodeCbor(encoded, anyVersion, maxOfferLength).v !== version) {
    throw new Fault('unknown-version', 'An offer of another version')
  }
  const { s: signature, ...fields } = decodeCbor(encoded, wire, maxOfferLength)
  const draft = offerDraft.safeParse({
    kind: kinds[fields.k],
    topics: fields.t,
    title: fields.h,
    text: fields.x,
    languages: fields.l,
    level: levels[fields.e],
    formats: fields.f.map((format) => formats[format]),
    tags: fields.g,
    availability: blocksIn(fields.a),
    capacity: fields.c,
    duration: durations[fields.d],
    boundaries: fields.o,
    inReturn: { topics: fields.r, text: fields.q },
    meet: fields.m,
  })
  const name = pseudonym.safeParse(fields.n)
  if (!draft.success || !name.success) throw new Fault('malformed', 'An offer that breaks the limits')
  const content: OfferContent = {
    draft: draft.data,
    pseudonym: name.data,
    personaKey: fields.p,
    bundle: fields.b,
    introduction: decodeAddress(fields.i),
    expiryHours: fields.z,
    revision: fields.u,
    vouches: fields.j,
  }
  // zod trims: what would be written otherwise than it came is refused, and so are repeated topics
  if (!equal(encodeSigned({ content, signature }), encoded)) {
    throw new Fault('malformed', 'An offer that is not written canonically')
  }
  requireSignature(signature, signedBytes(fields, binding), fields.p)
  decodeBundle(fields.b)
  return { content, signature }
}

type Fields = Omit<z.infer<typeof wire>, 's'>

function toWire({ draft, introduction, ...content }: OfferContent): Fields {
  return {
    v: version,
    k: kinds.indexOf(draft.kind),
    t: unique(draft.topics),
    g: unique(draft.tags),
    h: draft.title,
    x: draft.text,
    l: unique(draft.languages),
    e: levels.indexOf(draft.level),
    f: unique(draft.formats.map((format) => formats.indexOf(format))),
    a: bitsOf(draft.availability),
    c: draft.capacity,
    d: durations.indexOf(draft.duration),
    o: draft.boundaries,
    r: unique(draft.inReturn.topics),
    q: draft.inReturn.text,
    m: draft.meet,
    n: content.pseudonym,
    p: content.personaKey,
    b: content.bundle,
    i: encodeAddress(introduction),
    z: content.expiryHours,
    u: content.revision,
    j: [...content.vouches],
  }
}

/** Block `i` is bit `i mod 8`, the lowest first, of byte `i div 8`. */
function bitsOf(blocks: readonly number[]): Bytes {
  const bits = new Uint8Array(availabilityLength)
  for (const block of blocks) bits[block >> 3] = (bits[block >> 3] ?? 0) | (1 << (block & 7))
  return bits
}

function blocksIn(bits: Uint8Array): number[] {
  return Array.from({ length: bits.length * 8 }, (_, block) => block).filter(
    (block) => ((bits[block >> 3] ?? 0) & (1 << (block & 7))) !== 0,
  )
}

/** "staffetta/offer/2" ‖ author ‖ u64(epoch) ‖ the map without its signature. */
function signedBytes(fields: Fields, { author, epoch }: OfferBinding): Bytes {
  return concat(utf8('staffetta/offer/2'), author, u64(epoch), encodeCbor(fields))
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)]
}
