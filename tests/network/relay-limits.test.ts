import type { Stream } from '@libp2p/interface'
import { afterEach, expect, describe, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet, type TestMember } from '../support/testnet.ts'

const protocol = '/staffetta/1/echo'
let testnet: Testnet

afterEach(() => testnet.stop())

/** A member that listens through the node, and what it is reached at. */
async function reachable(): Promise<TestMember & { told: string[] }> {
  const member = await testnet.member()
  await member.node.libp2p.handle(protocol, () => {})
  const told = await eventually(() => member.node.addresses(false).length > 0 && member.node.addresses(false))
  return { ...member, told }
}

function dial(from: TestMember, to: { told: string[] }): Promise<Stream> {
  return from.node.libp2p.dialProtocol(from.node.dialable(to.told, false), protocol)
}

const relay = (): { reservations: number; connections: number } | undefined => testnet.nodes[0]?.health()?.relay

describe('a relay', () => {
  it('takes so many pairs altogether, and another one when one has ended', async () => {
    testnet = await startTestnet({ node: { relay: { connections: 2 } } })
    const [a, b, c, d] = await Promise.all([reachable(), reachable(), reachable(), reachable()])
    await dial(a, b)
    await dial(c, d)
    expect(relay()).toEqual({ reservations: 4, connections: 2 })
    await expect(dial(a, c)).rejects.toThrow()
    expect(relay()?.connections).toBe(2)
    await a.node.libp2p.hangUp(b.node.libp2p.peerId)
    await eventually(() => relay()?.connections === 1)
    await dial(a, c)
    expect(relay()?.connections).toBe(2)
  })

  it('keeps no place for who has gone, and has one for who comes again', async () => {
    testnet = await startTestnet({ node: { relay: { reservations: 2 } } })
    for (let start = 0; start < 4; start++) {
      // every start of an app is another peer
      const [a, b] = await Promise.all([reachable(), reachable()])
      await dial(a, b)
      expect(relay()).toEqual({ reservations: 2, connections: 1 })
      await Promise.all([a.stop(), b.stop()])
      await eventually(() => relay()?.reservations === 0 && relay()?.connections === 0)
    }
  })
})
