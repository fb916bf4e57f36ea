import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommunityId, IntroductionId, OfferId, PersonaId } from '../../core/base/ids.ts'
import { Fault } from '../../core/base/fault.ts'
import { markHeard } from '../../core/conversations/create.ts'
import { eventually } from '../support/eventually.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Member, words } from '../support/member.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const hour = 3_600_000
const day = 24 * hour
const text = 'I would like to hear how you did it.'

let clock: ManualClock
let files: Scratch
let office: PostOffice
let mentor: Member
let seeker: Member
let communityId: { mentor: CommunityId; seeker: CommunityId }
let persona: { mentor: PersonaId; seeker: PersonaId }

function member(name: string): Member {
  return new Member({ files, name, clock, client: () => office })
}

/** Fetches all that a member watches for, and hands it over, as a poller does. */
async function check(who: Member): Promise<void> {
  const { id } = who.communities.list()[0] ?? {}
  if (id === undefined) throw new Error('no community')
  for (const { capability, handle } of who.introductions.sources(id)()) {
    for (const box of await office.fetch([capability])) await handle(box)
  }
}

/** The mentor's offer, on the boards, as the seeker reads it. */
async function publish(draft = words): Promise<OfferId> {
  const { id } = mentor.offers.publish({ personaId: persona.mentor, draft })
  await eventually(() => mentor.offers.mine().find((offer) => offer.id === id)?.state === 'published')
  await seeker.offers.refresh({ communityId: communityId.seeker })
  const seen = seeker.offers.browse({ communityId: communityId.seeker })[0]
  return seen?.id as OfferId
}

async function send(offerId: OfferId, who = seeker): Promise<IntroductionId> {
  const { id } = await who.introductions.send({ personaId: persona.seeker, offerId, text })
  return id as IntroductionId
}

const stateOf = (id: IntroductionId) => seeker.introductions.sent().find((sent) => sent.id === id)?.state
const becomes = (id: IntroductionId, state: string) => eventually(() => stateOf(id) === state, { what: state })
const conversations = (who: Member) =>
  who.database.all<{ role: string; contact_pseudonym: string; channel_key: Uint8Array<ArrayBuffer> }>(
    'SELECT role, contact_pseudonym, channel_key FROM conversations',
  )
const pendingId = () => mentor.introductions.pending()[0]?.id as IntroductionId

beforeEach(async () => {
  clock = new ManualClock()
  files = scratch()
  office = new PostOffice(clock)
  mentor = member('mentor')
  seeker = member('seeker')
  const founded = mentor.found('Maple Heron')
  const joined = seeker.join(mentor, founded.communityId, 'Quiet River')
  communityId = { mentor: founded.communityId, seeker: joined.communityId }
  persona = { mentor: founded.personaId, seeker: joined.personaId }
  await mentor.start()
  await seeker.start()
})

afterEach(async () => {
  await seeker.stop()
  await mentor.stop()
  office.close()
  files.remove()
})

describe('an offer on the boards', () => {
  it('is found by topic, once, and not by its author as another’s', async () => {
    const id = await publish({ ...words, topics: ['career-guidance', 'self-care'] })
    expect(await seeker.offers.refresh({ communityId: communityId.seeker, topic: 'self-care' })).toEqual({ found: 1 })
    expect(await seeker.offers.refresh({ communityId: communityId.seeker, topic: 'music' })).toEqual({ found: 0 })
    const views = seeker.offers.browse({ communityId: communityId.seeker, topic: 'career-guidance' })
    expect(views).toHaveLength(1)
    expect(views[0]).toMatchObject({ id, title: words.title, mine: false, introduced: false })
    expect(views[0]?.author.pseudonym).toBe('Maple Heron')
    await mentor.offers.refresh({ communityId: communityId.mentor })
    expect(mentor.offers.browse({ communityId: communityId.mentor })).toMatchObject([{ mine: true }])
  })

  it('is published after a crash between mining and storing, without mining again', async () => {
    office.failures.push(undefined, undefined, new Fault('unreachable', 'Nobody answers'))
    const { id } = mentor.offers.publish({ personaId: persona.mentor, draft: words })
    await eventually(() => office.asked.includes('store'))
    mentor = await mentor.restart()
    expect(mentor.offers.mine()[0]?.state).toBe('publishing')
    await mentor.start()
    await eventually(() => mentor.offers.mine()[0]?.state === 'published')
    expect(office.asked.filter((what) => what === 'prepare')).toHaveLength(2)
    await seeker.offers.refresh({ communityId: communityId.seeker })
    expect(seeker.offers.browse({ communityId: communityId.seeker })).toHaveLength(1)
    expect(mentor.offers.mine()[0]?.id).toBe(id)
  })

  it('is stored again every half day, and in the next week under other keys', async () => {
    await publish()
    const stores = () => office.asked.filter((what) => what === 'store').length
    const before = stores()
    clock.advance(15 * hour)
    await eventually(() => stores() === before + 2)
    expect(office.asked.filter((what) => what === 'prepare')).toHaveLength(2)
    clock.advance(7 * day)
    await eventually(() => office.asked.filter((what) => what === 'prepare').length === 4)
    await eventually(async () => {
      const { found } = await seeker.offers.refresh({ communityId: communityId.seeker })
      return found === 1
    })
    expect(seeker.offers.browse({ communityId: communityId.seeker })).toHaveLength(1)
  })

  it('fails where nodes refuse it again and again, and can be tried again', async () => {
    for (let i = 0; i < 20; i++) office.failures.push(new Fault('box-refused', 'The node says quota'))
    office.failures.splice(0, 2, undefined, undefined)
    office.failures.length = 3
    mentor.offers.publish({ personaId: persona.mentor, draft: words })
    await eventually(() => {
      office.failures.push(...(office.failures.length === 0 ? [undefined, new Fault('box-refused', 'no')] : []))
      clock.advance(500)
      return mentor.offers.mine()[0]?.state === 'failed'
    })
    office.failures.length = 0
    mentor.offers.retry(mentor.offers.mine()[0]?.id as OfferId)
    await eventually(() => {
      clock.advance(500)
      return mentor.offers.mine()[0]?.state === 'published'
    })
  })

  it('is taken off all boards when it is withdrawn', async () => {
    await publish()
    const id = mentor.offers.mine()[0]?.id as OfferId
    office.open = false
    mentor.offers.withdraw(id)
    await eventually(() => office.asked.includes('delete'))
    expect(mentor.offers.mine()[0]?.state).toBe('withdrawing')
    office.open = true
    await eventually(() => {
      clock.advance(1000)
      return mentor.offers.mine()[0]?.state === 'withdrawn'
    })
    for (let i = 0; i < 2; i++) {
      expect(await seeker.offers.refresh({ communityId: communityId.seeker })).toEqual({ found: 0 })
    }
    expect(seeker.offers.browse({ communityId: communityId.seeker })).toEqual([])
    expect([...mentor.introductions.sources(communityId.mentor)()]).toEqual([])
  })
})

describe('an introduction', () => {
  it('goes from the seeker to the author, who accepts, and both have the same conversation', async () => {
    const id = await send(await publish())
    expect(stateOf(id)).toBe('preparing')
    await becomes(id, 'waiting')
    await check(mentor)
    await check(mentor)
    const pending = mentor.introductions.pending()
    expect(pending).toMatchObject([{ text, offerTitle: words.title, personaId: persona.mentor }])
    expect(pending[0]?.from.pseudonym).toBe('Quiet River')
    await mentor.introductions.accept(pendingId())
    expect(mentor.introductions.pending()).toEqual([])
    await eventually(() => mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [clock.now()]))
    await check(seeker)
    await check(seeker)
    expect(stateOf(id)).toBe('accepted')
    const [ours] = conversations(seeker)
    const [theirs] = conversations(mentor)
    expect(ours).toMatchObject({ role: 'seeker', contact_pseudonym: 'Maple Heron' })
    expect(theirs).toMatchObject({ role: 'mentor', contact_pseudonym: 'Quiet River' })
    expect(ours?.channel_key).toEqual(theirs?.channel_key)
    expect(seeker.introductions.sent()).toMatchObject([{ state: 'accepted', text, progress: null }])
    expect(seeker.offers.browse({ communityId: communityId.seeker })[0]?.introduced).toBe(true)
    // what was needed on the way is gone
    expect(seeker.database.all('SELECT root_a, first, box FROM sent_introductions')).toEqual([
      { root_a: null, first: null, box: null },
    ])
    expect(seeker.events).toContainEqual({ type: 'conversations' })
  })

  it('says at once what cannot be', async () => {
    const offerId = await publish()
    await mentor.offers.refresh({ communityId: communityId.mentor })
    const own = mentor.offers.browse({ communityId: communityId.mentor })[0]?.id as OfferId
    const wish = { personaId: persona.seeker, offerId, text }
    const no = (body: Promise<unknown>, code: string) => expect(body).rejects.toMatchObject({ code })
    await no(mentor.introductions.send({ personaId: persona.mentor, offerId: own, text }), 'wrong-state')
    await no(seeker.introductions.send({ ...wish, offerId: 'f'.repeat(32) as OfferId }), 'offer-gone')
    await no(seeker.introductions.send({ ...wish, personaId: 'f'.repeat(32) as PersonaId }), 'not-found')
    await no(seeker.introductions.send({ ...wish, text: 'x'.repeat(1001) }), 'bad-input')
    // pressed twice at the same moment: one goes out
    const both = await Promise.allSettled([send(offerId), send(offerId)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await no(send(offerId), 'wrong-state')
    expect(seeker.database.all('SELECT id FROM ratchet_identities')).toHaveLength(1)
    clock.advance(30 * day)
    await no(send(offerId), 'offer-gone')
  })

  it('goes on after a crash at any of its steps, with the same message', async () => {
    const offerId = await publish()
    office.open = false
    const id = await send(offerId)
    const first = () => seeker.database.get<{ first: Uint8Array<ArrayBuffer> }>('SELECT first FROM sent_introductions')
    const before = first()
    // after the work, before the box
    await eventually(() => seeker.database.get('SELECT 1 FROM sent_introductions WHERE work IS NOT NULL'))
    seeker = await seeker.restart()
    expect(stateOf(id)).toBe('preparing')
    office.open = true
    office.failures.push(undefined, new Fault('unreachable', 'Nobody answers'))
    await seeker.start()
    // after the box, before it is stored
    await eventually(() => seeker.database.get('SELECT 1 FROM sent_introductions WHERE box IS NOT NULL'))
    seeker = await seeker.restart()
    expect(first()).toEqual(before)
    await seeker.start()
    await becomes(id, 'waiting')
    await check(mentor)
    expect(mentor.introductions.pending()).toHaveLength(1)
  })

  it('is kept in the queue while nobody answers', async () => {
    const offerId = await publish()
    office.open = false
    const id = await send(offerId)
    await eventually(() => seeker.introductions.sent()[0]?.progress?.phase === 'waiting')
    office.open = true
    seeker.introductions.wake()
    await becomes(id, 'waiting')
    expect(seeker.introductions.sent()[0]?.progress).toBeNull()
  })

  it('is taken back when it is cancelled', async () => {
    const id = await send(await publish())
    await becomes(id, 'waiting')
    seeker.introductions.cancel(id)
    expect(stateOf(id)).toBe('cancelled')
    await eventually(() => seeker.database.get('SELECT 1 FROM sent_introductions WHERE first IS NULL'))
    await check(mentor)
    expect(mentor.introductions.pending()).toEqual([])
    expect(seeker.offers.browse({ communityId: communityId.seeker })[0]?.introduced).toBe(false)
    expect(seeker.database.all('SELECT * FROM ratchet_sessions')).toEqual([])
    seeker.introductions.cancel(id)
    expect(() => seeker.introductions.retry(id)).toThrow(expect.objectContaining({ code: 'wrong-state' }))
  })

  it('cancelled in the middle of its work stops it', async () => {
    const offerId = await publish()
    office.open = false
    const id = await send(offerId)
    await eventually(() => seeker.introductions.sent()[0]?.progress !== null)
    seeker.introductions.cancel(id)
    await eventually(() => seeker.database.get('SELECT 1 FROM sent_introductions WHERE first IS NULL'))
    expect(office.asked.filter((what) => what === 'delete')).toEqual([])
  })

  it('declined is silent, forgotten, and does not come back', async () => {
    const offerId = await publish()
    const id = await send(offerId)
    await becomes(id, 'waiting')
    await check(mentor)
    mentor.introductions.decline(pendingId())
    expect(mentor.introductions.pending()).toEqual([])
    expect(mentor.database.all('SELECT * FROM ratchet_sessions')).toEqual([])
    clock.advance(25 * hour)
    await eventually(() => office.asked.filter((what) => what === 'store').length > 3)
    mentor = await mentor.restart()
    await mentor.start()
    await check(mentor)
    expect(mentor.introductions.pending()).toEqual([])
    await check(seeker)
    expect(stateOf(id)).toBe('waiting')
    await expect(mentor.introductions.accept(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('can be declined while it is being accepted: one of the two happens', async () => {
    const id = await send(await publish())
    await becomes(id, 'waiting')
    await check(mentor)
    const pending = pendingId()
    const accepting = mentor.introductions.accept(pending).then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    )
    mentor.introductions.decline(pending)
    expect(await accepting).toBe('not-found')
    expect(conversations(mentor)).toEqual([])
    const twice = await Promise.allSettled([mentor.introductions.accept(pending), mentor.introductions.accept(pending)])
    expect(twice.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('unanswered expires on both sides, but a late answer still counts', async () => {
    const id = await send(await publish())
    await becomes(id, 'waiting')
    clock.advance(13 * day)
    await check(mentor)
    await mentor.introductions.accept(pendingId())
    await eventually(() => mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [clock.now()]))
    clock.advance(3 * day)
    seeker = await seeker.restart()
    await seeker.start()
    await becomes(id, 'expired')
    await check(seeker)
    expect(stateOf(id)).toBe('accepted')
    expect(conversations(seeker)).toHaveLength(1)
  })

  it('is forgotten in the end by both, with all of its keys', async () => {
    const offerId = await publish()
    const id = await send(offerId)
    await becomes(id, 'waiting')
    await check(mentor)
    clock.advance(14 * day + hour)
    await eventually(() => {
      clock.advance(1)
      return mentor.introductions.pending().length === 0
    })
    clock.advance(15 * day)
    await eventually(() => seeker.database.get('SELECT 1 FROM sent_introductions WHERE root_a IS NULL'))
    expect(stateOf(id)).toBe('expired')
    expect(seeker.database.all('SELECT * FROM ratchet_identities')).toEqual([])
    expect([...seeker.introductions.sources(communityId.seeker)()]).toEqual([])
    expect(mentor.database.all('SELECT * FROM ratchet_sessions')).toEqual([])
  })

  it('accepted is stored again until the other is heard', async () => {
    const id = await send(await publish())
    await becomes(id, 'waiting')
    await check(mentor)
    const conversation = await mentor.introductions.accept(pendingId())
    const stored = () =>
      mentor.database.get<{ sequence: number; due_at: number; box: Uint8Array<ArrayBuffer> }>(
        'SELECT sequence, due_at, box FROM acceptances',
      )
    await eventually(() => (stored()?.due_at ?? 0) > clock.now())
    const before = stored()
    clock.advance(25 * hour)
    await eventually(() => (stored()?.due_at ?? 0) > clock.now())
    expect(stored()?.box).toEqual(before?.box)
    clock.advance(7 * day)
    await eventually(() => stored()?.sequence === 2 && (stored()?.due_at ?? 0) > clock.now())
    await check(seeker)
    expect(stateOf(id)).toBe('accepted')
    markHeard(mentor.database, conversation)
    mentor.introductions.wake()
    await eventually(() => stored() === undefined)
  })
})
