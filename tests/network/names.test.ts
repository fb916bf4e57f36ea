import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

/** `localhost` is a name like any other to the system's resolver, and leads to the same node. */
let net: Testnet
let named: string

beforeAll(async () => {
  net = await startTestnet({ nodes: 2, anchors: 1 })
  named = (net.nodes[1]?.addresses()[0] ?? '').replace('/ip4/127.0.0.1/', '/dns4/localhost/')
})
afterAll(() => net.stop())

it('a name that the community gave is dialled', async () => {
  const { node } = await net.member({ addresses: [named] })
  await eventually(() => node.status().state === 'reached')
})

it('a name that somebody else told of is not asked of the DNS', async () => {
  const { node } = await net.member()
  await eventually(() => node.status().state === 'reached')
  await expect(node.libp2p.dial(multiaddr(named))).rejects.toMatchObject({ name: 'DialDeniedError' })
})
