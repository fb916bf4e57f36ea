import { createInterface } from 'node:readline'
import { z } from 'zod'
import { fromHex } from '../../../core/base/bytes.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { isFault } from '../../../core/base/fault.ts'
import { silentLog as log } from '../../../core/base/log.ts'
import { NetworkBoxClient } from '../../../core/boxes/network-client.ts'
import { MemberNode } from '../../../core/network/member-node.ts'
import { request, toLine, type FarAnswer, type FarRequest } from './far-wire.ts'

/** A member as its own process, on a host of its own: the first line of its input says of which nodes, the others what to do. */
const lines = createInterface(process.stdin)
let served: { node: MemberNode; client: NetworkBoxClient } | undefined

for await (const line of lines) {
  if (served === undefined) served = await begin(line)
  else {
    const [id = '', ...rest] = line.split(' ')
    const { node, client } = served
    // several at a time, as an app does
    void answerTo(request.parse(JSON.parse(rest.join(' '))), node, client).then((answer) =>
      console.log(`answer ${id} ${toLine(answer)}`),
    )
  }
}
await served?.client.stop()
await served?.node.stop()

async function begin(line: string): Promise<NonNullable<typeof served>> {
  const { networkKey, addresses } = z
    .object({ networkKey: z.string(), addresses: z.array(z.string()) })
    .parse(JSON.parse(line))
  const node = new MemberNode({
    networkKey: fromHex(networkKey),
    nodes: () => addresses,
    privacyMode: 'relay',
    clock,
    log,
  })
  const client = new NetworkBoxClient({ node, clock, log })
  await node.start()
  await client.start()
  return { node, client }
}

async function answerTo(asked: FarRequest, node: MemberNode, client: NetworkBoxClient): Promise<FarAnswer> {
  try {
    switch (asked.ask) {
      case 'status':
        return { nodesReached: node.status().nodesReached }
      case 'store':
        await client.store(asked.box)
        return {}
      case 'fetch':
        return { boxes: await client.fetch(asked.places) }
      case 'occupancy':
        return { counts: await client.occupancy(asked.places) }
      default:
        await client.delete(asked)
        return {}
    }
  } catch (error) {
    return { fault: isFault(error) ? error.code : 'internal' }
  }
}
