import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import { describe, expect, it } from 'vitest'
import { dialPlan } from '../../core/conversations/dial-plan.ts'
import { nodePeerId } from '../support/node-address.ts'

const [relay, contact, other] = [nodePeerId(1), nodePeerId(2), nodePeerId(3)]
const known = `/ip4/192.0.2.1/tcp/4001/p2p/${relay}`
const through = (at: string, peer = contact): string => `${at}/p2p-circuit/p2p/${peer}`

/** A member node in either privacy mode. */
const node = (mayBeDirect: boolean) => ({
  dialable: (addresses: readonly string[]): Multiaddr[] =>
    mayBeDirect ? addresses.map((text) => multiaddr(text)) : [],
})
const plan = (told: readonly string[], mayBeDirect: boolean, agreed: boolean) =>
  dialPlan(told, { node: node(mayBeDirect), knownNodes: [known], agreed })
const texts = (addresses: readonly Multiaddr[] | undefined): string[] | undefined => addresses?.map(String)

describe('the way to a contact', () => {
  it('leads through a relay that we know, to where we know it to be', () => {
    const elsewhere = `/ip4/203.0.113.66/tcp/6666/p2p/${relay}`
    const way = plan([through(elsewhere)], true, true)
    expect(way?.peer).toBe(contact)
    expect(texts(way?.relayed)).toEqual([through(known)])
    expect(way?.direct).toEqual([])
  })

  it('never leads through a relay that we do not know', () => {
    for (const at of [`/ip4/203.0.113.66/tcp/6666/p2p/${other}`, `/dns4/tell.example/tcp/1/p2p/${other}`]) {
      expect(plan([through(at)], true, true)).toBeUndefined()
    }
  })

  it('is direct only where both agreed and the privacy mode allows it', () => {
    const direct = `/ip4/203.0.113.7/tcp/4002/p2p/${contact}`
    expect(texts(plan([direct], true, true)?.direct)).toEqual([direct])
    expect(plan([direct], true, false)).toBeUndefined()
    expect(plan([direct], false, true)).toBeUndefined()
  })

  it('asks no name of the DNS, and speaks nothing but TCP to an address', () => {
    const hostile = [
      `/dns4/tell.example/tcp/80/p2p/${contact}`,
      `/dnsaddr/tell.example/p2p/${contact}`,
      `/ip4/203.0.113.7/tcp/80/ws/p2p/${contact}`,
      `/ip4/203.0.113.7/udp/53/p2p/${contact}`,
      `/ip4/203.0.113.7/tcp/80/tls/sni/tell.example/ws/p2p/${contact}`,
      `/ip4/203.0.113.7/tcp/80`,
      'not an address',
      '/ip4/999.1.1.1/tcp/1',
    ]
    expect(plan(hostile, true, true)).toBeUndefined()
  })

  it('leads to one peer', () => {
    const way = plan([through(known), through(known, other)], true, true)
    expect(texts(way?.relayed)).toEqual([through(known)])
  })

  it('leads nowhere without addresses', () => {
    expect(plan([], true, true)).toBeUndefined()
  })
})
