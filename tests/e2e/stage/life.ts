import * as journey from '../../journey/journey.ts'
import type { Client } from '../../journey/journey.ts'
import { heading } from '../pages/widgets.ts'
import type { Person } from './person.ts'
import type { Stage } from './stage.ts'

/* What two people say to each other from a request to an offer that passes it on, each in their own language. */

export const lines = {
  community: journey.words.community,
  mentor: journey.words.mentor,
  learner: 'Felce Ambrata',
  request: {
    title: 'Qualcuno che guardi i miei disegni',
    text: 'Disegno di notte, e vorrei farne un mestiere. Da dove si comincia?',
  },
  wish: 'So cucire un orlo che tiene.',
  cards: {
    learner: { pronouns: 'lei', name: 'Mara' },
    mentor: { pronouns: 'she or they', region: 'By the sea' },
  },
  introduction: 'I have drawn for a living for twenty years. Show me three drawings.',
  hello: 'Eccoli, tutti e tre. Grazie di esserci.',
  answer: 'The second one is a beginning.',
  about: 'Un portfolio di dieci pagine.',
  boundaries: 'No calls after nine.',
  goal: 'Dieci pagine che sono mie',
  milestones: { first: 'Scegliere trenta disegni', second: 'Buttarne venti', later: 'Show it to one person' },
  offline: { learner: 'Fatto a mano.', mentor: 'Slowly.' },
  note: 'Bring the three that you like least.',
  learned: 'Che meno è di più.',
  thanks: 'Hai guardato ogni riga.',
  offer: {
    title: 'Il primo portfolio, da chi ne ha appena fatto uno',
    text: 'So com’è cominciare: ti aiuto a scegliere i primi trenta disegni.',
  },
} as const

/** All of it, and what is the same in every language. */
export const said = [...textsIn(lines), 'Staffetta', 'Enter', 'Esc', 'English', 'Italiano']

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

interface Founded {
  readonly mentor: Person
  readonly asMentor: Client
  readonly invite: string
}

/** The mentor is here already, with a community, a card and Discover open. */
export async function foundIn(stage: Stage): Promise<Founded> {
  const nodeLink = await stage.startNode()
  const mentor = await stage.person('mentor')
  const asMentor = await mentor.client()
  const founder = { client: asMentor, passphrase: mentor.passphrase }
  await journey.createVault(founder)
  const here = await journey.createCommunity(founder, nodeLink)
  const { link: invite } = await asMentor.communities.invite({ communityId: here, days: 1 })
  const { id: personaId } = await asMentor.personas.create({ communityId: here, pseudonym: lines.mentor })
  await asMentor.disclosure.saveCard({ personaId, words: lines.cards.mentor })
  await heading(mentor.page, 'Discover').waitFor()
  return { mentor, asMentor, invite }
}
