import { randomBytes } from 'node:crypto'
import { unsaid } from '../../../core/api/blank-offer.ts'
import type { OfferDraft } from '../../../core/api/offers.ts'
import { reached, type Client } from '../../journey/journey.ts'
import { eventually } from '../../support/eventually.ts'
import type { Person } from './person.ts'
import type { Stage } from './stage.ts'

/* A community that is lived in: who is there, and what they wrote. Nobody of them exists. */

export const community = 'Lanterna di via Garibaldi'
export const viewer = 'Tawny Owl'

const written = (
  by: string,
  title: string,
  text: string,
  more: Partial<OfferDraft>,
): { by: string; draft: OfferDraft } => ({
  by,
  draft: {
    kind: 'offer',
    title,
    text,
    topics: ['self-care'],
    languages: ['en'],
    level: 'any',
    formats: ['text'],
    ...unsaid,
    ...more,
  },
})

/** Of the others, in the order in which they are published. */
export const others = [
  written(
    'Second Spring',
    'Coming out after forty: an ear and some experience',
    'I did it with two grown children and a mother of eighty. No advice unless you ask for it.',
    { topics: ['coming-out', 'family-talks'], formats: ['text', 'voice'] },
  ),
  written(
    'Gentle Static',
    'Locking down a phone in one evening',
    'We go through your settings together, one by one, and you decide about each. Bring the charger.',
    { topics: ['digital-security'], languages: ['en', 'fr'], level: 'beginner' },
  ),
  written(
    'Silver Tide',
    'Someone to practise Italian Sign Language with',
    'I have a year of evening classes behind me and nobody to sign with. An hour a week would be lovely.',
    { kind: 'request', topics: ['sign-language'], languages: ['it'], level: 'some', formats: ['voice', 'in-person'] },
  ),
  written(
    'Patient Loom',
    'Altering clothes so that they fit you',
    'Darts, hems, shoulders. Your machine or your two hands; we begin with something you would throw away.',
    {
      topics: ['sewing', 'self-care'],
      languages: ['en', 'it'],
      formats: ['voice', 'in-person'],
      tags: ['overlock', 'Änderungsschneiderei'],
      availability: [4, 10, 11, 40, 41],
      capacity: 3,
      duration: 'weeks',
      boundaries: 'No wedding dresses.\nNothing after ten in the evening.',
      inReturn: { topics: ['cooking'], text: 'A loaf would be lovely.' },
      meet: 'Whoever has a drawer of things that never fit.',
    },
  ),
  written(
    'Mаple Неron',
    'Reading bus maps of cities that are gone',
    'A slow hobby. We choose a city, and find out who took which bus home.',
    { topics: ['oral-history'], languages: ['it'] },
  ),
  written(
    'Ochre Lantern',
    'Portfolio reviews for illustrators',
    'I have drawn for a living for twenty years and look at portfolios with people who begin.\n\nYou show me five pieces, I tell you what I see first, and we find out whether that is what you wanted to say.',
    { topics: ['career-guidance', 'visual-arts'], languages: ['en', 'it'], formats: ['text', 'voice'] },
  ),
] as const

/** All that somebody wrote. */
export function wordsIn({ title, text, tags, boundaries, inReturn, meet }: OfferDraft): string[] {
  const marks = tags.map((tag) => `#${tag.toLowerCase()}`)
  return [title, text, ...marks, ...boundaries.split('\n'), boundaries, inReturn.text, meet].filter(
    (said) => said !== '',
  )
}

/** The viewer's own. */
export const own = [
  written('', 'Bread from three ingredients', 'Flour, water, salt and a weekend. I have burnt enough for both of us.', {
    topics: ['cooking'],
    languages: ['en', 'it'],
    inReturn: { topics: ['sewing'], text: '' },
  }),
]

export const introductions = {
  accepted: 'I draw at night and would love a kind pair of eyes on my portfolio.',
  waiting: 'I am fifty-one and have not said it aloud yet. May I practise on you?',
  pending: 'My oven is small and so is my courage. Could we bake along, each at home?',
} as const

/** For whom the viewer's personal invite is, which `pending` came with. */
export const inviteNote = 'Baker from the market'

export const talk = [
  { mine: false, text: 'Welcome. Show me three drawings that you like, not the three that you think are good.' },
  { mine: true, text: 'Then it is the heron, the empty tram and the hands of my neighbour.' },
  { mine: false, text: 'The tram. Why is nobody in it?\nTake your time, I am here on most evenings.' },
  {
    mine: true,
    text: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa is how long I thought about it.',
  },
  { mine: false, text: 'Good answer. Draw it again with one person in it, and see who gets on.' },
] as const

export interface Village {
  readonly viewer: Person
  /** One app with the personas of everyone else. */
  readonly neighbour: Person
}

/** Two apps and a community node, with offers, introductions in every state, and a conversation. */
export async function populate(stage: Stage): Promise<Village> {
  const nodeLink = await stage.startNode()
  const [viewing, neighbour] = await Promise.all([stage.person('viewer'), stage.person('neighbour')])
  const [me, them] = await Promise.all([viewing.client(), neighbour.client()])
  await them.vault.create({ passphrase: neighbour.passphrase })
  await me.vault.create({ passphrase: viewing.passphrase })
  const { id: theirs } = await them.communities.create({ name: community, nodeLink })
  const { link } = await them.communities.invite({ communityId: theirs, days: 7 })
  const { id: mine } = await me.communities.join({ link })
  await Promise.all([reached({ client: me }, mine), reached({ client: them }, theirs)])

  const { id: persona } = await me.personas.create({ communityId: mine, pseudonym: viewer })
  for (const { draft } of own) await me.offers.publish({ personaId: persona, draft })
  const personas = new Map<string, string>()
  for (const { by, draft } of others) {
    const { id } = await them.personas.create({ communityId: theirs, pseudonym: by })
    personas.set(by, id)
    await them.offers.publish({ personaId: id, draft })
  }
  await Promise.all([everythingPublished(me), everythingPublished(them)])

  await introduce(me, mine, persona, 'Ochre Lantern', introductions.accepted)
  await introduce(me, mine, persona, 'Second Spring', introductions.waiting)
  const { text: token } = await me.introductions.makeToken({ personaId: persona, note: inviteNote })
  await introduce(them, theirs, personas.get('Silver Tide') ?? '', viewer, introductions.pending, token)
  const accepted = await arrived(them, theirs, introductions.accepted)
  const there = await them.introductions.accept({ introductionId: accepted })
  await arrived(me, mine, introductions.pending)
  const here = await eventually(
    async () => {
      await me.communities.check({ communityId: mine })
      return (await me.conversations.list())[0]
    },
    { what: 'the acceptance', timeoutMs: 60_000, everyMs: 250 },
  )
  for (const [index, { mine: isMine, text }] of talk.entries()) {
    const [client, id] = isMine ? [me, here.id] : [them, there.id]
    await client.conversations.send({ conversationId: id, clientId: randomBytes(16).toString('hex'), text })
    for (const [other, id] of [
      [me, here.id],
      [them, there.id],
    ] as const) {
      await eventually(
        async () => {
          const messages = await other.conversations.messages({ conversationId: id, limit: 200 })
          return messages.length === index + 1 && messages.every(({ delivery }) => delivery !== 'queued')
        },
        { what: `message ${index + 1}`, timeoutMs: 60_000 },
      )
    }
  }
  return { viewer: viewing, neighbour }
}

async function everythingPublished(client: Client): Promise<void> {
  await eventually(async () => (await client.offers.mine()).every(({ state }) => state === 'published'), {
    what: 'all offers to be published',
    timeoutMs: 90_000,
  })
}

async function introduce(
  client: Client,
  communityId: string,
  personaId: string,
  author: string,
  text: string,
  token?: string,
): Promise<void> {
  await client.offers.refresh({ communityId })
  const offers = await client.offers.browse({ communityId })
  const offer = offers.find((offer) => offer.author.pseudonym === author)
  if (offer === undefined) throw new Error(`Nothing of ${author} was found`)
  const { id } = await client.introductions.send({
    personaId,
    offerId: offer.id,
    text,
    ...(token === undefined ? {} : { token }),
  })
  await eventually(
    async () => (await client.introductions.sent()).find((sent) => sent.id === id)?.state === 'waiting',
    { what: 'an introduction to go out', timeoutMs: 90_000 },
  )
}

/** @returns its id */
async function arrived(client: Client, communityId: string, text: string): Promise<string> {
  const found = await eventually(
    async () => {
      await client.communities.check({ communityId })
      return (await client.introductions.pending()).find((pending) => pending.text === text)
    },
    { what: 'an introduction to arrive', timeoutMs: 60_000, everyMs: 250 },
  )
  return found.id
}
