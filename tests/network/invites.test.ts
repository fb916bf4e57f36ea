import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp, type App } from '../../core/app.ts'
import { costFloor } from '../../core/crypto/passphrase.ts'
import { decodeLink, encodeLink } from '../../core/community/link.ts'
import type { Client } from '../journey/journey.ts'
import { reached } from '../journey/journey.ts'
import { eventually } from '../support/eventually.ts'
import { scratch, type Scratch } from '../support/scratch.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

let net: Testnet
let files: Scratch
let app: App

beforeAll(async () => {
  net = await startTestnet({ nodes: 3, anchors: 1 })
  files = scratch()
  app = createApp({ directory: join(files.directory, 'founder'), tuning: { passphraseCost: costFloor } })
  await app.start()
})
afterAll(async () => {
  await app.stop()
  await net.stop()
  files.remove()
})

it('an invite names the nodes that the founder was given, and none that only the network told of', async () => {
  const client: Client = createRouterClient(app.router)
  await client.vault.create({ passphrase: 'a lamp in the window' })
  const nodeLink = encodeLink({ kind: 'node', networkKey: net.networkKey, nodes: [...net.addresses] })
  const { id } = await client.communities.create({ name: 'Lanterna', nodeLink })
  await reached({ client }, id)
  // a refresh looks the network over, and meets the other two
  await client.offers.refresh({ communityId: id })
  const membership = async (): Promise<string | undefined> => (await client.communities.list())[0]?.network.state
  // the nodes know each other, and the app knows them all
  expect(net.nodes.map((node) => node.health()?.connections)).toEqual([3, 3, 3])
  // a change of state, with strangers still connected: now would be the moment to remember them
  await net.nodes[0]?.stop()
  await eventually(async () => (await membership()) === 'connecting', { what: 'the given node to be missed' })
  const { link } = await client.communities.invite({ communityId: id, days: 1 })
  expect(decodeLink(link, Date.now()).nodes).toEqual(net.addresses)
  expect((await client.communities.inspect({ link })).nodes).toBe(1)
})
