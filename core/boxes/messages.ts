import { concat, u16, u64, u8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { signatureLength } from '../crypto/sign.ts'
import { maxAlong, maxPlaces, maxRecords, placeFirstCome, placeMostWork, placeTombstones } from './limits.ts'
import { refusalOf, refusals, type Refusal } from './refusal.ts'

export const helloNonceLength = 16
export const digestLength = 8
const placeLength = 32
const version = 1

/** First byte after the version. Requests are below 0x20. */
const types = {
  hello: 0x01,
  store: 0x10,
  fetch: 0x11,
  get: 0x12,
  delete: 0x13,
  have: 0x14,
  read: 0x15,
  done: 0x20,
  refused: 0x21,
  digests: 0x22,
  record: 0x23,
  lacks: 0x24,
} as const

/** What a node says first on every stream. */
export interface Hello {
  readonly type: 'hello'
  /** 16 bytes, fresh for each stream: FETCH signatures are bound to it. */
  readonly nonce: Bytes
  /** Proof of work that the node asks for now. */
  readonly workBits: number
}

/** A place and the proof that one may read there. */
export interface PlaceProof {
  readonly place: Bytes
  readonly signature: Bytes
}

/** Names a record: a place that this stream has proved, and the digest of its author. */
export interface RecordName {
  readonly place: Bytes
  readonly digest: Bytes
}

/** A record that one node has, and asks another about. */
export interface Held extends RecordName {
  readonly sequence: bigint
}

export type Request =
  | { readonly type: 'store'; readonly box: Bytes }
  | { readonly type: 'fetch'; readonly places: readonly PlaceProof[] }
  /** FETCH, after whose answer the records follow where there are at most `along` of them: 1 to 8. */
  | { readonly type: 'read'; readonly along: number; readonly places: readonly PlaceProof[] }
  | { readonly type: 'get'; readonly names: readonly RecordName[] }
  | { readonly type: 'delete'; readonly tombstone: Bytes }
  | { readonly type: 'have'; readonly held: readonly Held[] }

/** One record that lies at a place. */
export interface Listed {
  /** First 8 bytes of SHA256(author.pub). */
  readonly digest: Bytes
  readonly sequence: bigint
  readonly kind: 'box' | 'tombstone'
}

/** Part of the answer to FETCH. Places at which nothing lies are left out; the others come in the order asked. */
export interface Digests {
  readonly type: 'digests'
  /** Whether another part follows. */
  readonly more: boolean
  readonly places: readonly { readonly index: number; readonly listed: readonly Listed[] }[]
}

export type Answer =
  | Hello
  | { readonly type: 'done' }
  | Refusal
  | Digests
  /** A box or a tombstone, or nothing where the node has none of that name. One for each name of a GET, in order. */
  | { readonly type: 'record'; readonly record: Bytes | undefined }
  /** For each record of a HAVE, in order, whether the node has neither it nor a later one and would take it. */
  | { readonly type: 'lacks'; readonly lacks: readonly boolean[] }

const mostListed = placeFirstCome + placeMostWork + placeTombstones
/** Bytes of one entry of a `digests` answer. */
export const listedLength = digestLength + 8 + 1

export function encodeRequest(request: Request): Bytes {
  const head = concat(u8(version), u8(types[request.type]))
  switch (request.type) {
    case 'store':
      return concat(head, request.box)
    case 'fetch':
      return concat(head, proofs(request.places))
    case 'read':
      return concat(head, u8(request.along), proofs(request.places))
    case 'get':
      return concat(head, u8(request.names.length), ...request.names.flatMap(({ place, digest }) => [place, digest]))
    case 'have': {
      const held = request.held.flatMap(({ place, digest, sequence }) => [place, digest, u64(sequence)])
      return concat(head, u8(request.held.length), ...held)
    }
    default:
      return concat(head, request.tombstone)
  }
}

/** @throws Fault `malformed`, `unknown-version` */
export function decodeRequest(frame: Uint8Array): Request {
  const reader = begin(frame)
  switch (reader.u8()) {
    case types.store:
      return { type: 'store', box: reader.bytes(reader.left) }
    case types.delete:
      return { type: 'delete', tombstone: reader.bytes(reader.left) }
    case types.fetch:
      return { type: 'fetch', places: readProofs(reader) }
    case types.read: {
      const along = reader.u8()
      if (along === 0 || along > maxAlong) throw new Fault('malformed', 'A request for too many records or for none')
      return { type: 'read', along, places: readProofs(reader) }
    }
    case types.get: {
      const names = list(reader, maxRecords, () => ({
        place: reader.bytes(placeLength),
        digest: reader.bytes(digestLength),
      }))
      return { type: 'get', names }
    }
    case types.have: {
      const held = list(reader, maxPlaces, () => ({
        place: reader.bytes(placeLength),
        digest: reader.bytes(digestLength),
        sequence: reader.u64(),
      }))
      return { type: 'have', held }
    }
    default:
      throw new Fault('malformed', 'A request of an unknown type')
  }
}

function proofs(places: readonly PlaceProof[]): Bytes {
  return concat(u8(places.length), ...places.flatMap(({ place, signature }) => [place, signature]))
}

function readProofs(reader: Reader): PlaceProof[] {
  return list(reader, maxPlaces, () => ({ place: reader.bytes(placeLength), signature: reader.bytes(signatureLength) }))
}

export function encodeAnswer(answer: Answer): Bytes {
  const head = concat(u8(version), u8(types[answer.type]))
  switch (answer.type) {
    case 'hello':
      return concat(head, answer.nonce, u8(answer.workBits))
    case 'done':
      return head
    case 'refused':
      return concat(head, u8(refusals[answer.reason]), u8(Math.min(answer.detail, 255)))
    case 'lacks':
      return concat(head, u8(answer.lacks.length), ...answer.lacks.map((lacks) => u8(lacks ? 1 : 0)))
    case 'record':
      return answer.record === undefined ? concat(head, u8(0)) : concat(head, u8(1), answer.record)
    default: {
      const places = answer.places.flatMap(({ index, listed }) => [
        concat(u8(index), u16(listed.length)),
        ...listed.map(({ digest, sequence, kind }) => concat(digest, u64(sequence), u8(kind === 'box' ? 0 : 1))),
      ])
      return concat(head, u8(answer.more ? 1 : 0), u8(answer.places.length), ...places)
    }
  }
}

/** @throws Fault `malformed`, `unknown-version` */
export function decodeAnswer(frame: Uint8Array): Answer {
  const reader = begin(frame)
  const answer = readAnswer(reader)
  reader.end()
  return answer
}

function readAnswer(reader: Reader): Answer {
  switch (reader.u8()) {
    case types.hello:
      return { type: 'hello', nonce: reader.bytes(helloNonceLength), workBits: reader.u8() }
    case types.done:
      return { type: 'done' }
    case types.refused: {
      const reason = refusalOf(reader.u8())
      if (reason === undefined) throw new Fault('malformed', 'A refusal for an unknown reason')
      return { type: 'refused', reason, detail: reader.u8() }
    }
    case types.record:
      return flag(reader)
        ? { type: 'record', record: reader.bytes(reader.left) }
        : { type: 'record', record: undefined }
    case types.lacks:
      return { type: 'lacks', lacks: list(reader, maxPlaces, () => flag(reader)) }
    case types.digests:
      return readDigests(reader)
    default:
      throw new Fault('malformed', 'An answer of an unknown type')
  }
}

function readDigests(reader: Reader): Digests {
  const more = flag(reader)
  const count = reader.u8()
  if (count > maxPlaces || (more && count === 0)) throw new Fault('malformed', 'An answer with a bad count of places')
  const places: { index: number; listed: Listed[] }[] = []
  for (let i = 0; i < count; i++) {
    const index = reader.u8()
    if (index >= maxPlaces || index <= (places.at(-1)?.index ?? -1)) {
      throw new Fault('malformed', 'An answer whose places are out of order')
    }
    const length = reader.u16()
    if (length === 0 || length > mostListed) throw new Fault('malformed', 'An answer with a bad count of records')
    const listed: Listed[] = []
    for (let j = 0; j < length; j++) {
      const digest = reader.bytes(digestLength)
      const sequence = reader.u64()
      listed.push({ digest, sequence, kind: flag(reader) ? 'tombstone' : 'box' })
    }
    places.push({ index, listed })
  }
  return { type: 'digests', more, places }
}

function begin(frame: Uint8Array): Reader {
  const reader = new Reader(frame)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A frame of another version')
  return reader
}

function flag(reader: Reader): boolean {
  const value = reader.u8()
  if (value > 1) throw new Fault('malformed', 'A flag that is neither 0 nor 1')
  return value === 1
}

/** 1 to `most` items, and nothing after them. */
function list<Item>(reader: Reader, most: number, read: () => Item): Item[] {
  const count = reader.u8()
  if (count === 0 || count > most) throw new Fault('malformed', 'A request for too many things or for none')
  const items: Item[] = []
  for (let i = 0; i < count; i++) items.push(read())
  reader.end()
  return items
}
