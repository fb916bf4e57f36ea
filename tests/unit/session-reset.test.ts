import { describe, expect, it } from 'vitest'
import { random } from '../../core/crypto/random.ts'
import { receiveItems } from '../../core/conversations/receiving.ts'
import { encodeResetRecord } from '../../core/ratchet/reset-record.ts'
import { settle, type Correspondent } from '../support/correspondent.ts'
import { eachWithCorrespondents } from '../support/correspondents.ts'
import { faultOf } from '../support/faults.ts'
import type { ManualClock } from '../support/manual-clock.ts'

const hour = 3_600_000
let clock: ManualClock
let seeker: Correspondent
let mentor: Correspondent

eachWithCorrespondents((fresh) => ({ clock, seeker, mentor } = fresh))

const pass = (): void => clock.advance(hour)
const settled = () => settle([seeker, mentor], pass)
const verifyBoth = (): void => {
  for (const side of [seeker, mentor]) side.conversations.security.setVerified(side.id, true)
}
const numberOf = (side: Correspondent) => side.conversations.security.safetyNumber(side.id)

/** A few words both ways, so that the session is past its beginning. */
async function chat(): Promise<void> {
  await seeker.say('hello')
  await mentor.say('welcome')
  expect(await settled()).toBe(true)
}

describe.each(['session-lost', 'session-damaged'] as const)('a %s', (damage) => {
  it('is begun anew by both, and nothing that was unsent or undelivered is lost', async () => {
    await chat()
    verifyBoth()
    const { digits } = numberOf(seeker)
    await seeker.say('on its way')
    await seeker.post()
    mentor.damage(damage)
    await mentor.say('written without keys')
    expect(mentor.messages(true).at(-1)?.delivery).toBe('queued')
    await seeker.say('and one more')
    expect(await settled()).toBe(true)
    expect(mentor.texts()).toEqual(['hello', 'on its way', 'and one more'])
    expect(seeker.texts()).toEqual(['welcome', 'written without keys'])
    expect([seeker, mentor].map((side) => side.renewals())).toEqual([1, 1])
    expect([seeker, mentor].map((side) => side.state.generation)).toEqual([1, 1])
    // the keys of the two people are the same: so is their number
    for (const side of [seeker, mentor])
      expect(numberOf(side)).toMatchObject({ digits, verified: true, changed: false })
    await seeker.say('as before')
    expect(await settled()).toBe(true)
    expect(mentor.texts().at(-1)).toBe('as before')
  })

  it('survives a restart of either side at any step', async () => {
    await chat()
    mentor.damage(damage)
    await seeker.say('one')
    await mentor.say('two')
    for (let step = 0; step < 24; step++) {
      const side = step % 2 === 0 ? seeker : mentor
      if (step % 3 === 0) await side.look()
      await side.restart()
      if (step % 3 === 1) await side.post()
      await side.tell()
      await side.restart()
      await side.look()
      pass()
    }
    expect(await settled()).toBe(true)
    expect(mentor.texts()).toEqual(['hello', 'one'])
    expect(seeker.texts()).toEqual(['welcome', 'two'])
    expect([seeker.renewals(), mentor.renewals()]).toEqual([1, 1])
  })
})

describe('a session that is older than the other side knows', () => {
  it('is begun anew once three messages in succession could not be read', async () => {
    await chat()
    const putBack = mentor.backUp()
    for (let round = 0; round < 3; round++) await chat()
    putBack()
    for (const text of ['a', 'b', 'c', 'd', 'e']) await seeker.say(text)
    expect(await settled()).toBe(true)
    const heard = mentor.heard()
    // two were taken for bad messages; from the third on they waited for new keys
    expect(heard.slice(-6)).toEqual(['<unreadable>', '<unreadable>', '<session-reset>', 'c', 'd', 'e'])
    await mentor.say('back')
    expect(await settled()).toBe(true)
    expect(seeker.texts().at(-1)).toBe('back')
  })

  it('is not begun anew for one or two', async () => {
    await chat()
    for (let bad = 0; bad < 2; bad++) {
      const { receiveNext } = mentor.state
      await receiveItems(mentor.desk, mentor.id, [{ index: receiveNext, ciphertext: random(300) }])
    }
    await mentor.look()
    expect(mentor.keys.attempt).toBeUndefined()
    expect(mentor.heard()).toEqual(['hello', '<unreadable>', '<unreadable>'])
  })
})

describe('a session that both have lost', () => {
  it('is begun anew once: the seeker asks, the mentor answers', async () => {
    await chat()
    for (const side of [seeker, mentor]) {
      side.damage('session-lost')
      await side.say('still here')
      await side.look()
    }
    expect([seeker, mentor].map((side) => side.keys.attempt?.step)).toEqual(['asked', 'asked'])
    expect(await settled()).toBe(true)
    expect([seeker.texts().at(-1), mentor.texts().at(-1)]).toEqual(['still here', 'still here'])
    expect([seeker.renewals(), mentor.renewals()]).toEqual([1, 1])
  })
})

describe('an identity that is lost', () => {
  it('stops the other side until the person goes on, and then nothing is lost', async () => {
    await chat()
    verifyBoth()
    const before = numberOf(seeker).digits
    await seeker.say('before the stop')
    mentor.damage('identity-lost')
    await mentor.say('with new keys')
    await settled()
    expect(seeker.conversations.view(seeker.id)).toMatchObject({ keys: 'changed', verified: false })
    expect(await faultOf(() => seeker.say('not now'))).toBe('key-changed')
    expect(await faultOf(() => seeker.conversations.security.setVerified(seeker.id, true))).toBe('wrong-state')
    // neither sent nor decrypted
    const { receiveNext, sendAcked } = seeker.state
    await mentor.hand(seeker)
    await seeker.post()
    expect(seeker.state).toMatchObject({ receiveNext, sendAcked, generation: 0 })
    expect(mentor.texts()).toEqual(['hello'])
    const shown = numberOf(seeker)
    expect(shown).toMatchObject({ changed: true, verified: false })
    expect(shown.digits).not.toBe(before)

    await seeker.conversations.security.goOn(seeker.id)
    // the number that was seen is the one that is compared, from now on
    expect(numberOf(seeker)).toMatchObject({ digits: shown.digits, changed: false, verified: false })
    seeker.conversations.security.setVerified(seeker.id, true)
    expect(await settled()).toBe(true)
    expect(mentor.texts()).toEqual(['hello', 'before the stop'])
    expect(seeker.texts()).toEqual(['welcome', 'with new keys'])
    const [mine, yours] = [numberOf(seeker), numberOf(mentor)]
    expect(mine).toMatchObject({ digits: shown.digits, changed: false, verified: true })
    expect(yours).toMatchObject({ digits: shown.digits, changed: false, verified: false })
    expect(seeker.conversations.security.compare(seeker.id, yours.code)).toEqual({ match: true })
    expect(await faultOf(() => seeker.conversations.security.goOn(seeker.id))).toBe('wrong-state')
  })

  it('is not the known one again once the person goes on with another', async () => {
    await chat()
    const { identityId } = mentor.state.session
    mentor.desk.ratchet.rotate(identityId, clock.now() + 99 * hour)
    const old = encodeResetRecord({ step: 'ask', attempt: 9, bundle: mentor.desk.ratchet.bundle(identityId) })
    mentor.damage('identity-lost')
    await mentor.say('with new keys')
    await settled()
    const { security } = seeker.conversations
    await security.goOn(seeker.id)
    security.setVerified(seeker.id, true)
    const { digits } = numberOf(seeker)
    // whoever has the old one may ask before the new one has answered
    clock.advance(25 * hour)
    await security.heard(seeker.id, { reset: old })
    expect(seeker.conversations.view(seeker.id)).toMatchObject({ keys: 'changed', verified: false })
    expect(numberOf(seeker).digits).not.toBe(digits)
  })

  it('has nothing of this side count as delivered while the person has not gone on', async () => {
    await chat()
    await seeker.say('for the one I know')
    mentor.damage('identity-lost')
    await mentor.say('with new keys')
    await mentor.look()
    await mentor.tell()
    await seeker.look()
    expect(seeker.conversations.view(seeker.id).keys).toBe('changed')
    const { sendAcked, sendNext } = seeker.state
    expect(sendAcked).toBeLessThan(sendNext)
    await receiveItems(seeker.desk, seeker.id, [], { acknowledged: sendNext })
    const { receiveNext } = mentor.state
    mentor.desk.database.run('UPDATE conversations SET receive_next = ?', [sendNext])
    await mentor.tell()
    await seeker.look()
    mentor.desk.database.run('UPDATE conversations SET receive_next = ?', [receiveNext])
    expect(seeker.state).toMatchObject({ sendAcked, sendNext })
    await mentor.tell()
    await seeker.conversations.security.goOn(seeker.id)
    expect(await settled()).toBe(true)
    expect(mentor.texts()).toEqual(['hello', 'for the one I know'])
  })

  it('leaves nobody at work under the lock of the one before', async () => {
    await chat()
    const { database, ratchet } = seeker.desk
    const { identityId } = seeker.state.session
    const other = ratchet.createIdentity(seeker.state.personaId)
    const steps: string[] = []
    const { promise: free, resolve: release } = Promise.withResolvers<void>()
    const held = ratchet.withLock(other, () => free)
    // as a reset does that had to make a new one
    const changed = ratchet.withLock(identityId, async () => {
      database.run('UPDATE conversations SET identity_id = ?', [other])
    })
    const work = [
      seeker.say('x'),
      receiveItems(seeker.desk, seeker.id, []),
      seeker.conversations.security.heard(seeker.id, { reset: new Uint8Array(9) }),
      seeker.conversations.forget(seeker.id),
    ].map((each, nth) => each.catch(() => {}).then(() => steps.push(`${nth}`)))
    await changed
    // far more than any of them takes
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(steps).toEqual([])
    release()
    await Promise.all([...work, held])
    expect(steps).toHaveLength(4)
  })

  it('stops the side that asked too, where it is the other that comes with another key', async () => {
    await chat()
    seeker.damage('session-lost')
    await seeker.look()
    await seeker.tell()
    mentor.damage('identity-lost')
    await mentor.look()
    await mentor.tell()
    await seeker.look()
    expect(seeker.conversations.view(seeker.id).keys).toBe('changed')
    expect(seeker.state.generation).toBe(0)
    await seeker.conversations.security.goOn(seeker.id)
    await seeker.say('hello again')
    expect(await settled()).toBe(true)
    expect(mentor.texts().at(-1)).toBe('hello again')
    expect(numberOf(seeker).digits).toBe(numberOf(mentor).digits)
  })
})

describe('what waits for new keys', () => {
  it('says nothing any more where it was taken back meanwhile', async () => {
    await chat()
    mentor.damage('session-lost')
    await mentor.say('I should not have said this')
    await mentor.say('but this')
    const [, taken] = mentor.messages(true)
    await mentor.conversations.actions.deleteForBoth(taken?.id as never)
    expect(await settled()).toBe(true)
    expect(seeker.heard().filter((line) => line !== '<session-reset>')).toEqual(['welcome', '<deleted>', 'but this'])
  })

  it('leaves one line of a long message that was changed and taken back, and nothing of its changes', async () => {
    await chat()
    mentor.damage('session-lost')
    await mentor.say('x'.repeat(30_000))
    const [, taken] = mentor.messages(true)
    await mentor.conversations.actions.edit(taken?.id as never, 'no better')
    await mentor.conversations.actions.deleteForBoth(taken?.id as never)
    await mentor.say('but this')
    expect(await settled()).toBe(true)
    expect(seeker.heard().filter((line) => line !== '<session-reset>')).toEqual(['welcome', '<deleted>', 'but this'])
  })

  it.each(['was asked before', 'is asked meanwhile'] as const)(
    'asks for the end all the same, which %s',
    async (when) => {
      await chat()
      if (when === 'is asked meanwhile') mentor.damage('session-lost')
      await mentor.say('never mind')
      await mentor.conversations.actions.end(mentor.id)
      if (when === 'was asked before') {
        mentor.damage('session-lost')
        seeker.damage('session-lost')
      }
      expect(await settled()).toBe(true)
      expect(seeker.state.ending).toBe('by-contact')
      await seeker.conversations.actions.confirmEnd(seeker.id)
      expect(await settled()).toBe(true)
      expect(mentor.state.ending).toBe('confirmed')
    },
  )

  it('goes with the conversation, and so do its keys', async () => {
    await chat()
    mentor.damage('identity-lost')
    await mentor.say('never sent')
    await mentor.look()
    await mentor.conversations.forget(mentor.id)
    for (const table of [
      'ratchet_identities',
      'ratchet_sessions',
      'ratchet_prekeys',
      'conversation_keys',
      'conversation_outbox',
    ]) {
      expect(mentor.desk.database.all(`SELECT * FROM ${table}`)).toEqual([])
    }
  })
})
