import { describe, expect, it } from 'vitest'
import { freshId } from '../../core/base/ids.ts'
import { begun, eachWithMentors, noAgreement, type FreshMentors, type Mentor } from '../support/mentors.ts'

const hour = 3_600_000

let ada: Mentor
let bo: Mentor
let exchange: FreshMentors['exchange']
let clock: FreshMentors['clock']

eachWithMentors((fresh) => ({ ada, bo, exchange, clock } = fresh))

const begin = (teaches?: 'me' | 'them' | 'both'): Promise<string> => begun({ ada, bo, exchange }, teaches)

describe('a mentorship', () => {
  it('is proposed with an agreement, accepted, and active on both sides', async () => {
    const id = await ada.propose('them', 'Bind a book')
    expect(ada.view()).toMatchObject({ id, state: 'proposed', proposedByMe: true, teaches: 'them', waits: [] })
    await exchange()
    expect(bo.view()).toMatchObject({ id, state: 'proposed', proposedByMe: false, teaches: 'me', waits: ['proposal'] })
    expect(bo.view().agreement).toMatchObject({ what: 'Bind a book', agreed: { mine: false, theirs: true } })
    await bo.accept()
    await exchange()
    for (const side of [ada, bo]) {
      expect(side.view()).toMatchObject({ state: 'active', waits: [] })
      expect(side.view().agreement.agreed).toEqual({ mine: true, theirs: true })
      expect(side.lines()).toEqual(['mentorship-proposed', 'mentorship-begun'])
    }
  })

  it('is not accepted with another agreement than the one that was seen', async () => {
    await ada.propose()
    await exchange()
    const { id, agreement } = bo.view()
    await ada.saying.edit(id, { kind: 'text', field: 'what', from: 'Bind a book', to: 'Bind two books' })
    await exchange()
    await expect(bo.saying.agree(id, 'accept', agreement.version)).rejects.toMatchObject({ code: 'changed' })
    expect(bo.view().state).toBe('proposed')
  })

  it('cannot be accepted by whoever proposed it, and there is one at a time', async () => {
    await ada.propose()
    await expect(ada.accept()).rejects.toMatchObject({ code: 'wrong-state' })
    await expect(ada.propose()).rejects.toMatchObject({ code: 'wrong-state' })
    await exchange()
    await expect(bo.propose()).rejects.toMatchObject({ code: 'wrong-state' })
    expect(bo.app.prefill(bo.friend.id)).toBeNull()
    await bo.app.end(bo.id, { erase: 'nothing', block: false })
    await exchange()
    expect(ada.view()).toMatchObject({ state: 'ended-early', beganAt: null, endedByMe: false })
    expect(ada.app.prefill(ada.friend.id)).toEqual({ teaches: null, what: 'Bookbinding for beginners' })
    await ada.propose()
    await exchange()
    expect(bo.app.list().map(({ state }) => state)).toEqual(['proposed', 'ended-early'])
  })

  it('of two proposals that cross the same one stands on both sides, and nothing of the other is lost', async () => {
    await Promise.all([ada.propose('them', 'of Ada'), bo.propose('them', 'of Bo')])
    await exchange()
    for (const side of [ada, bo]) {
      const all = side.app.list().map(({ id }) => side.app.view(id))
      expect(all.map(({ state, endedByMe }) => [state, endedByMe])).toEqual([
        ['proposed', null],
        ['ended-early', null],
      ])
      expect(all.map(({ agreement }) => agreement.what)).toEqual(['of Ada', 'of Bo'])
    }
  })

  it('has to be agreed to again once a word was changed', async () => {
    const id = await begin()
    await ada.saying.edit(id, { kind: 'terms', terms: { rhythm: 'weekly', until: '2027-03-01', minutes: 45 } })
    await exchange()
    expect(bo.view().agreement).toMatchObject({ rhythm: 'weekly', until: '2027-03-01', minutes: 45 })
    expect(bo.view()).toMatchObject({ waits: ['agreement'], agreement: { agreed: { mine: false, theirs: false } } })
    for (const side of [ada, bo]) await side.saying.agree(id, 'agree', side.view().agreement.version)
    await exchange()
    for (const side of [ada, bo]) expect(side.view().agreement.agreed).toEqual({ mine: true, theirs: true })
  })

  it('is paused while either wishes so', async () => {
    await begin()
    await Promise.all([ada.say('pause'), bo.say('pause')])
    await exchange()
    await ada.say('resume')
    await expect(ada.say('resume')).rejects.toMatchObject({ code: 'wrong-state' })
    await exchange()
    for (const side of [ada, bo]) expect(side.view().state).toBe('paused')
    expect(ada.view().paused).toEqual({ mine: false, theirs: true })
    await bo.say('resume')
    await exchange()
    for (const side of [ada, bo]) expect(side.view().state).toBe('active')
  })

  it('is finished once both wish so, and a wish can be taken back before', async () => {
    await begin()
    await ada.say('finish')
    await exchange()
    expect(bo.view()).toMatchObject({ state: 'active', waits: ['finish'], finishing: { mine: false, theirs: true } })
    await ada.say('go-on')
    await exchange()
    expect(bo.view().waits).toEqual([])
    await ada.say('finish')
    await exchange()
    await bo.say('finish')
    await exchange()
    for (const side of [ada, bo]) {
      expect(side.view()).toMatchObject({ state: 'finished', endedByMe: null, waits: ['farewell'] })
      expect(side.lines().slice(-4)).toEqual([
        'finish-wished',
        'finish-taken-back',
        'finish-wished',
        'mentorship-finished',
      ])
    }
    await expect(ada.say('pause')).rejects.toMatchObject({ code: 'wrong-state' })
    await expect(ada.app.end(ada.id, { erase: 'nothing', block: false })).rejects.toMatchObject({ code: 'wrong-state' })
  })

  it('that was finished by the other is finished, though the wish was taken back meanwhile', async () => {
    await begin()
    await ada.say('finish')
    await exchange()
    await Promise.all([ada.say('go-on'), bo.say('finish')])
    await exchange()
    for (const side of [ada, bo]) expect(side.view().state).toBe('finished')
  })

  it('that one side ends is over at once, also where the other finishes it at the same time', async () => {
    await begin()
    await bo.say('finish')
    await exchange()
    const { id } = bo.view()
    await Promise.all([ada.say('finish'), bo.app.end(id, { erase: 'nothing', block: false })])
    await exchange()
    expect(ada.view()).toMatchObject({ state: 'ended-early', endedByMe: false })
    expect(bo.view()).toMatchObject({ state: 'ended-early', endedByMe: true })
    await expect(ada.saying.edit(id, { kind: 'text', field: 'notes', from: '', to: 'no' })).rejects.toMatchObject({
      code: 'wrong-state',
    })
  })
})

describe('what both edit', () => {
  it('is the same on both sides, whoever wrote it', async () => {
    const id = await begin()
    const [goalId, milestoneId, linkId] = [freshId(), freshId(), freshId()]
    await ada.saying.edit(id, { kind: 'goal', goalId, title: 'A sewn book' })
    await exchange()
    await bo.saying.edit(id, { kind: 'milestone', goalId, milestoneId, title: 'Fold the sheets' })
    await bo.saying.edit(id, { kind: 'link', linkId, title: 'Stitches', address: 'https://example.org/coptic' })
    await exchange()
    await ada.saying.edit(id, { kind: 'milestone', goalId, milestoneId, done: true })
    await exchange()
    for (const side of [ada, bo]) {
      const { goals, links, progress } = side.view()
      expect(goals).toEqual([
        {
          id: goalId,
          title: 'A sewn book',
          progress: 1,
          milestones: [{ id: milestoneId, title: 'Fold the sheets', done: true }],
        },
      ])
      expect(progress).toBe(1)
      expect(links).toEqual([{ id: linkId, title: 'Stitches', address: 'https://example.org/coptic' }])
    }
    await bo.saying.edit(id, { kind: 'remove', id: goalId })
    await exchange()
    for (const side of [ada, bo]) expect(side.view()).toMatchObject({ goals: [], progress: null })
  })

  it('is taken from either, also where the one ticks off what the other wrote', async () => {
    const id = await begin()
    const goalId = freshId()
    await ada.saying.edit(id, { kind: 'goal', goalId, title: 'A sewn book' })
    await exchange()
    for (const [writer, other] of [
      [ada, bo],
      [bo, ada],
    ] as const) {
      const milestoneId = freshId()
      await writer.saying.edit(id, { kind: 'milestone', goalId, milestoneId, title: 'Fold the sheets' })
      await exchange()
      await other.saying.edit(id, { kind: 'milestone', goalId, milestoneId, done: true })
      await exchange()
    }
    for (const side of [ada, bo]) expect(side.view()).toMatchObject({ progress: 1 })
  })

  it('is merged where both wrote at once, letter by letter', async () => {
    const id = await begin()
    await ada.saying.edit(id, { kind: 'text', field: 'notes', from: '', to: 'first line\nlast line' })
    await exchange()
    const from = 'first line\nlast line'
    await ada.saying.edit(id, { kind: 'text', field: 'notes', from, to: 'very first line\nlast line' })
    await bo.saying.edit(id, { kind: 'text', field: 'notes', from, to: 'first line\nvery last line' })
    await exchange()
    for (const side of [ada, bo]) expect(side.view().notes).toBe('very first line\nvery last line')
    // what the person began to change was shown before the other's words came
    await ada.saying.edit(id, { kind: 'text', field: 'notes', from, to: 'first line\nlast line!' })
    expect(ada.view().notes).toBe('very first line\nvery last line!')
  })

  it('is bounded, and says so', async () => {
    const id = await begin()
    const too = (change: Parameters<Mentor['saying']['edit']>[1]) => expect(ada.saying.edit(id, change)).rejects
    await too({ kind: 'text', field: 'what', from: 'Bind a book', to: 'x'.repeat(1001) }).toMatchObject({
      code: 'too-large',
    })
    for (let nth = 0; nth < 12; nth++) await ada.saying.edit(id, { kind: 'goal', goalId: freshId(), title: 'x' })
    await too({ kind: 'goal', goalId: freshId(), title: 'x' }).toMatchObject({ code: 'too-large' })
    await too({ kind: 'goal', goalId: freshId() }).toMatchObject({ code: 'bad-input' })
    await too({ kind: 'milestone', goalId: freshId(), milestoneId: freshId(), title: 'x' }).toMatchObject({
      code: 'not-found',
    })
    await too({ kind: 'link', linkId: freshId(), title: '\u200B', address: 'x' }).toMatchObject({ code: 'bad-input' })
    expect(ada.view().goals).toHaveLength(12)
    expect(ada.view().agreement.what).toBe('Bind a book')
  })

  it('is not sent where nothing of it changed', async () => {
    const id = await begin()
    const before = ada.friend.shown().length
    await ada.saying.edit(id, { kind: 'text', field: 'what', from: 'Bind a book', to: 'Bind a book' })
    await ada.saying.edit(id, { kind: 'remove', id: freshId() })
    expect(ada.friend.shown()).toHaveLength(before)
    expect(ada.friend.app.waiting(ada.friend.id).queued).toBe(0)
  })
})

describe('a session', () => {
  it('is accepted by the other, moved, accepted anew, and held by both', async () => {
    const id = await begin()
    const at = clock.now() + 24 * hour
    const session = await ada.plan(at, { note: 'the usual way' })
    await exchange()
    expect(bo.view().waits).toEqual(['session'])
    const [first] = bo.view().sessions
    expect(first).toMatchObject({ at, minutes: 60, state: 'proposed', proposedByMe: false, teaches: 'me', moves: 0 })
    await expect(ada.saying.take(id, session, first?.plan ?? 0)).rejects.toMatchObject({ code: 'wrong-state' })
    await bo.saying.take(id, session, first?.plan ?? 0)
    await exchange()
    expect(ada.view().nextSession).toEqual({ id: session, at, minutes: 60 })
    await bo.saying.plan(id, { session, at: at + hour, minutes: 30, format: 'voice', note: '', teaches: 'me' })
    await exchange()
    expect(ada.view()).toMatchObject({ waits: ['session'], nextSession: null })
    const [moved] = ada.view().sessions
    expect(moved).toMatchObject({ at: at + hour, state: 'proposed', proposedByMe: false, moves: 1 })
    await ada.saying.take(id, session, moved?.plan ?? 0)
    await exchange()
    await expect(ada.saying.held(id, session, 30)).rejects.toMatchObject({ code: 'wrong-state' })
    clock.advance(26 * hour)
    expect(bo.view().waits).toEqual(['took-place'])
    await ada.saying.held(id, session, 30)
    await exchange()
    expect(bo.view().sessions[0]).toMatchObject({ state: 'accepted', took: { mine: null, theirs: 30 } })
    await bo.saying.held(id, session, 40)
    await exchange()
    expect(ada.view().sessions[0]).toMatchObject({ state: 'held', took: { mine: 30, theirs: 40 } })
    expect(ada.lines().slice(2)).toEqual([
      'session-proposed',
      'session-accepted',
      'session-moved',
      'session-accepted',
      'session-held',
      'session-held',
    ])
    expect(ada.app.hours()).toMatchObject({ given: 0, received: 30, mentorships: [{ sessions: 1 }] })
    expect(bo.app.hours()).toMatchObject({ given: 40, received: 0 })
  })

  it('that was moved while it was accepted waits for the new time', async () => {
    const id = await begin()
    const at = clock.now() + 24 * hour
    const session = await ada.plan(at)
    await exchange()
    const seen = bo.view().sessions[0]?.plan ?? 0
    await ada.saying.plan(id, { session, at: at + hour, minutes: 60, format: 'text', note: '', teaches: 'me' })
    await bo.saying.take(id, session, seen)
    await exchange()
    for (const side of [ada, bo]) expect(side.view().sessions[0]).toMatchObject({ at: at + hour, state: 'proposed' })
    await expect(bo.saying.take(id, session, seen)).rejects.toMatchObject({ code: 'changed' })
  })

  it('says who teaches in a swap, and is cancelled by either', async () => {
    const id = await begin('both')
    const at = clock.now() + hour
    const [mine, theirs] = [await ada.plan(at), await ada.plan(at + hour, { teaches: 'them' })]
    await exchange()
    expect(bo.view().sessions.map(({ teaches }) => teaches)).toEqual(['them', 'me'])
    await bo.saying.say(id, () => ({ kind: 'cancel', session: mine }))
    await exchange()
    expect(ada.view().sessions.map(({ state }) => state)).toEqual(['cancelled', 'proposed'])
    await expect(ada.saying.say(id, () => ({ kind: 'cancel', session: mine }))).rejects.toMatchObject({
      code: 'wrong-state',
    })
    await ada.saying.say(id, () => ({ kind: 'cancel', session: theirs }))
    await exchange()
    expect(bo.view().waits).toEqual([])
  })
})

it('a proposal made twice is one', async () => {
  const id = freshId()
  const wish = { teaches: 'me', agreement: noAgreement } as const
  for (const _ of [1, 2]) await ada.saying.propose(id, ada.friend.id, wish)
  expect(ada.lines()).toEqual(['mentorship-proposed'])
})
