import { multiaddr } from '@multiformats/multiaddr'
import HyperDHT from 'hyperdht'
import { concat, hex, utf8, type Bytes } from '../../../core/base/bytes.ts'
import { random } from '../../../core/crypto/random.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { Children } from '../children.ts'
import { interleaved } from '../interleaved.ts'
import { kadNode, namespace, type KadNode } from './kad-node.ts'
import { hyperValue, nodeCount, toldCount } from './nets.ts'
import { settled } from './settled.ts'
import type { SharedNets } from './shared-nets.ts'

const times = 15
const warm = 5
/** As long as a box of class 0. */
const valueLength = 4342

/** What libp2p's own kad-dht takes to keep the same bytes, so that it is known what our network is there for. */
export async function kadRow(shared: SharedNets): Promise<Figure[]> {
  const children = new Children()
  try {
    const [clientOf, hyper] = await Promise.all([kadNodes(children), shared.hyper()])
    const [writer, client] = await Promise.all([clientOf(), clientOf()])
    const [hyperWriter, hyperClient] = [await hyper.client(), await hyper.client()]
    const written = Array.from({ length: warm + times }, () => ({ key: freshKey(), pair: HyperDHT.keyPair() }))
    for (const { key, pair } of written) {
      await put(writer, key)
      await hyperWriter.mutablePut(pair, random(hyperValue))
    }
    await writer.stop()
    await hyperWriter.destroy()
    const putting = await interleaved(times, warm, {
      ours: () => put(client, freshKey()),
      theirs: () => hyperClient.mutablePut(HyperDHT.keyPair(), random(hyperValue)),
    })
    const getting = await interleaved(times, warm, {
      ours: (run) => get(client, written[warm + run]?.key ?? freshKey()),
      async theirs(run) {
        const { publicKey } = written[warm + run]?.pair ?? HyperDHT.keyPair()
        if ((await hyperClient.mutableGet(publicKey)) === null) throw new Error('A value was not found')
      },
    })
    await client.stop()
    await hyperClient.destroy()
    return [
      figure('raw kad-dht: put of 4,342 bytes among 60 nodes', median(putting.ours), {
        name: 'hyperdht mutablePut of 1 KiB among 60 nodes',
        value: median(putting.theirs),
      }),
      figure('raw kad-dht: get of 4,342 bytes among 60 nodes', median(getting.ours), {
        name: 'hyperdht mutableGet among 60 nodes',
        value: median(getting.theirs),
      }),
    ]
  } finally {
    await children.end()
  }
}

/** Nodes in a process of their own. @returns makes a client that has found its place among them */
async function kadNodes(children: Children): Promise<() => Promise<KadNode>> {
  const networkKey = random(32)
  const input = { networkKey: hex(networkKey), count: nodeCount, others: toldCount }
  const [, list = ''] = await children.start('boxes/kad-process.ts', input).line(/^listening (.+)$/, 150_000)
  const told = list.split(' ').slice(0, toldCount)
  return async () => {
    const client = await kadNode('client', networkKey)
    for (const address of told) await client.dial(multiaddr(address))
    await settled(() => client.getConnections().length)
    return client
  }
}

const freshKey = (): Bytes => concat(utf8(`/${namespace}/`), random(32))

async function put(client: KadNode, key: Bytes): Promise<void> {
  let taken = 0
  for await (const event of client.services.dht.put(key, random(valueLength))) {
    if (event.name === 'PEER_RESPONSE' && event.messageName === 'PUT_VALUE') taken++
  }
  if (taken === 0) throw new Error('Nobody took a value')
}

async function get(client: KadNode, key: Bytes): Promise<void> {
  let found = 0
  for await (const event of client.services.dht.get(key)) {
    if (event.name === 'VALUE') found = event.value.length
  }
  if (found !== valueLength) throw new Error('A value was not found')
}
