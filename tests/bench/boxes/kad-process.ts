import { json } from 'node:stream/consumers'
import type { Multiaddr } from '@multiformats/multiaddr'
import { z } from 'zod'
import { fromHex } from '../../../core/base/bytes.ts'
import { shuffled } from '../../../core/crypto/random.ts'
import { kadNode, type KadNode } from './kad-node.ts'
import { settled } from './settled.ts'

/** Nodes of raw kad-dht in a process of their own, as `kadNodes` in kad.ts starts it. */
const { networkKey, count, others } = z
  .strictObject({ networkKey: z.string(), count: z.int(), others: z.int() })
  .parse(await json(process.stdin))

const nodes: KadNode[] = []
const addresses: Multiaddr[] = []
for (let i = 0; i < count; i++) {
  const node = await kadNode('server', fromHex(networkKey))
  nodes.push(node)
  for (const address of shuffled(addresses).slice(0, others)) await node.dial(address)
  addresses.push(...node.getMultiaddrs())
}
await settled(() => nodes.reduce((sum, node) => sum + node.getConnections().length, 0))
console.log(`listening ${addresses.join(' ')}`)
