import { createHash, createHmac, createPrivateKey, createPublicKey } from 'node:crypto'
import { writeFileSync } from 'node:fs'

/**
 * Writes mailbox.json from docs/PROTOCOL.md alone: nothing of core is imported,
 * and HKDF is spelled out (RFC 5869), so that the vectors can prove core wrong.
 */
const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('sha256', key).update(data).digest()
const text = (value: string): Buffer => Buffer.from(value, 'utf8')

function hkdf(key: Buffer, info: Buffer, length: number): Buffer {
  const extracted = hmac(Buffer.alloc(32), key)
  let block: Buffer = Buffer.alloc(0)
  let out: Buffer = Buffer.alloc(0)
  for (let counter = 1; out.length < length; counter++) {
    block = hmac(extracted, Buffer.concat([block, info, Buffer.of(counter)]))
    out = Buffer.concat([out, block])
  }
  return out.subarray(0, length)
}

/** The public half of an Ed25519 seed, by way of PKCS #8 (RFC 8410). */
function publicOf(seed: Buffer): Buffer {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  return key.export({ format: 'der', type: 'spki' }).subarray(-32)
}

function box(material: Buffer, authorSeed: Buffer): Record<string, string> {
  const writePublic = publicOf(material.subarray(0, 32))
  const readPublic = publicOf(material.subarray(32, 64))
  const place = createHash('sha256')
    .update(Buffer.concat([text('staffetta/place/1'), writePublic, readPublic]))
    .digest()
  return {
    writePublic: writePublic.toString('hex'),
    readPublic: readPublic.toString('hex'),
    bodyKey: material.subarray(64, 96).toString('hex'),
    place: place.toString('hex'),
    authorSeed: authorSeed.toString('hex'),
    authorPublic: publicOf(authorSeed).toString('hex'),
  }
}

function conversation(root: Buffer): unknown {
  const presence = hkdf(root, text('staffetta/presence/1'), 32)
  const directions = [0, 1].map((direction) => {
    let chainKey = hkdf(root, Buffer.concat([text('staffetta/mailbox/1'), Buffer.of(direction)]), 32)
    const mailbox = [0, 1, 2].map((index) => {
      const key = chainKey
      chainKey = hkdf(key, text('staffetta/mailbox/next/1'), 32)
      return {
        index,
        chainKey: key.toString('hex'),
        ...box(hkdf(key, text('staffetta/mailbox/box/1'), 96), hkdf(key, text('staffetta/mailbox/author/1'), 32)),
      }
    })
    const days = [0, 20_780, 0xffff_ffff].map((day) => {
      const when = Buffer.alloc(5)
      when.writeUInt8(direction, 0)
      when.writeUInt32BE(day, 1)
      return {
        day,
        ...box(
          hkdf(presence, Buffer.concat([text('staffetta/presence/box/1'), when]), 96),
          hkdf(presence, Buffer.concat([text('staffetta/presence/author/1'), when]), 32),
        ),
      }
    })
    return { direction, mailbox, presence: days }
  })
  return {
    root: root.toString('hex'),
    channelKey: hkdf(root, text('staffetta/channel/1'), 32).toString('hex'),
    presenceKey: presence.toString('hex'),
    directions,
  }
}

const roots = [Buffer.alloc(64), Buffer.from(Array.from({ length: 64 }, (_, index) => index))]
const path = new URL('mailbox.json', import.meta.url)
writeFileSync(path, `${JSON.stringify({ conversations: roots.map(conversation) }, null, 2)}\n`)
