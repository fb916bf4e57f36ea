import { argon2Sync, createHash, createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import nacl from 'tweetnacl'

/**
 * Writes key-file.json from docs/PROTOCOL.md alone: nothing of core is imported,
 * so that the vectors can prove core wrong. `node tests/vectors/make-key-file.ts`.
 */
const bytesFor = (label: string, length = 32): Buffer =>
  createHash('sha512').update(`staffetta test vector: ${label}`).digest().subarray(0, length)
const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('sha256', key).update(data).digest()

function u32(value: number): Buffer {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value)
  return out
}

/** One block of RFC 5869, without a salt. */
function hkdf(key: Buffer, info: Buffer): Buffer {
  return hmac(hmac(Buffer.alloc(32), key), Buffer.concat([info, Buffer.of(1)]))
}

// typed with a combining accent: NFKC makes one letter of it
const passphrase = 'caffe\u0300 ristretto a mezzogiorno'
const memoryKiB = 65_536
const passes = 2
const salt = bytesFor('salt', 16)
const databaseKey = bytesFor('database key')
const slot = 2

const stretched = argon2Sync('argon2id', {
  message: Buffer.from(passphrase.normalize('NFKC'), 'utf8'),
  nonce: salt,
  parallelism: 1,
  tagLength: 32,
  memory: memoryKiB,
  passes,
})
const slotKey = hkdf(stretched, Buffer.concat([Buffer.from('staffetta/slot/1'), Buffer.of(slot)]))
const payload = Buffer.concat([Buffer.of(0), databaseKey, Buffer.alloc(31)])
const nonce = bytesFor('nonce of the slot', 24)
const sealed = Buffer.concat([nonce, nacl.secretbox(payload, nonce, slotKey)])
/** 104 bytes of noise in a slot that is not in use. */
const noise = (index: number): Buffer => Buffer.concat([bytesFor(`slot ${index}`, 64), bytesFor(`rest ${index}`, 40)])
const slots = [0, 1, 2, 3].map((index) => (index === slot ? sealed : noise(index)))
const body = Buffer.concat([Buffer.of(1), u32(memoryKiB), u32(passes), salt, ...slots])
const checksum = createHash('sha256').update('staffetta/key-file/1').update(body).digest()

const vectors = {
  section: 'Key file',
  passphrase,
  memoryKiB,
  passes,
  salt: salt.toString('hex'),
  stretched: stretched.toString('hex'),
  slot,
  slotKey: slotKey.toString('hex'),
  databaseKey: databaseKey.toString('hex'),
  bytes: Buffer.concat([body, checksum]).toString('hex'),
}

writeFileSync(new URL('key-file.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
