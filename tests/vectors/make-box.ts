import { writeFileSync } from 'node:fs'
import { frames, keyOf, makeBox, makeTombstone, peerIdOf, placeOf, proofOfFetch, sha256, text, u64 } from './second.ts'

/**
 * Writes box.json by the second implementation, which imports nothing of core, so
 * that the vectors can prove core wrong. `node tests/vectors/make-box.ts`.
 */
const bytesFor = (label: string): Buffer => sha256(text(`staffetta test vector: ${label}`))

const material = Buffer.concat([bytesFor('write seed'), bytesFor('read seed'), bytesFor('body key')])
const own = placeOf(material)
const { write, read, place } = own
const author = keyOf(bytesFor('author seed'))

interface Wish {
  readonly name: string
  readonly sizeClass: 0 | 1
  readonly content: Buffer
  readonly sequence: bigint
  readonly expiryHours: number
  readonly workBits: number
}

function box({ name, sizeClass, ...wish }: Wish) {
  const sealNonce = bytesFor(`nonce of ${name}`).subarray(0, 24)
  const { digest, nonce, work, bytes } = makeBox({ ...wish, place: own, author, sealNonce })
  return {
    name,
    sizeClass,
    content: wish.content.toString('hex'),
    sequence: String(wish.sequence),
    expiryHours: wish.expiryHours,
    workDigest: digest.toString('hex'),
    workNonce: String(nonce),
    work,
    bytes: bytes.toString('base64'),
  }
}

const tombstone = (sequence: bigint) => ({
  sequence: String(sequence),
  bytes: makeTombstone(place, author, sequence).toString('hex'),
})

const nodePeer = peerIdOf(keyOf(bytesFor('node identity')).pub)
const helloNonce = bytesFor('hello nonce').subarray(0, 16)
const proof = proofOfFetch(own, helloNonce, nodePeer)

const digest = sha256(author.pub).subarray(0, 8)
const vectorFrames = {
  hello: frames.hello(helloNonce, 20),
  fetch: frames.fetch({ place, proof }),
  get: frames.get({ place, author: author.pub }),
  delete: frames.delete(makeTombstone(place, author, 7n)),
  done: frames.done,
  refused: frames.refused(5, 21),
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
    material: material.toString('hex'),
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
  fetch: {
    nonce: helloNonce.toString('hex'),
    peer: nodePeer.toString('hex'),
    signature: proof.toString('hex'),
    place: place.toString('hex'),
    position: sha256(nodePeer).toString('hex'),
  },
  frames: Object.fromEntries(Object.entries(vectorFrames).map(([name, bytes]) => [name, bytes.toString('hex')])),
}

writeFileSync(new URL('box.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
