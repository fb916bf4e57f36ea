import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MentorshipView } from '../../core/api/mentorships.ts'
import { freshId } from '../../core/base/ids.ts'
import * as journey from '../journey/journey.ts'
import { AppProcess } from '../support/app-process.ts'
import { eventually } from '../support/eventually.ts'
import { noAgreement } from '../support/mentors.ts'
import { NodeProcess } from '../support/node-process.ts'

interface Side extends journey.Person {
  readonly app: AppProcess
  readonly name: string
  community: string
  conversation: string
}

let directory: string
let node: NodeProcess
let mentor: Side
let learner: Side
const id = freshId()

async function open(name: string): Promise<Side> {
  const app = await AppProcess.start(join(directory, name))
  return { app, name, client: app.client, passphrase: `a lamp for ${name}`, community: '', conversation: '' }
}

/** As after a power failure. */
async function killed(side: Side): Promise<Side> {
  await side.app.kill()
  const again = { ...(await open(side.name)), community: side.community, conversation: side.conversation }
  await again.client.vault.unlock({ passphrase: again.passphrase })
  await journey.reached(again, again.community)
  return again
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mentorship-'))
  await NodeProcess.init(join(directory, 'node'), ['--listen', '/ip4/127.0.0.1/tcp/0', '--work-bits', '12'])
  node = await NodeProcess.run(join(directory, 'node'))
  mentor = await open('mentor')
  learner = await open('learner')
  for (const side of [mentor, learner]) await journey.createVault(side)
  mentor.community = await journey.createCommunity(mentor, await NodeProcess.invite(join(directory, 'node')))
  const { link } = await mentor.client.communities.invite({ communityId: mentor.community, days: 1 })
  learner.community = await journey.join(learner, link)
  const { words } = journey
  const persona = (side: Side, pseudonym: string) =>
    side.client.personas.create({ communityId: side.community, pseudonym })
  await journey.publishOffer(mentor, (await persona(mentor, words.mentor)).id)
  const offer = await journey.findOffer(learner, learner.community)
  await journey.introduce(learner, (await persona(learner, words.seeker)).id, offer)
  mentor.conversation = await journey.acceptIntroduction(mentor, mentor.community)
  learner.conversation = await journey.learnOfAcceptance(learner, learner.community)
})

afterAll(async () => {
  await learner?.app.stop()
  await mentor?.app.stop()
  await node?.process.stop()
  if (directory !== undefined) await rm(directory, { recursive: true, force: true })
})

/** Until both show what is waited for. */
async function both(holds: (view: MentorshipView) => boolean): Promise<readonly MentorshipView[]> {
  return eventually(
    async () => {
      for (const { client, community } of [mentor, learner]) {
        await client.communities.check({ communityId: community }).catch(() => {})
      }
      const views = await Promise.all(
        [mentor, learner].map(({ client }) => client.mentorships.view({ mentorshipId: id })),
      )
      return views.every(holds) ? views : undefined
    },
    { timeoutMs: 60_000, everyMs: 300, what: 'both sides to show the same' },
  )
}

const edit = ({ client }: Side, change: Parameters<typeof client.mentorships.edit>[0]['change']) =>
  client.mentorships.edit({ mentorshipId: id, change })

describe('a mentorship between two apps', () => {
  it('is proposed, accepted, written by both at once, through kills, and ends for both', async () => {
    const mentorshipId = id
    const prefill = await learner.client.mentorships.prefill({ conversationId: learner.conversation })
    expect(prefill).toEqual({ teaches: 'them', what: journey.words.title })
    const agreement = { ...noAgreement, what: 'Ten drawings', rhythm: 'weekly' } as const
    const wish = { mentorshipId, conversationId: learner.conversation, teaches: 'them', agreement } as const
    const proposed = await learner.client.mentorships.propose(wish)
    expect(proposed.state).toBe('proposed')
    await eventually(async () => {
      await mentor.client.communities.check({ communityId: mentor.community }).catch(() => {})
      return (await mentor.client.mentorships.list({})).length === 1
    })
    const { version } = proposed.agreement
    await mentor.client.mentorships.accept({ mentorshipId, version })
    const begun = await both(({ state }) => state === 'active')
    expect(begun.map(({ teaches }) => teaches)).toEqual(['me', 'them'])

    // both write; what was answered is in the vault, whatever happens to the process
    const goalId = freshId()
    await edit(learner, { kind: 'goal', goalId, title: 'A portfolio' })
    await edit(learner, { kind: 'text', field: 'notes', from: '', to: 'from the learner' })
    learner = await killed(learner)
    await edit(mentor, { kind: 'text', field: 'notes', from: '', to: 'from the mentor' })
    await edit(mentor, { kind: 'terms', terms: { minutes: 45 } })
    mentor = await killed(mentor)
    const [here, there] = await both(
      ({ goals, notes, agreement: { minutes } }) =>
        goals.length === 1 && minutes === 45 && notes.includes('learner') && notes.includes('mentor'),
    )
    expect(here?.notes).toBe(there?.notes)
    expect(here?.agreement.version).toBe(there?.agreement.version)

    const sessionId = freshId()
    const at = Date.now() + 3_600_000
    const plan = { mentorshipId, sessionId, at, minutes: 45, format: 'text', note: '' } as const
    const planned = await mentor.client.mentorships.planSession(plan)
    await both(({ sessions }) => sessions.length === 1)
    await learner.client.mentorships.acceptSession({ mentorshipId, sessionId, plan: planned.sessions[0]?.plan ?? 0 })
    await both(({ nextSession }) => nextSession?.at === at)

    const accepted = async () => (await mentor.client.offers.mine()).map((offer) => offer.accepted)
    expect(await accepted()).toEqual([1])
    await learner.client.mentorships.end({ mentorshipId, erase: 'workspace', block: false })
    const ended = await both(({ state, erasure }) => state === 'ended-early' && erasure.workspace === 'done')
    expect(ended.map(({ notes, goals, endedByMe }) => [notes, goals, endedByMe])).toEqual([
      ['', [], false],
      ['', [], true],
    ])
    // there is room for somebody else
    expect(await accepted()).toEqual([0])
    const lines = await mentor.client.conversations.messages({ conversationId: mentor.conversation, limit: 50 })
    expect(lines.map(({ event }) => event)).toEqual([
      'mentorship-proposed',
      'mentorship-begun',
      'session-proposed',
      'session-accepted',
      'mentorship-ended',
      'workspace-erased',
    ])
  })
})
