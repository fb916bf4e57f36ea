import { writeFileSync } from 'node:fs'
import { hex, utf8, type Bytes } from '../../core/base/bytes.ts'
import { boardCapability } from '../../core/boxes/capability.ts'
import { epochOf, epochStart } from '../../core/community/epoch.ts'
import { nextSecret, topicSecret } from '../../core/community/secret.ts'
import { allTopic } from '../../core/offers/boards.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { weaveOf } from '../../core/personas/weave.ts'

/*
 * Writes keys.json, always the same: `node tests/vectors/make-keys.ts`.
 * PROTOCOL.md sections "Epochs", "Community secret", "Places" and "Weave".
 */
const bytesFor = (label: string): Bytes => sha256(utf8(`staffetta test vector: ${label}`))

const times = [0, 345_599_999, 345_600_000, 950_399_999, 950_400_000, Date.UTC(2026, 10, 18, 12), Date.UTC(2100, 0, 4)]

const boards = [
  { kind: 'offer', topic: 'sewing', epoch: 2967, shard: 0 },
  { kind: 'offer', topic: 'sewing', epoch: 2967, shard: 255 },
  { kind: 'offer', topic: 'sewing', epoch: 2968, shard: 0 },
  { kind: 'request', topic: 'sewing', epoch: 2967, shard: 0 },
  { kind: 'request', topic: allTopic, epoch: 2967, shard: 3 },
] as const

export function keyVectors(): unknown {
  const secrets = [bytesFor('community secret')]
  for (let step = 0; step < 3; step++) secrets.push(nextSecret(secrets.at(-1) ?? bytesFor('none')))
  const [secret = bytesFor('none')] = secrets
  return {
    section: 'Keys',
    epochs: times.map((now) => ({ now, epoch: epochOf(now), start: epochStart(epochOf(now)) })),
    /** Each the successor of the one before. */
    communitySecrets: secrets.map(hex),
    boards: boards.map(({ kind, topic, epoch, shard }) => {
      const ofTopic = topicSecret(secret, kind, topic)
      const { write, read, writePublic, readPublic, bodyKey, place } = boardCapability(ofTopic, epoch, shard)
      return {
        communitySecret: hex(secret),
        kind,
        topic,
        topicSecret: hex(ofTopic),
        epoch,
        shard,
        writeSeed: hex(write.secretKey.subarray(0, 32)),
        writePublic: hex(writePublic),
        readSeed: hex(read.secretKey.subarray(0, 32)),
        readPublic: hex(readPublic),
        bodyKey: hex(bodyKey),
        place: hex(place),
      }
    }),
    weaves: Array.from({ length: 8 }, (_, i) => {
      const { publicKey } = signingKey(bytesFor(`persona ${i}`))
      const { threads, motif, cells } = weaveOf(publicKey)
      return { publicKey: hex(publicKey), threads, motif, cells: cells.join('') }
    }),
  }
}

if (import.meta.main) {
  writeFileSync(new URL('keys.json', import.meta.url), `${JSON.stringify(keyVectors(), null, 2)}\n`)
}
