import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { createApp } from '../../core/app.ts'
import { capability } from '../../core/boxes/capability.ts'
import { encodeLink } from '../../core/community/link.ts'
import { defaultCost, stretch } from '../../core/crypto/passphrase.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { figure, medianTime, type Figure } from '../harness/figures.ts'
import * as journey from '../journey/journey.ts'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'
import { addressOf, answerOn, echoer, echoNode, echoOnce } from './raw.ts'

const boxBytes = new Uint8Array(4342)
const frameBytes = new Uint8Array(400)
const content = random(1000)

/**
 * Each step of the journey on a network of 8 nodes in this process, with full
 * proof of work, and beside it what raw libp2p (same network key, noise, yamux)
 * needs for the bytes alone. Milliseconds, medians.
 */
export async function journeyBench(): Promise<Figure[]> {
  const net = await startTestnet({ nodes: 8, workBits: 20 })
  const directory = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    return [...(await vault()), ...(await boxes(net)), ...(await people(net, directory))]
  } finally {
    await net.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function vault(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'))
  const app = createApp({ directory })
  await app.start()
  try {
    const client: journey.Client = createRouterClient(app.router)
    const passphrase = 'a lamp in the window'
    await client.vault.create({ passphrase })
    const salt = random(16)
    const alone = await medianTime(3, async () => void (await stretch(passphrase, salt, defaultCost)))
    const unlock = await medianTime(3, async () => {
      await client.vault.lock()
      await client.vault.unlock({ passphrase })
    })
    return [figure('lock and unlock the vault', unlock, { name: 'Argon2id alone', value: alone })]
  } finally {
    await app.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function boxes(net: Testnet): Promise<Figure[]> {
  const echo = await Promise.all(Array.from({ length: 8 }, () => echoNode(net.networkKey)))
  const dialler = await echoNode(net.networkKey)
  const member = await net.member()
  try {
    await eventually(() => member.node.status().nodesReached === 8)
    const reach = await medianTime(5, async () => {
      const fresh = await net.member()
      await eventually(() => fresh.node.status().state === 'reached', { everyMs: 1 })
      await fresh.stop()
    })
    const dial = await medianTime(5, async () => {
      const fresh = await echoNode(net.networkKey)
      await fresh.dial(addressOf(echo[0] ?? dialler))
      await fresh.stop()
    })
    const connections = await Promise.all(echo.map((node) => dialler.dial(addressOf(node))))
    const overEight = async (): Promise<void> => {
      await Promise.all(connections.map((connection) => echoOnce(connection, boxBytes)))
    }
    const raw = await medianTime(15, overEight)

    const place = capability(random(96))
    const prepared = await Promise.all(
      Array.from({ length: 16 }, async () =>
        member.client.prepare({
          capability: place,
          author: freshSigningKey(),
          sequence: 1n,
          expiryHours: Math.floor(Date.now() / 3_600_000) + 24,
          content,
        }),
      ),
    )
    const store = await medianTime(15, async (run) => member.client.store(prepared[run + 1] ?? new Uint8Array()))
    const places = Array.from({ length: 16 }, () => capability(random(96)))
    let next = 0
    const fetch = await medianTime(15, async () => void (await member.client.fetch([places[next++ % 16] ?? place])))
    const baseline = (value: number) => ({ name: 'raw libp2p, the same bytes to 8 nodes', value })
    return [
      figure('a fresh member reaches its community', reach, { name: 'raw libp2p, fresh node dials one', value: dial }),
      figure('store one box on 8 nodes, work excluded', store, baseline(raw)),
      figure('ask 8 nodes for an unknown place', fetch, baseline(raw)),
    ]
  } finally {
    await member.stop()
    for (const node of [...echo, dialler]) await node.stop()
  }
}

async function people(net: Testnet, directory: string): Promise<Figure[]> {
  const person = async (name: string) => {
    const app = createApp({ directory: join(directory, name) })
    await app.start()
    const client: journey.Client = createRouterClient(app.router)
    return { app, client, passphrase: `a lamp in the window of ${name}` }
  }
  const mentor = await person('mentor')
  const seeker = await person('seeker')
  const took = async <Value>(body: () => Promise<Value>): Promise<[number, Value]> => {
    const from = performance.now()
    const value = await body()
    return [performance.now() - from, value]
  }
  try {
    await journey.createVault(mentor)
    await journey.createVault(seeker)
    const nodeLink = encodeLink({ kind: 'node', networkKey: net.networkKey, nodes: net.addresses.slice(0, 8) })
    const here = await journey.createCommunity(mentor, nodeLink)
    const { link } = await mentor.client.communities.invite({ communityId: here, days: 1 })
    const [joined, there] = await took(() => journey.join(seeker, link))
    const { words } = journey
    const teacher = await mentor.client.personas.create({ communityId: here, pseudonym: words.mentor })
    const learner = await seeker.client.personas.create({ communityId: there, pseudonym: words.seeker })
    const [published] = await took(() => journey.publishOffer(mentor, teacher.id))
    const [found, offerId] = await took(() => journey.findOffer(seeker, there))
    const [introduced] = await took(() => journey.introduce(seeker, learner.id, offerId))
    const [accepted, talk] = await took(() => journey.acceptIntroduction(mentor, here))
    const [learned] = await took(() => journey.learnOfAcceptance(seeker, there))
    await journey.say(mentor, talk, 'first')
    await journey.allMine(mentor, talk, 'delivered')
    const live = await medianTime(15, async (run) => {
      const delivered = nextDelivery(mentor.client, talk)
      await journey.say(mentor, talk, `message ${run}`)
      await delivered
    })
    return [
      figure('join by an invite', joined),
      figure('publish an offer: two boxes with 20 bits of work', published),
      figure('find it', found),
      figure('introduce oneself: Argon2id work and a box with 20 bits', introduced),
      figure('get the introduction and accept', accepted),
      figure('learn of it', learned),
      figure('a live message, said until delivered, in both vaults', live, {
        name: 'raw libp2p echo of 400 bytes, relayed',
        value: await relayedEcho(net),
      }),
    ]
  } finally {
    await seeker.app.stop()
    await mentor.app.stop()
  }
}

/** Resolves when the newest message of one's own is delivered, as the events tell. */
async function nextDelivery(client: journey.Client, conversationId: string): Promise<void> {
  const abort = new AbortController()
  const events = await client.events(undefined, { signal: abort.signal })
  let said = false
  for await (const event of events) {
    if (event.type !== 'messages' || event.conversationId !== conversationId) continue
    const [last] = await client.conversations.messages({ conversationId, limit: 1 })
    if (last?.delivery === 'queued') said = true
    if (said && last?.delivery === 'delivered') break
  }
  abort.abort()
}

async function relayedEcho(net: Testnet): Promise<number> {
  const far = await net.member()
  const near = await net.member()
  try {
    const { libp2p } = far.node
    await answerOn(libp2p)
    const address = await eventually(() => far.node.addresses(false)[0])
    const [target] = near.node.dialable([address], false)
    if (target === undefined) throw new Error('The relay is not known')
    const ping = await echoer(await near.node.libp2p.dial(target))
    return await medianTime(50, () => ping(frameBytes))
  } finally {
    await near.stop()
    await far.stop()
  }
}
