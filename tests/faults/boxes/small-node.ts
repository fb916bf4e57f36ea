import { text } from 'node:stream/consumers'
import { setInterval as every } from 'node:timers/promises'
import { z } from 'zod'
import { fromHex } from '../../../core/base/bytes.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { silentLog as log } from '../../../core/base/log.ts'
import { CommunityNode } from '../../../core/boxes/community-node.ts'

/**
 * A community node with a small quota as its own process, so that its memory is
 * its own. Reads its options as JSON from standard input, says where it listens,
 * and then what it is like, once in a while, until SIGTERM.
 */
const { networkKey, identitySeed, storePath, quota, workBits } = z
  .object({
    networkKey: z.string(),
    identitySeed: z.string(),
    storePath: z.string(),
    quota: z.number(),
    workBits: z.number(),
  })
  .parse(JSON.parse(await text(process.stdin)))
const node = new CommunityNode({
  networkKey: fromHex(networkKey),
  identitySeed: fromHex(identitySeed),
  listen: ['/ip4/127.0.0.1/tcp/0'],
  storePath,
  quota,
  workBits,
  clock,
  log,
})
await node.start()
console.log(`at ${node.addresses()[0] ?? ''}`)
const end = new AbortController()
process.once('SIGTERM', () => end.abort())
try {
  for await (const _ of every(250, undefined, { signal: end.signal })) {
    console.log(`health ${JSON.stringify({ rss: process.memoryUsage.rss(), ...node.health() })}`)
  }
} catch {
  await node.stop()
}
