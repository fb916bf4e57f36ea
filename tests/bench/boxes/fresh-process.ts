import { json } from 'node:stream/consumers'
import { multiaddr } from '@multiformats/multiaddr'
import { z } from 'zod'
import { fromHex } from '../../../core/base/bytes.ts'
import { privateNode } from '../../../core/network/libp2p.ts'
import { boxProtocol } from '../../../core/network/protocols.ts'
import { eventually } from '../../support/eventually.ts'
import { startMember } from '../../support/testnet.ts'
import { Wire } from './wire.ts'

/** One fresh member that stores one box and says when it is acknowledged: ours, or libp2p with the bytes alone. */
const told = z
  .strictObject({
    how: z.enum(['member', 'raw']),
    networkKey: z.string(),
    box: z.string(),
    /** Of the anchors; for `raw` of all nodes that the box belongs on. */
    addresses: z.array(z.string()),
  })
  .parse(await json(process.stdin))

const networkKey = fromHex(told.networkKey)
const box = fromHex(told.box)
if (told.how === 'member') {
  const { client } = await startMember({ networkKey, addresses: told.addresses })
  // tried again where nobody answers in time, as an outbox would: it is part of what is measured
  await eventually(() => client.store(box).then(() => true), { timeoutMs: 60_000 })
} else {
  const node = await privateNode({ networkKey, role: 'member', listen: [] })
  await node.start()
  let left = Math.floor(told.addresses.length / 2) + 1
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const address of told.addresses) {
    void (async () => {
      const { wire } = await Wire.open(await node.dialProtocol(multiaddr(address), boxProtocol))
      if ((await wire.ask({ type: 'store', box })).type === 'done' && --left === 0) resolve()
      // one that does not answer is left out, as our member leaves it out
    })().catch(() => {})
  }
  await promise
}
console.log('acknowledged')
