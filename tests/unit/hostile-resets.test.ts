import { describe, expect, it } from 'vitest'
import { random } from '../../core/crypto/random.ts'
import type { OpenedBox } from '../../core/boxes/client.ts'
import { itemsFrom } from '../../core/conversations/outbox.ts'
import { receiveItems } from '../../core/conversations/receiving.ts'
import { decodeResetRecord, encodeResetRecord } from '../../core/ratchet/reset-record.ts'
import { settle, type Correspondent } from '../support/correspondent.ts'
import { eachWithCorrespondents } from '../support/correspondents.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import { communityId } from '../support/pair.ts'
import type { PostOffice } from '../support/post-office.ts'

const hour = 3_600_000
let clock: ManualClock
let office: PostOffice
let seeker: Correspondent
let mentor: Correspondent

eachWithCorrespondents((fresh) => ({ clock, office, seeker, mentor } = fresh))

const pass = (): void => clock.advance(hour)
const settled = () => settle([seeker, mentor], pass)

/** A few words both ways, so that the session is past its beginning. */
async function chat(): Promise<void> {
  await seeker.say('hello')
  await mentor.say('welcome')
  expect(await settled()).toBe(true)
}

/** All that lies where one side looks. */
async function lying(side: Correspondent): Promise<{ box: OpenedBox; hand: () => Promise<void> }[]> {
  const found: { box: OpenedBox; hand: () => Promise<void> }[] = []
  for (const watch of side.conversations.sources(communityId)()) {
    for (const box of await office.fetch([watch.capability])) found.push({ box, hand: () => watch.handle(box) })
  }
  return found
}

describe('a contact', () => {
  const ask = (attempt: number) => {
    const { identityId } = mentor.state.session
    mentor.desk.ratchet.rotate(identityId, clock.now() + 24 * hour)
    return encodeResetRecord({ step: 'ask', attempt, bundle: mentor.desk.ratchet.bundle(identityId) })
  }
  const tell = (reset: Uint8Array<ArrayBuffer>) => seeker.conversations.security.heard(seeker.id, { reset })

  it('is answered once a day, whatever they ask', async () => {
    await chat()
    await tell(ask(1))
    expect(seeker.keys.attempt).toMatchObject({ step: 'answered', number: 1 })
    for (const attempt of [1, 2, 3, 900, 0xffff_fffd]) await tell(ask(attempt))
    expect(seeker.keys.attempt).toMatchObject({ step: 'answered', number: 1 })
    clock.advance(24 * hour)
    await tell(ask(5))
    expect(seeker.keys.attempt).toMatchObject({ step: 'answered', number: 5 })
    // an asking of before, again
    clock.advance(24 * hour)
    for (const attempt of [1, 4, 5]) await tell(ask(attempt))
    expect(seeker.keys.attempt).toMatchObject({ step: 'answered', number: 5 })
    // until they confirm, nothing has changed
    await seeker.say('still readable')
    expect(await settle([seeker, mentor], pass, 2)).toBe(false)
    expect(mentor.texts().at(-1)).toBe('still readable')
  })

  it('is asked once a day, whatever they write', async () => {
    await chat()
    const garbage = async (): Promise<void> => {
      for (let bad = 0; bad < 4; bad++) {
        const index = seeker.state.receiveNext
        await receiveItems(seeker.desk, seeker.id, [{ index, ciphertext: random(300) }])
        await seeker.conversations.security.look(seeker.id)
      }
    }
    await garbage()
    const first = seeker.keys.attempt?.told
    expect(seeker.keys.attempt).toMatchObject({ step: 'asked', number: 1 })
    const { receiveNext } = seeker.state
    await garbage()
    expect(seeker.keys.attempt?.told).toEqual(first)
    // what cannot be read waits for the answer
    expect(seeker.state.receiveNext).toBe(receiveNext)
    await mentor.look()
    expect(await settled()).toBe(true)
    expect(seeker.state.generation).toBe(1)
    await garbage()
    expect(seeker.keys.attempt).toBeUndefined()
    expect(seeker.heard().slice(-4)).toEqual(Array.from({ length: 4 }, () => '<unreadable>'))
  })

  it('changes nothing with what is no reset, or is for something else', async () => {
    await chat()
    const good = ask(1)
    const other = random(32)
    const bad = [
      new Uint8Array(0),
      random(40),
      random(5000),
      good.slice(0, -1),
      Uint8Array.from(good, (byte, at) => (at === 900 ? byte ^ 1 : byte)),
      encodeResetRecord({ step: 'confirm', attempt: 1, ciphertext: other }),
      encodeResetRecord({ step: 'answer', attempt: 1, identityKey: good.slice(9, 42), first: other }),
    ]
    const before = [seeker.state, seeker.keys]
    for (const record of bad) await tell(record)
    expect([seeker.state, seeker.keys]).toEqual(before)
    // asked, and answered with what cannot be read: asked again a day later at the earliest
    seeker.damage('session-lost')
    await seeker.look()
    await tell(
      encodeResetRecord({
        step: 'answer',
        attempt: 1,
        identityKey: mentor.desk.ratchet.identityKey(mentor.state.session.identityId),
        first: other,
      }),
    )
    await seeker.look()
    expect(seeker.keys.attempt).toBeUndefined()
    clock.advance(24 * hour)
    expect(await settled()).toBe(true)
    expect(seeker.state.generation).toBe(2)
  })

  it('brings back nothing with what was told or stored before', async () => {
    await chat()
    await seeker.say('one')
    await seeker.post()
    const old = await lying(mentor)
    mentor.damage('session-lost')
    const records: Uint8Array<ArrayBuffer>[] = []
    for (let round = 0; round < 8; round++) {
      for (const side of [seeker, mentor]) {
        await side.look()
        await side.post()
        await side.tell()
        const { attempt } = side.keys
        if (attempt !== undefined) records.push(attempt.told)
      }
      pass()
    }
    expect(new Set(records.map((record) => decodeResetRecord(record).step))).toEqual(
      new Set(['ask', 'answer', 'confirm']),
    )
    const before = [seeker.state, seeker.keys, seeker.heard(), mentor.state, mentor.keys, mentor.heard()]
    clock.advance(48 * hour)
    for (const { hand } of old) await hand()
    for (const reset of records) {
      for (const side of [seeker, mentor]) await side.conversations.security.heard(side.id, { reset, keys: 1 })
    }
    expect([seeker.state, seeker.keys, seeker.heard(), mentor.state, mentor.keys, mentor.heard()]).toEqual(before)
    expect(mentor.texts()).toEqual(['hello', 'one'])
  })

  it('cannot have a message counted that was made for the keys before', async () => {
    await chat()
    await seeker.say('under old keys')
    await seeker.post()
    const old = await lying(mentor)
    mentor.damage('session-lost')
    await mentor.look()
    await mentor.tell()
    await seeker.look()
    await seeker.tell()
    await mentor.look()
    expect(mentor.state.generation).toBe(1)
    const { receiveNext } = mentor.state
    for (const { hand } of old) await hand()
    await seeker.hand(mentor)
    expect(mentor.state.receiveNext).toBe(receiveNext)
    expect(await settled()).toBe(true)
    expect(mentor.heard()).toEqual(['hello', '<session-reset>', 'under old keys'])
  })

  it('has each item judged by itself: what cannot be read waits while keys are renewed, also behind a good one', async () => {
    await chat()
    for (let bad = 0; bad < 2; bad++) {
      await receiveItems(seeker.desk, seeker.id, [{ index: seeker.state.receiveNext, ciphertext: random(300) }])
    }
    // the mentor's count goes on behind the two that they never wrote
    mentor.desk.database.run('UPDATE conversations SET send_next = ?', [seeker.state.receiveNext])
    await tell(ask(1))
    await mentor.say('good')
    const { receiveNext: index } = seeker.state
    const [good] = itemsFrom(mentor.desk.database, mentor.id, index, 1)
    const items = [
      { index, ciphertext: good?.ciphertext },
      { index: index + 1, ciphertext: random(300) },
    ]
    expect(await receiveItems(seeker.desk, seeker.id, items)).toBe(1)
    expect(seeker.heard().at(-1)).toBe('good')
    expect(seeker.state.receiveNext).toBe(index + 1)
  })
})
