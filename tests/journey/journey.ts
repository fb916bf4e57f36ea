import { unsaid } from '../../core/api/blank-offer.ts'
import { randomBytes } from 'node:crypto'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../core/api/contract.ts'
import { eventually } from '../support/eventually.ts'

export type Client = ContractRouterClient<Contract>

/** One person's app: a process, a browser page, or an app in this process. */
export interface Person {
  readonly client: Client
  readonly passphrase: string
}

/** Words that must never be seen on the wire or on a node's disk. */
export const words = {
  community: 'Lanterna di via Garibaldi',
  mentor: 'Quiet Heron',
  seeker: 'Amber Fern',
  title: 'Portfolio reviews for illustrators',
  text: 'I have drawn for a living for twenty years and look at portfolios with people who begin.',
  topic: 'career-guidance',
  introduction: 'I draw at night and would love a kind pair of eyes on my portfolio.',
} as const

export async function createVault({ client, passphrase }: Person): Promise<void> {
  await client.vault.create({ passphrase })
}

/** @returns the community's id on this device, once a community node is reached */
export async function createCommunity({ client }: Person, nodeLink: string): Promise<string> {
  const { id } = await client.communities.create({ name: words.community, nodeLink })
  await reached({ client }, id)
  return id
}

export async function join({ client }: Pick<Person, 'client'>, link: string): Promise<string> {
  const { id } = await client.communities.join({ link })
  await reached({ client }, id)
  return id
}

export async function reached({ client }: Pick<Person, 'client'>, id: string): Promise<void> {
  await eventually(
    async () =>
      (await client.communities.list()).some(
        (community) => community.id === id && community.network.state === 'reached',
      ),
    { what: 'the community to be reached', timeoutMs: 30_000 },
  )
}

/** @returns the offer's id on the mentor's device, once it is stored by a majority */
export async function publishOffer({ client }: Person, personaId: string): Promise<string> {
  const { id } = await client.offers.publish({
    personaId,
    draft: {
      kind: 'offer',
      topics: [words.topic],
      title: words.title,
      text: words.text,
      languages: ['en', 'it'],
      level: 'any',
      formats: ['text'],
      ...unsaid,
    },
  })
  await eventually(
    async () => (await client.offers.mine()).some((offer) => offer.id === id && offer.state === 'published'),
    {
      what: 'the offer to be published',
      timeoutMs: 60_000,
    },
  )
  return id
}

/** @returns the offer's id on the seeker's device */
export async function findOffer({ client }: Person, communityId: string): Promise<string> {
  return eventually(
    async () => {
      await client.offers.refresh({ communityId, topic: words.topic })
      const offers = await client.offers.browse({ communityId, topic: words.topic })
      return offers.find((offer) => offer.title === words.title)?.id
    },
    { what: 'the offer to be found', timeoutMs: 30_000, everyMs: 250 },
  )
}

export async function introduce({ client }: Person, personaId: string, offerId: string): Promise<void> {
  const { id } = await client.introductions.send({ personaId, offerId, text: words.introduction })
  await eventually(
    async () => (await client.introductions.sent()).some((sent) => sent.id === id && sent.state === 'waiting'),
    {
      what: 'the introduction to be stored',
      timeoutMs: 60_000,
    },
  )
}

/** @returns the conversation's id on the mentor's device */
export async function acceptIntroduction({ client }: Person, communityId: string): Promise<string> {
  const pending = await eventually(
    async () => {
      await client.communities.check({ communityId })
      return (await client.introductions.pending()).find(({ text }) => text === words.introduction)
    },
    { what: 'the introduction to arrive', timeoutMs: 30_000, everyMs: 250 },
  )
  return (await client.introductions.accept({ introductionId: pending.id })).id
}

/** @returns the conversation's id on the seeker's device */
export async function learnOfAcceptance({ client }: Person, communityId: string): Promise<string> {
  return eventually(
    async () => {
      await client.communities.check({ communityId })
      return (await client.conversations.list())[0]?.id
    },
    { what: 'the acceptance to arrive', timeoutMs: 60_000, everyMs: 250 },
  )
}

export async function say({ client }: Pick<Person, 'client'>, conversationId: string, text: string): Promise<string> {
  const message = await client.conversations.send({ conversationId, clientId: randomBytes(16).toString('hex'), text })
  return message.id
}

/** What this person reads from the other in a conversation, in the order of the screen. */
export async function heard({ client }: Pick<Person, 'client'>, conversationId: string): Promise<string[]> {
  const messages = await client.conversations.messages({ conversationId, limit: 200 })
  return messages.filter(({ mine }) => !mine).map(({ text }) => text)
}

/** Waits until all of one's own messages are in one of the states. */
export async function allMine(
  { client }: Pick<Person, 'client'>,
  conversationId: string,
  ...states: string[]
): Promise<void> {
  await eventually(
    async () => {
      const messages = await client.conversations.messages({ conversationId, limit: 200 })
      return messages.filter(({ mine }) => mine).every(({ delivery }) => delivery !== null && states.includes(delivery))
    },
    { what: `all messages to be ${states.join(' or ')}`, timeoutMs: 60_000, everyMs: 100 },
  )
}

/** Checks for mail until `count` messages of the other are there. */
export async function waitToHear(
  { client }: Pick<Person, 'client'>,
  communityId: string,
  conversationId: string,
  count: number,
): Promise<string[]> {
  return eventually(
    async () => {
      await client.communities.check({ communityId }).catch(() => {})
      const texts = await heard({ client }, conversationId)
      return texts.length >= count ? texts : undefined
    },
    { what: `${count} messages to arrive`, timeoutMs: 60_000, everyMs: 250 },
  )
}

/** What became of messages: compared by text, which the journeys make unique. */
export interface Tally {
  sent: number
  received: number
  lost: number
  duplicated: number
  reordered: number
}

export function tally(sent: readonly string[], received: readonly string[]): Tally {
  const once = [...new Set(received)]
  const order = sent.filter((text) => once.includes(text))
  return {
    sent: sent.length,
    received: received.length,
    lost: sent.filter((text) => !once.includes(text)).length,
    duplicated: received.length - once.length,
    reordered: order.filter((text, index) => once[index] !== text).length,
  }
}
