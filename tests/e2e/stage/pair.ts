import * as journey from '../../journey/journey.ts'
import { words, type Client } from '../../journey/journey.ts'
import { eventually } from '../../support/eventually.ts'
import * as people from '../pages/people.ts'
import { heading } from '../pages/widgets.ts'
import type { Person } from './person.ts'
import type { Stage } from './stage.ts'

/** One of two who talk: the app with its page, and the same app as a test asks it. */
export interface Side {
  readonly person: Person
  readonly client: Client
  readonly communityId: string
  readonly conversationId: string
}

export interface Pair {
  readonly mentor: Side
  readonly seeker: Side
}

/**
 * Two people with real apps and a community node, who have accepted each other; both have Discover open.
 *
 * @param seekersZone where the seeker's clock is; the mentor's is in Rome
 */
export async function pairUp(stage: Stage, seekersZone = 'Europe/Rome'): Promise<Pair> {
  const nodeLink = await stage.startNode()
  const [mentor, seeker] = await Promise.all([
    stage.person('mentor'),
    stage.person('seeker', { timezoneId: seekersZone }),
  ])
  const [one, other] = await Promise.all(
    [mentor, seeker].map(async (person) => ({ client: await person.client(), passphrase: person.passphrase })),
  )
  if (one === undefined || other === undefined) throw new Error('nobody came')
  await journey.createVault(one)
  await journey.createVault(other)
  const here = await journey.createCommunity(one, nodeLink)
  const { link } = await one.client.communities.invite({ communityId: here, days: 1 })
  const there = await journey.join(other, link)
  const { id: teaches } = await one.client.personas.create({ communityId: here, pseudonym: words.mentor })
  const { id: learns } = await other.client.personas.create({ communityId: there, pseudonym: words.seeker })
  await journey.publishOffer(one, teaches)
  await journey.introduce(other, learns, await journey.findOffer(other, there))
  const theirs = await journey.acceptIntroduction(one, here)
  const ours = await journey.learnOfAcceptance(other, there)
  await Promise.all([mentor, seeker].map(({ page }) => heading(page, 'Discover').waitFor()))
  return {
    mentor: { person: mentor, client: one.client, communityId: here, conversationId: theirs },
    seeker: { person: seeker, client: other.client, communityId: there, conversationId: ours },
  }
}

/** Opens the conversation on the page. */
export async function openTalk({ person }: Side): Promise<void> {
  const { page, name } = person
  await people.lookForMail(page, 'Conversations', name === 'mentor' ? words.seeker : words.mentor)
  await people.open(page, 'Conversations', name === 'mentor' ? words.seeker : words.mentor)
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
}

/** Waits until all that one of them said is with the other. */
export async function delivered({ client, conversationId }: Side): Promise<void> {
  await eventually(
    async () => {
      const messages = await client.conversations.messages({ conversationId, limit: 200 })
      return messages.every(({ delivery }) => delivery === null || delivery === 'delivered' || delivery === 'read')
    },
    { what: 'everything to be delivered', timeoutMs: 60_000 },
  )
}
