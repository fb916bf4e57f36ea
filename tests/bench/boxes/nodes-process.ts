import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { fromHex } from '../../../core/base/bytes.ts'
import { systemClock } from '../../../core/base/clock.ts'
import { silentLog } from '../../../core/base/log.ts'
import { stopAll } from '../../../core/base/service.ts'
import { CommunityNode } from '../../../core/boxes/community-node.ts'
import { random, shuffled } from '../../../core/crypto/random.ts'
import { eventually } from '../../support/eventually.ts'
import { settled } from './settled.ts'

/** Community nodes in a process of their own, as `OurNodes` in nets.ts starts it. What they are told comes on stdin. */
const settings = z
  .strictObject({
    networkKey: z.string(),
    count: z.int(),
    /** How many of those before it each node is told of, and how many it must be connected with to have met them. */
    others: z.int(),
    /** Addresses of nodes that were there before. */
    told: z.array(z.string()),
    workBits: z.int(),
    /** Where their stores are; in memory where none is given. */
    directory: z.string().optional(),
    limits: z.record(z.string(), z.int()),
  })
  .parse(await json(process.stdin))

const nodes: CommunityNode[] = []
process.once('SIGTERM', () => void stopAll(nodes).then(() => process.exit(0)))

const addresses = [...settings.told]
for (let i = 0; i < settings.count; i++) {
  const before = shuffled(addresses).slice(0, settings.others)
  const node = new CommunityNode({
    networkKey: fromHex(settings.networkKey),
    identitySeed: random(32),
    listen: ['/ip4/127.0.0.1/tcp/0'],
    nodes: () => before,
    storePath: settings.directory === undefined ? ':memory:' : join(settings.directory, `${process.pid}-${i}.db`),
    workBits: settings.workBits,
    anchor: true,
    log: silentLog,
    clock: systemClock,
    ...settings.limits,
  })
  await node.start()
  nodes.push(node)
  addresses.push(...node.addresses().slice(0, 1))
  // one after the other: all at once, they would time each other out
  await eventually(() => (node.health()?.neighbours ?? 0) >= before.length, { everyMs: 10, timeoutMs: 60_000 })
}
console.log(`listening ${addresses.slice(settings.told.length).join(' ')}`)

let weighed = 0
// under --expose-gc, for the row of memory
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  console.log(`memory ${++weighed} ${rss} ${heapUsed + external}`)
})

const neighbours = (): number[] => nodes.map((node) => node.health()?.neighbours ?? 0)
const met = (): boolean => neighbours().every((count) => count >= settings.others)
await eventually(met, { everyMs: 100, timeoutMs: 60_000, what: 'the nodes to know each other' })
await settled(() => neighbours().reduce((sum, count) => sum + count, 0))
console.log('met')
