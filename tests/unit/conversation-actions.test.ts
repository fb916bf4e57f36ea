import { describe, expect, it } from 'vitest'
import type { Bytes } from '../../core/base/bytes.ts'
import { freshId, type MessageId } from '../../core/base/ids.ts'
import { encodeMessage } from '../../core/conversations/plaintext.ts'
import { readMessages } from '../../core/conversations/messages.ts'
import { itemsFrom } from '../../core/conversations/outbox.ts'
import { receiveItems } from '../../core/conversations/receiving.ts'
import { eventually } from '../support/eventually.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import type { PenFriend } from '../support/pen-friend.ts'
import { eachWithPenFriends, type Fresh } from '../support/pen-friends.ts'

const hour = 3_600_000
let seeker: PenFriend
let mentor: PenFriend
let clock: ManualClock
let exchange: Fresh['exchange']

eachWithPenFriends((fresh) => ({ seeker, mentor, clock, exchange } = fresh))

describe('a reply', () => {
  it('says what it answers, on both sides, as long as that is here', async () => {
    const question = await seeker.write('Shall I bring thread?')
    await exchange()
    await mentor.write('Yes, the waxed kind.', mentor.lastId())
    await exchange()
    expect(seeker.last().reply).toEqual({ messageId: question, mine: true, text: 'Shall I bring thread?' })
    expect(mentor.last().reply).toMatchObject({ mine: false, text: 'Shall I bring thread?' })
    seeker.app.deleteHere(question)
    expect(seeker.last().reply).toEqual({ messageId: null, mine: true, text: '' })
  })

  it('to a message of another conversation, or to a line that says nothing, is refused', async () => {
    await expect(seeker.write('x', freshId<MessageId>())).rejects.toMatchObject({ code: 'not-found' })
    await seeker.actions.setTimer(seeker.id, 3600)
    await expect(seeker.write('x', seeker.lastId())).rejects.toMatchObject({ code: 'bad-input' })
    expect(seeker.shown()).toHaveLength(1)
  })
})

describe('a reaction', () => {
  it('is one for each side, can change and be taken back', async () => {
    await seeker.write('I sewed it')
    await exchange()
    const theirs = mentor.lastId()
    for (const emoji of ['👍🏽', '🌱']) await mentor.actions.react(theirs, emoji)
    await seeker.actions.react(seeker.lastId(), '🎉')
    await exchange()
    expect(seeker.last().reactions).toEqual({ mine: '🎉', theirs: '🌱' })
    expect(mentor.last().reactions).toEqual({ mine: '🌱', theirs: '🎉' })
    expect(mentor.shown()).toHaveLength(1)
    await mentor.actions.react(theirs, '')
    await exchange()
    expect(seeker.last().reactions).toEqual({ mine: '🎉', theirs: null })
  })
})

describe('a change', () => {
  it('within an hour reaches both, and what it said is found no more', async () => {
    const id = await seeker.write('on thursday')
    await exchange()
    await seeker.actions.edit(id, 'on friday')
    await exchange()
    for (const side of [seeker, mentor]) {
      expect(side.last()).toMatchObject({ text: 'on friday', edited: true })
      expect(side.app.search({ text: 'thursday', limit: 9 })).toEqual([])
      expect(side.app.search({ text: 'FRI', limit: 9 }).map(({ message }) => message.id)).toEqual([side.last().id])
    }
    await seeker.actions.deleteForBoth(id)
    await exchange()
    for (const side of [seeker, mentor]) {
      expect(side.last()).toMatchObject({ kind: 'deleted', text: '', edited: false })
      expect(side.app.search({ text: 'friday', limit: 9 })).toEqual([])
    }
  })

  it('after an hour, or of another’s words, is refused here and has no effect there', async () => {
    const id = await seeker.write('mine')
    await mentor.write('yours')
    await exchange()
    const theirs = seeker.shown().find(({ mine }) => !mine)?.id as MessageId
    for (const change of [seeker.actions.edit(theirs, 'x'), seeker.actions.deleteForBoth(theirs)]) {
      await expect(change).rejects.toMatchObject({ code: 'wrong-state' })
    }
    clock.advance(hour + 1)
    for (const change of [seeker.actions.edit(id, 'x'), seeker.actions.deleteForBoth(id)]) {
      await expect(change).rejects.toMatchObject({ code: 'wrong-state' })
    }
    await seeker.forge({ kind: 'edit', index: 0, text: 'late' }, { kind: 'delete', index: 0 })
    // of what was never said, and of what the other said: numbers are the writer's own
    await seeker.forge({ kind: 'delete', index: 77 }, { kind: 'edit', index: 9, text: 'x' })
    await exchange()
    expect(mentor.shown().map(({ text, kind }) => `${kind} ${text}`)).toEqual(['text yours', 'text mine'])
  })

  it('that was queued with its message comes in order, weeks later', async () => {
    const id = await seeker.write('first words')
    await seeker.actions.edit(id, 'better words')
    clock.advance(30 * 24 * hour)
    await exchange()
    expect(mentor.last()).toMatchObject({ text: 'better words', edited: true })
  })

  it('of a message that was deleted leaves nothing of it in the outbox but its ciphertext', async () => {
    const id = await seeker.write('x'.repeat(30_000))
    await seeker.actions.deleteForBoth(id)
    const kept = seeker.database.all<{ said: number }>(
      'SELECT plaintext IS NOT NULL AS said FROM conversation_outbox ORDER BY chain_index',
    )
    expect(kept.map(({ said }) => said)).toEqual([0, 0, 0, 1])
  })

  it.each(['for both', 'here'] as const)(
    'of what was deleted %s before it was delivered is in no row',
    async (where) => {
      const id = await seeker.write('one sycamore')
      await seeker.actions.edit(id, 'two sycamores')
      await seeker.actions.edit(id, 'sycamores '.repeat(2000))
      if (where === 'for both') await seeker.actions.deleteForBoth(id)
      else seeker.app.deleteHere(id)
      const kept = seeker.database.all<{ said: Bytes }>(
        'SELECT plaintext AS said FROM conversation_outbox WHERE plaintext IS NOT NULL',
      )
      expect(kept.filter(({ said }) => Buffer.from(said).includes('sycamore'))).toEqual([])
    },
  )
})

describe('a long text', () => {
  it.each(['x', 'è', '字', '🪡'])('of 64 KiB of %s is sent in parts and joined', async (unit) => {
    const text = unit.repeat(65_536 / Buffer.byteLength(unit))
    await seeker.write(text)
    await seeker.write('after')
    expect(itemsFrom(seeker.database, seeker.id, 0, 99)).toHaveLength(7)
    await seeker.deliver(mentor)
    expect(mentor.shown().map((message) => message.text)).toEqual([text, 'after'])
    expect(seeker.shown().map(({ delivery }) => delivery)).toEqual(['delivered', 'delivered'])
  })

  it('is delivered once its last part is', async () => {
    await seeker.write('x'.repeat(20_000))
    const [first] = itemsFrom(seeker.database, seeker.id, 0, 1)
    if (first !== undefined) await receiveItems(mentor, mentor.id, [first])
    expect(mentor.shown()).toEqual([])
    expect(seeker.last().delivery).toBe('queued')
    await exchange()
    expect(mentor.last().text).toHaveLength(20_000)
    expect(seeker.last().delivery).toBe('delivered')
  })

  it('whose parts do not fit together is one unreadable message, and what follows is not lost', async () => {
    const part = (nth: number, of: number, length = 12_000): Uint8Array =>
      encodeMessage({ kind: 'part', nth, of, bytes: new Uint8Array(length).fill(7), at: 1, ack: 0 })
    await seeker.forgeItem(part(0, 3))
    await seeker.forge({ kind: 'text', text: 'between' })
    await seeker.forgeItem(part(0, 3))
    await seeker.forgeItem(part(1, 2, 40))
    await seeker.forgeItem(part(0, 2))
    await seeker.forgeItem(part(1, 2, 40))
    await seeker.forge({ kind: 'text', text: 'after' })
    await seeker.deliver(mentor)
    expect(mentor.shown().map(({ kind, text }) => text || kind)).toEqual([
      'unreadable',
      'between',
      'unreadable',
      'unreadable',
      'after',
    ])
    expect(mentor.database.all('SELECT * FROM conversation_parts')).toEqual([])
  })
})

describe('reading', () => {
  it('is told and shown only by those who do both', async () => {
    await seeker.write('seen?')
    await exchange()
    const read = () => mentor.app.read({ conversationId: mentor.id, upTo: mentor.last().position })
    read()
    await exchange()
    expect(seeker.last().delivery).toBe('delivered')
    for (const side of [seeker, mentor]) side.showsRead = true
    await seeker.write('and now?')
    await exchange()
    read()
    await eventually(() => itemsFrom(mentor.database, mentor.id, 0, 9).length === 1)
    await exchange()
    expect(seeker.shown().map(({ delivery }) => delivery)).toEqual(['read', 'read'])
    for (const side of [seeker, mentor]) side.showsRead = false
    expect(seeker.shown().map(({ delivery }) => delivery)).toEqual(['delivered', 'delivered'])
  })

  it('of more than was ever sent is not believed', async () => {
    for (const side of [seeker, mentor]) side.showsRead = true
    await seeker.write('x')
    await exchange()
    await mentor.forge({ kind: 'read', count: 2 })
    await exchange()
    expect(seeker.last().delivery).toBe('delivered')
  })
})

describe('drafts and search', () => {
  it('a draft is kept, changed and forgotten', () => {
    for (const text of ['one', 'two words', '']) {
      seeker.app.saveDraft(seeker.id, text)
      expect(seeker.app.view(seeker.id).draft).toBe(text)
    }
  })

  it('finds all words, the last one as a beginning, in any script, and takes nothing for an operator', async () => {
    for (const text of [
      'Bring the waxed thread',
      'the needle',
      'che bella città',
      '糸と針',
      'NOT * "x" OR (y) -z: ^',
    ]) {
      await seeker.write(text)
    }
    const found = (text: string): string[] => seeker.app.search({ text, limit: 9 }).map(({ message }) => message.text)
    expect(found('thread bring')).toEqual(['Bring the waxed thread'])
    expect(found('the')).toEqual(['the needle', 'Bring the waxed thread'])
    expect(found('the wax')).toEqual(['Bring the waxed thread'])
    expect(found('citta')).toEqual(['che bella città'])
    expect(found('針')).toEqual(['糸と針'])
    for (const odd of ['"', '*', 'a" OR "b', '(', 'NEAR(', '-', '   ', '\u0000', ':', '^x']) found(odd)
    expect(found('"x" OR')).toEqual(['NOT * "x" OR (y) -z: ^'])
    expect(seeker.app.search({ text: 'the', limit: 1 })).toHaveLength(1)
  })

  it('finds what is there and nothing else, where messages go before and after their words were taken up', async () => {
    const found = (text: string): string[] => seeker.app.search({ text, limit: 9 }).map(({ message }) => message.text)
    const [first, second] = [await seeker.write('amber one'), await seeker.write('amber two')]
    expect(found('amber')).toEqual(['amber two', 'amber one'])
    seeker.app.deleteHere(first)
    seeker.app.deleteHere(second)
    // takes the number of one that is gone, and goes before its words are taken up
    seeker.app.deleteHere(await seeker.write('amber three'))
    await seeker.actions.edit(await seeker.write('amber four'), 'birch four')
    await seeker.write('amber five')
    expect(found('amber')).toEqual(['amber five'])
    expect(found('birch')).toEqual(['birch four'])
    seeker.database.run(`INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)`)
  })
})

describe('writing much at once', () => {
  it('keeps the order in which it was asked for, and each id once', async () => {
    const ids = Array.from({ length: 200 }, () => freshId<MessageId>())
    const wishes = [...ids, ...ids].map((clientId, at) =>
      seeker.app.send({ conversationId: seeker.id, clientId, text: `${at % 200}` }),
    )
    await Promise.all(wishes)
    await seeker.deliver(mentor)
    await seeker.deliver(mentor)
    expect(readMessages(mentor.database, mentor.id, { limit: 500 }).map(({ text }) => text)).toEqual(
      ids.map((_, at) => `${at}`),
    )
  })

  it('says each thing as the one before has left the conversation', async () => {
    const id = await seeker.write('first')
    const [, , twice] = await Promise.allSettled([
      seeker.actions.setTimer(seeker.id, 3600),
      seeker.write('soon gone'),
      seeker.actions.setTimer(seeker.id, 3600),
    ])
    expect(twice.status).toBe('fulfilled')
    expect(seeker.shown().map(({ kind, timer }) => `${kind} ${timer}`)).toEqual(['text 0', 'timer 3600', 'text 3600'])
    const [, edited] = await Promise.allSettled([seeker.actions.deleteForBoth(id), seeker.actions.edit(id, 'a sorrel')])
    expect(edited).toMatchObject({ status: 'rejected', reason: { code: 'wrong-state' } })
    const [, written] = await Promise.allSettled([seeker.actions.end(seeker.id), seeker.write('a sorrel, too')])
    expect(written).toMatchObject({ status: 'rejected', reason: { code: 'wrong-state' } })
    const kept = seeker.database.all<{ said: Bytes }>(
      'SELECT plaintext AS said FROM conversation_outbox WHERE plaintext IS NOT NULL',
    )
    expect(kept.filter(({ said }) => Buffer.from(said).includes('sorrel'))).toEqual([])
  })
})
