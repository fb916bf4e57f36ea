import { describe, expect, it, vi } from 'vitest'
import { Fault } from '../../core/base/fault.ts'
import { createConversation } from '../../core/conversations/create.ts'
import { itemsFrom } from '../../core/conversations/outbox.ts'
import { encodeMessage } from '../../core/conversations/plaintext.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { random } from '../../core/crypto/random.ts'
import { eventually } from '../support/eventually.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import { communityId } from '../support/pair.ts'
import type { PenFriend } from '../support/pen-friend.ts'
import { eachWithPenFriends, type Fresh } from '../support/pen-friends.ts'

const hour = 3_600_000
let seeker: PenFriend
let mentor: PenFriend
let clock: ManualClock
let exchange: Fresh['exchange']
let bytesOf: Fresh['bytesOf']

eachWithPenFriends((fresh) => ({ seeker, mentor, clock, exchange, bytesOf } = fresh))

describe('what disappears', () => {
  it('does so from when it was read or delivered, with its words and the free pages', async () => {
    const secret = 'oleander-thicket-4711'
    await seeker.actions.setTimer(seeker.id, 3600)
    await seeker.write(`meet at the ${secret}`)
    clock.advance(48 * hour)
    await exchange()
    const lines = ['timer', 'text']
    expect(mentor.shown().map(({ kind }) => kind)).toEqual(lines)
    expect(getConversation(mentor.database, mentor.id).timer).toBe(3600)
    expect(seeker.last().expiresAt).toBe(clock.now() + hour)
    expect(mentor.last().expiresAt).toBeNull()
    clock.advance(hour + 1)
    await eventually(() => seeker.shown().length === 1)
    expect(mentor.shown().map(({ kind }) => kind)).toEqual(lines)
    mentor.app.read({ conversationId: mentor.id, upTo: mentor.last().position })
    clock.advance(hour - 1)
    expect(mentor.shown()).toHaveLength(2)
    clock.advance(2)
    await eventually(() => mentor.shown().length === 1)
    for (const side of [seeker, mentor]) {
      expect(side.app.search({ text: 'oleander', limit: 9 })).toEqual([])
      expect(side.app.list()[0]?.lastMessage?.kind).toBe('timer')
    }
    for (const name of ['seeker', 'mentor'] as const) {
      for (const word of [secret, 'oleander', 'thicket']) {
        expect(bytesOf(name).includes(word), `${word} in ${name}`).toBe(false)
      }
    }
  })

  it('takes along what changed it, though that was never delivered', async () => {
    await seeker.actions.setTimer(seeker.id, 3600)
    const id = await seeker.write('at the fountain')
    await exchange()
    await seeker.actions.edit(id, 'at the viburnum')
    clock.advance(hour + 1)
    await eventually(() => seeker.shown().length === 1)
    expect(bytesOf('seeker').includes('viburnum')).toBe(false)
  })

  it('is gone from the files also where the power failed before they were cut', async () => {
    await seeker.write('under the hornbeam')
    await exchange()
    await mentor.app.stop()
    // as far as it came
    mentor.database.run("DELETE FROM messages WHERE kind = 'text'")
    expect(bytesOf('mentor').includes('hornbeam')).toBe(true)
    await mentor.app.start()
    await eventually(() => !bytesOf('mentor').includes('hornbeam'))
  })

  it('is gone from the files of who read it when its writer takes it back', async () => {
    const id = await seeker.write('beside the tamarisk')
    await exchange()
    expect(bytesOf('mentor').includes('tamarisk')).toBe(true)
    await seeker.actions.deleteForBoth(id)
    await exchange()
    await eventually(() => !bytesOf('mentor').includes('tamarisk'))
  })

  it('is written in clear nowhere else: the control', async () => {
    await seeker.write('a juniper hedge')
    expect(bytesOf('seeker').includes('juniper')).toBe(true)
  })

  it('does not stay longer because a clock was wrong', async () => {
    await seeker.actions.setTimer(seeker.id, 3600)
    await seeker.write('soon gone')
    const right = clock.now()
    clock.advance(1000 * 24 * hour)
    await exchange()
    clock.advance(right - clock.now())
    await seeker.actions.react(seeker.lastId(), '🌱')
    await eventually(() => (seeker.last().expiresAt ?? Infinity) <= clock.now() + hour)
    clock.advance(hour + 1)
    await eventually(() => seeker.shown().length === 1)
  })

  it('is not sent by a contact with a time of their own making', async () => {
    const odd = { kind: 'text', text: 'x', timer: 3600 } as const
    await seeker.forge(odd)
    await expect(seeker.forge({ ...odd, timer: 7 })).rejects.toMatchObject({ code: 'bad-input' })
    await exchange()
    expect(mentor.last().timer).toBe(3600)
  })
})

describe('the end', () => {
  it('deletes on both sides, is confirmed, and lets nothing more be written', async () => {
    await seeker.write('before')
    await mentor.write('also before')
    await exchange()
    mentor.app.saveDraft(mentor.id, 'never sent')
    await seeker.actions.end(seeker.id)
    expect(seeker.app.view(seeker.id)).toMatchObject({ ending: 'asked', lastMessage: null })
    await expect(seeker.write('x')).rejects.toMatchObject({ code: 'wrong-state' })
    await seeker.deliver(mentor)
    expect(mentor.app.view(mentor.id)).toMatchObject({ ending: 'by-contact', lastMessage: null, draft: '' })
    await expect(mentor.write('x')).rejects.toMatchObject({ code: 'wrong-state' })
    // what owes an answer gives it when it starts
    await mentor.app.stop()
    await mentor.app.start()
    await eventually(() => !getConversation(mentor.database, mentor.id).endOwed)
    await exchange()
    expect(seeker.app.view(seeker.id).ending).toBe('confirmed')
    await mentor.forge({ kind: 'text', text: 'but I' }, { kind: 'timer', seconds: 3600 })
    await exchange()
    expect(seeker.shown()).toEqual([])
    await mentor.forgeItem(
      encodeMessage({ kind: 'part', nth: 0, of: 2, bytes: new Uint8Array(12_000), at: clock.now(), ack: 0 }),
    )
    await exchange()
    expect(seeker.database.all('SELECT nth FROM conversation_parts')).toEqual([])
  })

  it('asked for by both at once is confirmed to both', async () => {
    await seeker.actions.end(seeker.id)
    await mentor.actions.end(mentor.id)
    await exchange()
    for (const side of [seeker, mentor]) await side.actions.confirmEnd(side.id)
    await exchange()
    for (const side of [seeker, mentor]) expect(side.app.view(side.id).ending).toBe('confirmed')
  })

  it('is not confirmed by who was not asked', async () => {
    await mentor.forge({ kind: 'ended' })
    await exchange()
    expect(seeker.app.view(seeker.id).ending).toBe('none')
  })
})

describe('boundaries', () => {
  it('a blocked contact is not looked for, and nothing goes to them, until it is taken back', async () => {
    await seeker.write('queued before')
    seeker.app.setBlocked(seeker.id, true)
    expect([...seeker.app.sources(communityId)()]).toEqual([])
    await expect(seeker.write('x')).rejects.toMatchObject({ code: 'wrong-state' })
    expect(seeker.app.waiting(seeker.id)).toEqual({ queued: 1, reason: 'blocked', nextTryAt: null })
    expect(seeker.app.setBlocked(seeker.id, false).blocked).toBe(false)
    expect([...seeker.app.sources(communityId)()].length).toBeGreaterThan(8)
    expect(seeker.app.waiting(seeker.id).reason).toBe('offline')
    await exchange()
    expect(mentor.last().text).toBe('queued before')
    expect(seeker.app.waiting(seeker.id)).toEqual({ queued: 0, reason: 'none', nextTryAt: null })
  })

  it('a conversation that is forgotten leaves no row behind, and no word in the file', async () => {
    await seeker.write('a larkspur border')
    await mentor.write('hello')
    await exchange()
    await seeker.actions.react(seeker.lastId(), '🌱')
    seeker.app.saveDraft(seeker.id, 'half a larkspur')
    await seeker.app.forget(seeker.id)
    const tables = seeker.database
      .all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'`)
      .map(({ name }) => name)
      .filter((name) => name !== 'migrations' && name !== 'message_words_next')
    expect(tables.length).toBeGreaterThan(8)
    for (const name of tables) expect(seeker.database.all(`SELECT * FROM ${name}`), name).toEqual([])
    expect(bytesOf('seeker').includes('larkspur')).toBe(false)
    await expect(seeker.app.forget(seeker.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('what is deleted is told to be so, where the disk has no room to cut it from the log at once', async () => {
    const full = (): never => {
      throw new Fault('disk-full', 'No room')
    }
    const [first, second] = [await seeker.write('one'), await seeker.write('two')]
    await seeker.write('three')
    vi.spyOn(seeker.database, 'scrub').mockImplementation(full)
    await seeker.actions.deleteForBoth(first)
    seeker.app.deleteHere(second)
    expect(seeker.shown().map(({ kind, text }) => text || kind)).toEqual(['deleted', 'three'])
    await seeker.actions.end(seeker.id)
    expect(seeker.app.view(seeker.id).ending).toBe('asked')
    await seeker.app.forget(seeker.id)
    expect(seeker.app.list()).toEqual([])
  })

  it('that is forgotten leaves the identity to another one of the same offer, whose session is to be renewed', async () => {
    const { session, personaId } = getConversation(mentor.database, mentor.id)
    const other = createConversation(mentor.database, {
      personaId,
      communityId,
      role: 'mentor',
      // lost, as after a damaged restore
      session: { identityId: session.identityId, remote: 'ab'.repeat(32) },
      root: random(64),
      contact: { pseudonym: 'Grey Wren', key: random(32) },
      offerTitle: 'Bookbinding for beginners',
      createdAt: clock.now(),
    })
    await mentor.app.forget(mentor.id)
    expect(mentor.ratchet.hasIdentity(session.identityId)).toBe(true)
    await mentor.app.forget(other)
    expect(mentor.ratchet.hasIdentity(session.identityId)).toBe(false)
  })

  it('muting is this side’s own affair', async () => {
    expect(seeker.app.setMuted(seeker.id, true).muted).toBe(true)
    expect(itemsFrom(seeker.database, seeker.id, 0, 9)).toEqual([])
  })
})
