import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IntroductionId, OfferId, PersonaId } from '../../core/base/ids.ts'
import { Fault } from '../../core/base/fault.ts'
import { markHeard } from '../../core/conversations/create.ts'
import { eventually } from '../support/eventually.ts'
import { words, type Member } from '../support/member.ts'
import { Village } from '../support/village.ts'

const hour = 3_600_000
const day = 24 * hour
const text = 'I would like to hear how you did it.'

let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})

afterEach(() => village.end())

async function send(offerId: OfferId): Promise<IntroductionId> {
  const { id } = await village.seeker.introductions.send({ personaId: village.persona.seeker, offerId, text })
  return id as IntroductionId
}

const stateOf = (id: IntroductionId) => village.seeker.introductions.sent().find((sent) => sent.id === id)?.state
const becomes = (id: IntroductionId, state: string) => eventually(() => stateOf(id) === state, { what: state })
const conversations = (who: Member) =>
  who.database.all<{ role: string; contact_pseudonym: string; channel_key: Uint8Array<ArrayBuffer> }>(
    'SELECT role, contact_pseudonym, channel_key FROM conversations',
  )
const no = (body: Promise<unknown>, code: string) => expect(body).rejects.toMatchObject({ code })
const pendingId = () => village.mentor.introductions.pending()[0]?.id as IntroductionId

describe('an introduction', () => {
  it('goes from the seeker to the author, who accepts, and both have the same conversation', async () => {
    const id = await send(await village.publish())
    expect(stateOf(id)).toBe('preparing')
    await becomes(id, 'waiting')
    await village.check(village.mentor)
    await village.check(village.mentor)
    const pending = village.mentor.introductions.pending()
    expect(pending).toMatchObject([{ text, offerTitle: words.title, personaId: village.persona.mentor }])
    expect(pending[0]?.from.pseudonym).toBe('Quiet River')
    await village.mentor.introductions.accept(pendingId())
    expect(village.mentor.introductions.pending()).toEqual([])
    await eventually(() =>
      village.mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [village.clock.now()]),
    )
    await village.check(village.seeker)
    await village.check(village.seeker)
    expect(stateOf(id)).toBe('accepted')
    const [ours] = conversations(village.seeker)
    const [theirs] = conversations(village.mentor)
    expect(ours).toMatchObject({ role: 'seeker', contact_pseudonym: 'Maple Heron' })
    expect(theirs).toMatchObject({ role: 'mentor', contact_pseudonym: 'Quiet River' })
    expect(ours?.channel_key).toEqual(theirs?.channel_key)
    expect(village.seeker.introductions.sent()).toMatchObject([{ state: 'accepted', text, progress: null }])
    expect(village.seeker.offers.browse({ communityId: village.communityId.seeker })[0]?.introduced).toBe(true)
    // what was needed on the way is gone
    expect(village.seeker.database.all('SELECT root_a, first, box FROM sent_introductions')).toEqual([
      { root_a: null, first: null, box: null },
    ])
    expect(village.seeker.events).toContainEqual({ type: 'conversations' })
  })

  it('says at once what cannot be', async () => {
    const offerId = await village.publish()
    await village.mentor.offers.refresh({ communityId: village.communityId.mentor })
    const own = village.mentor.offers.browse({ communityId: village.communityId.mentor })[0]?.id as OfferId
    const wish = { personaId: village.persona.seeker, offerId, text }
    await no(
      village.mentor.introductions.send({ personaId: village.persona.mentor, offerId: own, text }),
      'wrong-state',
    )
    await no(village.seeker.introductions.send({ ...wish, offerId: 'f'.repeat(32) as OfferId }), 'offer-gone')
    await no(village.seeker.introductions.send({ ...wish, personaId: 'f'.repeat(32) as PersonaId }), 'not-found')
    await no(village.seeker.introductions.send({ ...wish, text: 'x'.repeat(1001) }), 'bad-input')
    // pressed twice at the same moment: one goes out
    const both = await Promise.allSettled([send(offerId), send(offerId)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await no(send(offerId), 'wrong-state')
    expect(village.seeker.database.all('SELECT id FROM ratchet_identities')).toHaveLength(1)
    village.clock.advance(30 * day)
    await no(send(offerId), 'offer-gone')
  })

  it('goes on after a crash at any of its steps, with the same message', async () => {
    const offerId = await village.publish()
    village.office.open = false
    const id = await send(offerId)
    const first = () =>
      village.seeker.database.get<{ first: Uint8Array<ArrayBuffer> }>('SELECT first FROM sent_introductions')
    const before = first()
    // after the work, before the box
    await eventually(() => village.seeker.database.get('SELECT 1 FROM sent_introductions WHERE work IS NOT NULL'))
    village.seeker = await village.seeker.restart()
    expect(stateOf(id)).toBe('preparing')
    village.office.open = true
    village.office.failures.push(undefined, new Fault('unreachable', 'Nobody answers'))
    await village.seeker.start()
    // after the box, before it is stored
    await eventually(() => village.seeker.database.get('SELECT 1 FROM sent_introductions WHERE box IS NOT NULL'))
    village.seeker = await village.seeker.restart()
    expect(first()).toEqual(before)
    await village.seeker.start()
    await becomes(id, 'waiting')
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending()).toHaveLength(1)
  })

  it('is kept in the queue while nobody answers', async () => {
    const offerId = await village.publish()
    village.office.open = false
    const id = await send(offerId)
    await eventually(() => village.seeker.introductions.sent()[0]?.progress?.phase === 'waiting')
    village.office.open = true
    village.seeker.introductions.wake()
    await becomes(id, 'waiting')
    expect(village.seeker.introductions.sent()[0]?.progress).toBeNull()
  })

  it('is taken back when it is cancelled', async () => {
    const id = await send(await village.publish())
    await becomes(id, 'waiting')
    village.seeker.introductions.cancel(id)
    expect(stateOf(id)).toBe('cancelled')
    await eventually(() => village.seeker.database.get('SELECT 1 FROM sent_introductions WHERE first IS NULL'))
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending()).toEqual([])
    expect(village.seeker.offers.browse({ communityId: village.communityId.seeker })[0]?.introduced).toBe(false)
    expect(village.seeker.database.all('SELECT * FROM ratchet_sessions')).toEqual([])
    village.seeker.introductions.cancel(id)
    expect(() => village.seeker.introductions.retry(id)).toThrow(expect.objectContaining({ code: 'wrong-state' }))
  })

  it('cancelled in the middle of its work stops it', async () => {
    const offerId = await village.publish()
    village.office.open = false
    const id = await send(offerId)
    await eventually(() => village.seeker.introductions.sent()[0]?.progress !== null)
    village.seeker.introductions.cancel(id)
    await eventually(() => village.seeker.database.get('SELECT 1 FROM sent_introductions WHERE first IS NULL'))
    expect(village.asked('delete')).toBe(0)
  })

  it('declined is silent, forgotten, and does not come back', async () => {
    const offerId = await village.publish()
    const id = await send(offerId)
    await becomes(id, 'waiting')
    await village.check(village.mentor)
    village.mentor.introductions.decline(pendingId())
    expect(village.mentor.introductions.pending()).toEqual([])
    expect(village.mentor.database.all('SELECT * FROM ratchet_sessions')).toEqual([])
    village.clock.advance(25 * hour)
    await eventually(() => village.asked('store') > 3)
    village.mentor = await village.mentor.restart()
    await village.mentor.start()
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending()).toEqual([])
    await village.check(village.seeker)
    expect(stateOf(id)).toBe('waiting')
    await expect(village.mentor.introductions.accept(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('can be declined while it is being accepted: one of the two happens', async () => {
    const id = await send(await village.publish())
    await becomes(id, 'waiting')
    await village.check(village.mentor)
    const pending = pendingId()
    const accepting = village.mentor.introductions.accept(pending).then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    )
    village.mentor.introductions.decline(pending)
    expect(await accepting).toBe('not-found')
    expect(conversations(village.mentor)).toEqual([])
    const twice = await Promise.allSettled([
      village.mentor.introductions.accept(pending),
      village.mentor.introductions.accept(pending),
    ])
    expect(twice.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('unanswered expires on both sides, but a late answer still counts', async () => {
    const id = await send(await village.publish())
    await becomes(id, 'waiting')
    village.clock.advance(13 * day)
    await village.check(village.mentor)
    await village.mentor.introductions.accept(pendingId())
    await eventually(() =>
      village.mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [village.clock.now()]),
    )
    village.clock.advance(3 * day)
    village.seeker = await village.seeker.restart()
    await village.seeker.start()
    await becomes(id, 'expired')
    await village.check(village.seeker)
    expect(stateOf(id)).toBe('accepted')
    expect(conversations(village.seeker)).toHaveLength(1)
  })

  it('that was delivered is listened for, even where nodes refuse it later and it counts as failed', async () => {
    const id = await send(await village.publish())
    await becomes(id, 'waiting')
    await village.check(village.mentor)
    village.office.takes = false
    village.clock.advance(25 * hour)
    await eventually(() => {
      village.clock.advance(1_000)
      return stateOf(id) === 'failed'
    })
    village.office.takes = true
    await village.mentor.introductions.accept(pendingId())
    await eventually(() =>
      village.mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [village.clock.now()]),
    )
    await village.check(village.seeker)
    expect(stateOf(id)).toBe('accepted')
    expect(conversations(village.seeker)).toHaveLength(1)
  })

  it('refused once in a while over its two weeks does not fail of it', async () => {
    const id = await send(await village.publish())
    await becomes(id, 'waiting')
    const next = () =>
      village.seeker.database.get<{ due_at: number; sequence: number }>('SELECT * FROM sent_introductions')
    for (let refusal = 1; refusal <= 4; refusal++) {
      village.office.takes = false
      village.clock.advance(25 * hour)
      await eventually(() => next()?.sequence === refusal + 1)
      village.office.takes = true
      await eventually(() => {
        village.clock.advance(1_000)
        return (next()?.due_at ?? 0) > village.clock.now()
      })
      expect(stateOf(id)).toBe('waiting')
    }
  })

  it('is forgotten in the end by both, with all of its keys', async () => {
    const offerId = await village.publish()
    const id = await send(offerId)
    await becomes(id, 'waiting')
    await village.check(village.mentor)
    village.clock.advance(14 * day + hour)
    await eventually(() => {
      village.clock.advance(1)
      return village.mentor.introductions.pending().length === 0
    })
    village.clock.advance(15 * day)
    await eventually(() => village.seeker.database.get('SELECT 1 FROM sent_introductions WHERE root_a IS NULL'))
    expect(stateOf(id)).toBe('expired')
    expect(village.seeker.database.all('SELECT * FROM ratchet_identities')).toEqual([])
    expect([...village.seeker.introductions.sources(village.communityId.seeker)()]).toEqual([])
    expect(village.mentor.database.all('SELECT * FROM ratchet_sessions')).toEqual([])
  })

  it('accepted is stored again until the other is heard', async () => {
    const id = await send(await village.publish())
    await becomes(id, 'waiting')
    await village.check(village.mentor)
    const conversation = await village.mentor.introductions.accept(pendingId())
    const stored = () =>
      village.mentor.database.get<{ sequence: number; due_at: number; box: Uint8Array<ArrayBuffer> }>(
        'SELECT sequence, due_at, box FROM acceptances',
      )
    await eventually(() => (stored()?.due_at ?? 0) > village.clock.now())
    const before = stored()
    village.clock.advance(25 * hour)
    await eventually(() => (stored()?.due_at ?? 0) > village.clock.now())
    expect(stored()?.box).toEqual(before?.box)
    village.clock.advance(7 * day)
    await eventually(() => stored()?.sequence === 2 && (stored()?.due_at ?? 0) > village.clock.now())
    await village.check(village.seeker)
    expect(stateOf(id)).toBe('accepted')
    markHeard(village.mentor.database, conversation)
    village.mentor.introductions.wake()
    await eventually(() => stored() === undefined)
  })
})
