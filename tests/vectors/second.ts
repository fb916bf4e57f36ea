import { createHash, createHmac, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import nacl from 'tweetnacl'

/*
 * The boxes of PROTOCOL.md sections "Community secret", "Board keys", "Places", "The box", "Proof of work",
 * "Tombstones", "The box protocol" and "Places of documents" once more, written from that document: nothing of core is imported, so
 * that what it makes can prove core wrong.
 */

export const text = (value: string): Buffer => Buffer.from(value, 'utf8')
export const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
const hmac = (key: Uint8Array, ...parts: Uint8Array[]): Buffer =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest()

export function u16(value: number): Buffer {
  const out = Buffer.alloc(2)
  out.writeUInt16BE(value)
  return out
}

export function u32(value: number): Buffer {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value)
  return out
}

export function u64(value: bigint): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigUInt64BE(value)
  return out
}

/** RFC 5869, written out. An empty salt is one of 32 zeros. */
export function hkdf(key: Uint8Array, info: Uint8Array, length: number, salt: Uint8Array = Buffer.alloc(32)): Buffer {
  const extracted = hmac(salt, key)
  const blocks: Buffer[] = []
  for (let i = 1; blocks.length * 32 < length; i++) {
    blocks.push(hmac(extracted, blocks.at(-1) ?? Buffer.alloc(0), info, Buffer.of(i)))
  }
  return Buffer.concat(blocks).subarray(0, length)
}

export interface Key {
  readonly secret: KeyObject
  readonly pub: Buffer
}

/** An Ed25519 seed, by way of PKCS #8 (RFC 8410). */
export function keyOf(seed: Uint8Array): Key {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { secret, pub: createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32) }
}

/** Of its 32 bytes. */
export const publicKeyOf = (raw: Uint8Array): KeyObject =>
  createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki',
  })

export const nextCommunitySecret = (secret: Uint8Array): Buffer => hkdf(secret, text('staffetta/cs/1'), 32)

export interface Place {
  readonly write: Key
  readonly read: Key
  readonly bodyKey: Buffer
  readonly place: Buffer
}

/** @param material write seed ‖ read seed ‖ body key */
export function placeOf(material: Buffer): Place {
  const write = keyOf(material.subarray(0, 32))
  const read = keyOf(material.subarray(32, 64))
  const place = sha256(text('staffetta/place/1'), write.pub, read.pub)
  return { write, read, bodyKey: material.subarray(64), place }
}

export interface Board {
  readonly kind: 'offer' | 'request'
  readonly topic: string
  readonly epoch: number
  readonly shard: number
}

/** @param secret of the community, in the epoch of the board */
export function topicSecret(secret: Uint8Array, { kind, topic }: Pick<Board, 'kind' | 'topic'>): Buffer {
  const id = text(topic)
  const info = Buffer.concat([Buffer.of(kind === 'offer' ? 0 : 1), u16(id.length), id])
  return hkdf(secret, info, 32, sha256(text('staffetta/topic/1')))
}

/** Write seed ‖ read seed ‖ body key. */
export function boardMaterial(secret: Uint8Array, board: Board): Buffer {
  const info = Buffer.concat([text('staffetta/box/1'), Buffer.of(board.shard)])
  return hkdf(topicSecret(secret, board), info, 96, u64(BigInt(board.epoch)))
}

/** Of documents: the place of a shard's heads, or of the part of a body that has a hash. */
export function documentPlace(
  secret: Uint8Array,
  { area, epoch, at }: { readonly area: string; readonly epoch: number; readonly at: number | Buffer },
): Place {
  const areaSecret = hkdf(secret, text(area), 32, sha256(text('staffetta/commons/1')))
  const info =
    typeof at === 'number'
      ? Buffer.concat([text('staffetta/commons/head/1'), Buffer.of(at)])
      : Buffer.concat([text('staffetta/commons/part/1'), at])
  return placeOf(hkdf(areaSecret, info, 96, u64(BigInt(epoch))))
}

export const boardPlace = (secret: Uint8Array, board: Board): Place => placeOf(boardMaterial(secret, board))

function zeroBits(hash: Buffer): number {
  const first = hash.findIndex((byte) => byte !== 0)
  return first < 0 ? 256 : first * 8 + Math.clz32(hash[first] ?? 0) - 24
}

export interface BoxWish {
  readonly place: Pick<Place, 'write' | 'bodyKey'> & { readonly read: Pick<Key, 'pub'> }
  readonly author: Key
  readonly content: Buffer
  readonly sequence: bigint
  readonly expiryHours: number
  /** At least so many bits, */
  readonly workBits: number
  /** and at most so many, for a box that has too little. */
  readonly mostBits?: number
  /** 24 bytes, random outside of vectors. */
  readonly sealNonce: Buffer
  /** Otherwise than a box should be. */
  readonly version?: number
  readonly sizeClass?: number
}

export interface MadeBox {
  readonly digest: Buffer
  readonly nonce: bigint
  readonly work: number
  readonly bytes: Buffer
}

/** The nonce of the work counts from 0: the first that does. */
export function makeBox(wish: BoxWish): MadeBox {
  const { place, author, content, sequence, expiryHours, workBits, mostBits = 256, sealNonce } = wish
  const fitting = content.length <= 4055 ? 0 : 1
  const padded = Buffer.alloc((fitting === 0 ? 4096 : 16_384) - 40)
  content.copy(padded)
  padded[content.length] = 0x80
  const body = Buffer.concat([sealNonce, nacl.secretbox(padded, sealNonce, place.bodyKey)])
  const head = Buffer.concat([
    Buffer.of(wish.version ?? 1, wish.sizeClass ?? fitting),
    place.write.pub,
    place.read.pub,
    author.pub,
    u64(sequence),
    u32(expiryHours),
  ])
  const digest = sha256(head, body)
  let nonce = 0n
  let work = 0
  for (; ; nonce++) {
    work = zeroBits(sha256(text('staffetta/work/1'), digest, u64(nonce)))
    if (work >= workBits && work <= mostBits) break
  }
  const unsigned = Buffer.concat([head, u64(nonce), body])
  const once = Buffer.concat([unsigned, sign(null, unsigned, author.secret)])
  return { digest, nonce, work, bytes: Buffer.concat([once, sign(null, once, place.write.secret)]) }
}

export function makeTombstone(place: Uint8Array, author: Key, sequence: bigint): Buffer {
  const unsigned = Buffer.concat([Buffer.of(1, 2), place, author.pub, u64(sequence)])
  return Buffer.concat([unsigned, sign(null, Buffer.concat([text('staffetta/delete/1'), unsigned]), author.secret)])
}

/** The PeerId of an Ed25519 key as a multihash with the identity function. */
export const peerIdOf = (publicKey: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from('002408011220', 'hex'), publicKey])

/** By the holder of the read key, for one stream to one node. */
export function proofOfFetch({ read, place }: Pick<Place, 'read' | 'place'>, nonce: Buffer, peer: Buffer): Buffer {
  return sign(null, Buffer.concat([text('staffetta/fetch/1'), nonce, peer, place]), read.secret)
}

const digestOf = (author: Uint8Array): Buffer => sha256(author).subarray(0, 8)

/** Frames without their length. */
export const frames = {
  hello: (nonce: Buffer, bits: number): Buffer => Buffer.concat([Buffer.of(1, 0x01), nonce, Buffer.of(bits)]),
  store: (box: Buffer): Buffer => Buffer.concat([Buffer.of(1, 0x10), box]),
  fetch: (...places: { readonly place: Buffer; readonly proof: Buffer }[]): Buffer =>
    Buffer.concat([Buffer.of(1, 0x11, places.length), ...places.flatMap(({ place, proof }) => [place, proof])]),
  get: (...names: { readonly place: Buffer; readonly author: Buffer }[]): Buffer =>
    Buffer.concat([
      Buffer.of(1, 0x12, names.length),
      ...names.flatMap(({ place, author }) => [place, digestOf(author)]),
    ]),
  delete: (tombstone: Buffer): Buffer => Buffer.concat([Buffer.of(1, 0x13), tombstone]),
  done: Buffer.of(1, 0x20),
  refused: (code: number, detail: number): Buffer => Buffer.of(1, 0x21, code, detail),
}

/** A frame as it travels. */
export const framed = (frame: Buffer): Buffer => Buffer.concat([u32(frame.length), frame])
