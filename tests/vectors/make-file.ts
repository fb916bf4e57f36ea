import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { cbor } from './second-cbor.ts'

/**
 * Writes file.json from docs/PROTOCOL.md alone: nothing of core is imported, so
 * that the vectors can prove core wrong. `node tests/vectors/make-file.ts`.
 */
const text = (value: string): Buffer => Buffer.from(value, 'utf8')
const bytesFor = (label: string): Buffer => createHash('sha256').update(`staffetta test vector: ${label}`).digest()
const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()

function integer(value: number, width: number): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigUInt64BE(BigInt(value))
  return out.subarray(8 - width)
}

const chunkLength = 64_512
const segmentLength = 64 * chunkLength
const id = bytesFor('file id').subarray(0, 16)
const key = bytesFor('file key')

function hashesOf(content: Buffer): Buffer[] {
  const count = Math.ceil(content.length / segmentLength)
  return Array.from({ length: count }, (_, nth) =>
    sha256(content.subarray(nth * segmentLength, (nth + 1) * segmentLength)),
  )
}
const rootOf = (size: number, hashes: Buffer[]): Buffer =>
  sha256(text('staffetta/file/root/1'), integer(size, 8), ...hashes)

const note = text('Bring the blue thread.')
const roots = [note, Buffer.alloc(segmentLength, 1), Buffer.alloc(segmentLength + 1, 1)].map((content) => {
  const hashes = hashesOf(content)
  return {
    size: content.length,
    hashes: hashes.map((hash) => hash.toString('hex')),
    root: rootOf(content.length, hashes).toString('hex'),
  }
})
const root = rootOf(note.length, hashesOf(note))

const fields = { v: 1, id, size: note.length, type: 'other', name: 'note.txt', root, key }
const longest = { ...fields, size: 100 * 1024 * 1024, type: 'image/jpeg', name: 'é'.repeat(60) }
const offers = [fields, longest].map(({ size, type, name, ...each }) => ({
  id: id.toString('hex'),
  size,
  type,
  name,
  root: root.toString('hex'),
  key: key.toString('hex'),
  encoded: cbor({ size, type, name, ...each }).toString('hex'),
}))
const { key: _, ...keyless } = fields
const refusedOffers = [
  { why: 'a version of the future', code: 'unknown-version', of: { ...fields, v: 2 } },
  { why: 'a kind of the future', code: 'malformed', of: { ...fields, type: 'image/svg+xml' } },
  { why: 'nothing in it', code: 'malformed', of: { ...fields, size: 0 } },
  { why: 'one byte too many', code: 'malformed', of: { ...fields, size: 100 * 1024 * 1024 + 1 } },
  { why: 'an id of 15 bytes', code: 'malformed', of: { ...fields, id: id.subarray(1) } },
  { why: 'a key that is text', code: 'malformed', of: { ...fields, key: 'x'.repeat(32) } },
  { why: 'no key', code: 'malformed', of: keyless },
  { why: 'a field too many', code: 'malformed', of: { ...fields, path: '/tmp' } },
  { why: 'a name without end', code: 'too-large', of: { ...fields, name: 'x'.repeat(500) } },
].map(({ why, code, of }) => ({ why, code, encoded: cbor(of).toString('hex') }))

const derived = (info: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', info, 32))
const peer = (label: string): Buffer => Buffer.concat([Buffer.from('002408011220', 'hex'), bytesFor(label)])
const [asker, owner] = [peer('asker'), peer('owner')]
const proofs = [0, 24].map((segment) => ({
  segment,
  asker: asker.toString('hex'),
  owner: owner.toString('hex'),
  proof: createHmac('sha256', derived('staffetta/file/ask/1'))
    .update(Buffer.concat([id, integer(segment, 4), integer(asker.length, 4), asker, integer(owner.length, 4), owner]))
    .digest('hex'),
}))

/** Only the hash of what is sealed: it is 63 KiB. */
const chunks = [
  { index: 0, size: note.length, content: note },
  { index: 1, size: chunkLength + 3, content: text('abc') },
].map(({ index, size, content }) => {
  const filled = Buffer.alloc(chunkLength)
  content.copy(filled)
  const nonce = Buffer.concat([integer(index, 4), Buffer.alloc(8)])
  const cipher = createCipheriv('aes-256-gcm', derived('staffetta/file/chunk/1'), nonce)
  cipher.setAAD(Buffer.concat([id, integer(size, 8)]))
  const sealed = Buffer.concat([cipher.update(filled), cipher.final(), cipher.getAuthTag()])
  return { index, size, content: content.toString('hex'), sealedHash: sha256(sealed).toString('hex') }
})

const control = (kind: number, ...parts: Buffer[]): string => {
  const out = Buffer.alloc(1024)
  const body = Buffer.concat([Buffer.of(1, kind), ...parts])
  body.copy(out)
  out[body.length] = 0x80
  return out.toString('hex')
}
const proof = proofs[0]?.proof ?? ''
const hash = bytesFor('a segment')
const many = Array.from({ length: 26 }, () => hash)
const frames = [
  {
    kind: 'ask',
    id: id.toString('hex'),
    segment: 258,
    proof,
    encoded: control(1, id, integer(258, 2), Buffer.from(proof, 'hex')),
  },
  { kind: 'begin', hashes: [hash.toString('hex')], encoded: control(2, integer(1, 2), hash) },
  { kind: 'begin', hashes: many.map((each) => each.toString('hex')), encoded: control(2, integer(26, 2), ...many) },
  { kind: 'refused', reason: 'gone', encoded: control(3, Buffer.of(1)) },
  { kind: 'refused', reason: 'busy', encoded: control(3, Buffer.of(2)) },
  { kind: 'credit', chunks: 66_051, encoded: control(4, integer(66_051, 4)) },
  { kind: 'done', encoded: control(5) },
]
const refusedFrames = [
  { why: 'a version of the future', code: 'unknown-version', encoded: `02${control(5).slice(2)}` },
  { why: 'a kind that nobody knows', code: 'malformed', encoded: control(6) },
  { why: 'a refusal that nobody knows', code: 'malformed', encoded: control(3, Buffer.of(3)) },
  { why: 'no segments', code: 'malformed', encoded: control(2, integer(0, 2)) },
  { why: 'more segments than any file has', code: 'malformed', encoded: control(2, integer(27, 2), hash, ...many) },
  { why: 'something behind its fields', code: 'malformed', encoded: control(5, Buffer.of(0)) },
  { why: 'of no known length', code: 'malformed', encoded: control(5).slice(2) },
]

const vectors = { section: 'Files', roots, offers, refusedOffers, proofs, chunks, frames, refusedFrames }
writeFileSync(new URL('file.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
