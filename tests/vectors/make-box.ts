import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import nacl from 'tweetnacl'

/**
 * Writes box.json from docs/PROTOCOL.md alone: nothing of core is imported, so
 * that the vectors can prove core wrong. `node tests/vectors/make-box.ts`.
 */
const text = (value: string): Buffer => Buffer.from(value, 'utf8')
const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
const bytesFor = (label: string): Buffer => sha256(text(`staffetta test vector: ${label}`))

function u32(value: number): Buffer {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value)
  return out
}

function u64(value: bigint): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigUInt64BE(value)
  return out
}

/** An Ed25519 seed, by way of PKCS #8 (RFC 8410). */
function keyOf(seed: Buffer): { secret: KeyObject; pub: Buffer } {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { secret, pub: createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32) }
}

function zeroBits(hash: Buffer): number {
  const first = hash.findIndex((byte) => byte !== 0)
  return first < 0 ? 256 : first * 8 + Math.clz32(hash[first] ?? 0) - 24
}

const write = keyOf(bytesFor('write seed'))
const read = keyOf(bytesFor('read seed'))
const bodyKey = bytesFor('body key')
const author = keyOf(bytesFor('author seed'))
const place = sha256(text('staffetta/place/1'), write.pub, read.pub)

interface Wish {
  readonly name: string
  readonly sizeClass: 0 | 1
  readonly content: Buffer
  readonly sequence: bigint
  readonly expiryHours: number
  readonly workBits: number
}

function box({ name, sizeClass, content, sequence, expiryHours, workBits }: Wish) {
  const bodyLength = sizeClass === 0 ? 4096 : 16_384
  const padded = Buffer.alloc(bodyLength - 24 - 16)
  content.copy(padded)
  padded[content.length] = 0x80
  const sealNonce = bytesFor(`nonce of ${name}`).subarray(0, 24)
  const body = Buffer.concat([sealNonce, nacl.secretbox(padded, sealNonce, bodyKey)])
  const head = Buffer.concat([
    Buffer.of(1, sizeClass),
    write.pub,
    read.pub,
    author.pub,
    u64(sequence),
    u32(expiryHours),
  ])
  const workDigest = sha256(head, body)
  let workNonce = 0n
  const work = (): number => zeroBits(sha256(text('staffetta/work/1'), workDigest, u64(workNonce)))
  while (work() < workBits) workNonce++
  const unsigned = Buffer.concat([head, u64(workNonce), body])
  const once = Buffer.concat([unsigned, sign(null, unsigned, author.secret)])
  return {
    name,
    sizeClass,
    content: content.toString('hex'),
    sequence: String(sequence),
    expiryHours,
    workDigest: workDigest.toString('hex'),
    workNonce: String(workNonce),
    work: work(),
    bytes: Buffer.concat([once, sign(null, once, write.secret)]).toString('base64'),
  }
}

function tombstone(sequence: bigint) {
  const unsigned = Buffer.concat([Buffer.of(1, 2), place, author.pub, u64(sequence)])
  const signature = sign(null, Buffer.concat([text('staffetta/delete/1'), unsigned]), author.secret)
  return { sequence: String(sequence), bytes: Buffer.concat([unsigned, signature]).toString('hex') }
}

/** The PeerId of an Ed25519 key as a multihash: the identity hash of libp2p's protobuf of the public key. */
const nodePeer = Buffer.concat([Buffer.from('002408011220', 'hex'), keyOf(bytesFor('node identity')).pub])

function fetchProof() {
  const nonce = bytesFor('hello nonce').subarray(0, 16)
  const claim = Buffer.concat([text('staffetta/fetch/1'), nonce, nodePeer, place])
  return {
    nonce: nonce.toString('hex'),
    peer: nodePeer.toString('hex'),
    signature: sign(null, claim, read.secret).toString('hex'),
  }
}

const digest = sha256(author.pub).subarray(0, 8)
const proof = fetchProof()
const frames = {
  hello: Buffer.concat([Buffer.of(1, 0x01), Buffer.from(proof.nonce, 'hex'), Buffer.of(20)]),
  fetch: Buffer.concat([Buffer.of(1, 0x11, 1), place, Buffer.from(proof.signature, 'hex')]),
  get: Buffer.concat([Buffer.of(1, 0x12, 1), place, digest]),
  delete: Buffer.concat([Buffer.of(1, 0x13), Buffer.from(tombstone(7n).bytes, 'hex')]),
  done: Buffer.of(1, 0x20),
  refused: Buffer.of(1, 0x21, 5, 21),
  digests: Buffer.concat([
    Buffer.of(1, 0x22, 0, 1, 3, 0, 2),
    digest,
    u64(7n),
    Buffer.of(0),
    digest,
    u64(8n),
    Buffer.of(1),
  ]),
  record: Buffer.of(1, 0x23, 0),
}

/** One byte of the first box changed: what a node that asks for its 12 bits says, at hour 494,000. */
const changes = [
  { name: 'version', offset: 0, xor: 3, reasons: ['unknown-version'] },
  { name: 'size class', offset: 1, xor: 1, reasons: ['bad-length'] },
  { name: 'expiry, in the past', offset: 106, xor: 0x80, reasons: ['too-far-ahead'] },
  { name: 'expiry, long ago', offset: 107, xor: 0x07, reasons: ['expired'] },
  { name: 'sequence', offset: 98, xor: 1, reasons: ['work-too-low'] },
  { name: 'body', offset: 1000, xor: 1, reasons: ['work-too-low'] },
  { name: 'nonce of the work', offset: 117, xor: 1, reasons: ['work-too-low'] },
  { name: "the author's signature", offset: 4342 - 128, xor: 1, reasons: ['bad-signature'] },
  { name: "the writer's signature", offset: 4342 - 1, xor: 1, reasons: ['bad-signature'] },
]

const vectors = {
  section: 'Boxes',
  capability: {
    material: Buffer.concat([bytesFor('write seed'), bytesFor('read seed'), bodyKey]).toString('hex'),
    writePublic: write.pub.toString('hex'),
    readPublic: read.pub.toString('hex'),
    place: place.toString('hex'),
    position: sha256(place).toString('hex'),
  },
  author: {
    seed: bytesFor('author seed').toString('hex'),
    publicKey: author.pub.toString('hex'),
    digest: digest.toString('hex'),
  },
  boxes: [
    {
      name: 'small',
      sizeClass: 0 as const,
      content: text('a small box'),
      sequence: 7n,
      expiryHours: 494_100,
      workBits: 12,
    },
    { name: 'empty', sizeClass: 0 as const, content: Buffer.alloc(0), sequence: 0n, expiryHours: 494_001, workBits: 8 },
    {
      name: 'full',
      sizeClass: 0 as const,
      content: Buffer.alloc(4055, 0x61),
      sequence: 2n ** 64n - 1n,
      expiryHours: 494_360,
      workBits: 8,
    },
    {
      name: 'large',
      sizeClass: 1 as const,
      content: Buffer.alloc(4056, 0x62),
      sequence: 1n,
      expiryHours: 494_200,
      workBits: 8,
    },
  ].map(box),
  changes,
  tombstone: tombstone(7n),
  fetch: { ...proof, place: place.toString('hex'), position: sha256(nodePeer).toString('hex') },
  frames: Object.fromEntries(Object.entries(frames).map(([name, bytes]) => [name, bytes.toString('hex')])),
}

writeFileSync(new URL('box.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
