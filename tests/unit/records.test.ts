import { beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../core/base/fault.ts'
import { utf8 } from '../../core/base/bytes.ts'
import { maxRecord, type RecordHandler } from '../../core/conversations/records.ts'
import type { Database } from '../../core/database/database.ts'
import { eachWithPenFriends, type Fresh } from '../support/pen-friends.ts'
import type { PenFriend } from '../support/pen-friend.ts'

const areaSchema = {
  name: 'area/1',
  sql: `CREATE TABLE area (conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    mine INTEGER NOT NULL, length INTEGER NOT NULL, first INTEGER NOT NULL) STRICT`,
}

/** Keeps how long each record was and how it began; one that begins with 0 is refused, with 1 unreadable, with 2 silent. */
function area(database: Database): RecordHandler {
  return {
    apply({ id }, body, { mine }) {
      if (body[0] === 0) throw new Fault(mine ? 'wrong-state' : 'malformed', 'Refused')
      if (body[0] === 1) return 'unreadable'
      database.run('INSERT INTO area VALUES (?, ?, ?, ?)', [id, mine ? 1 : 0, body.length, body[0] ?? -1])
      return body[0] === 2 ? undefined : 'card-shown'
    },
    erase: (id) => database.run('DELETE FROM area WHERE conversation_id = ?', [id]),
  }
}

let seeker: PenFriend
let mentor: PenFriend
let exchange: Fresh['exchange']

eachWithPenFriends((fresh) => ({ seeker, mentor, exchange } = fresh), {
  schema: [areaSchema],
  records: (database) => new Map([['area', area(database)]]),
})

const kept = ({ database }: PenFriend) => database.all('SELECT mine, length, first FROM area ORDER BY rowid')
const say = (side: PenFriend, body: Uint8Array) => side.actions.record(side.id, 'area', () => body as never)

describe('a record', () => {
  beforeEach(async () => {
    await seeker.write('before')
  })

  it('is applied on both sides, once, in its place among the messages', async () => {
    await say(seeker, utf8('one'))
    await seeker.write('after')
    await exchange()
    await exchange()
    expect(kept(seeker)).toEqual([{ mine: 1, length: 3, first: 111 }])
    expect(kept(mentor)).toEqual([{ mine: 0, length: 3, first: 111 }])
    for (const side of [seeker, mentor]) {
      expect(side.shown().map(({ kind, text, event }) => [kind, text, event])).toEqual([
        ['text', 'before', null],
        ['event', '', 'card-shown'],
        ['text', 'after', null],
      ])
      expect(side.app.search({ text: 'card', limit: 9 })).toEqual([])
    }
  })

  it('counts as one thing that was not read, however many there were', async () => {
    const unread = () => mentor.app.list().find(({ id }) => id === mentor.id)?.unread
    await exchange()
    expect(unread()).toBe(1)
    for (const word of ['one', 'two', 'three']) await say(seeker, utf8(word))
    await exchange()
    expect(unread()).toBe(2)
    await seeker.write('after')
    await exchange()
    expect(unread()).toBe(3)
  })

  it('may show nothing', async () => {
    await say(seeker, Uint8Array.of(2, 2))
    await exchange()
    expect(kept(mentor)).toHaveLength(1)
    expect(mentor.shown()).toHaveLength(1)
  })

  it('of the longest length goes in parts, and is whole', async () => {
    await say(mentor, new Uint8Array(maxRecord).fill(7))
    await exchange()
    expect(kept(seeker)).toEqual([{ mine: 0, length: maxRecord, first: 7 }])
  })

  it('that is longer, or empty, is not sent', async () => {
    for (const length of [0, maxRecord + 1]) {
      await expect(say(seeker, new Uint8Array(length).fill(7))).rejects.toMatchObject({ code: /bad-input|too-long/ })
    }
    expect(kept(seeker)).toEqual([])
  })

  it('that its own handler refuses is not sent, and what follows is', async () => {
    const first = seeker.write('with it')
    await expect(say(seeker, Uint8Array.of(0))).rejects.toMatchObject({ code: 'wrong-state' })
    await Promise.all([first, seeker.write('after')])
    await exchange()
    expect(mentor.shown().map(({ text }) => text)).toEqual(['before', 'with it', 'after'])
  })

  it('that has nothing to say any more when its turn comes is not sent', async () => {
    await seeker.actions.record(seeker.id, 'area', () => undefined)
    expect(seeker.shown()).toHaveLength(1)
  })

  it('of an area that is not known, or that its handler cannot read, is a line that says so', async () => {
    await seeker.forge({ kind: 'record', of: 'future', body: utf8('x') })
    for (const first of [0, 1]) await seeker.forge({ kind: 'record', of: 'area', body: Uint8Array.of(first) })
    await exchange()
    expect(mentor.shown().map(({ kind }) => kind)).toEqual(['text', 'unreadable', 'unreadable', 'unreadable'])
  })

  it('goes with its conversation, ended or forgotten', async () => {
    await say(seeker, utf8('one'))
    await exchange()
    await seeker.actions.end(seeker.id)
    expect(kept(seeker)).toEqual([])
    await exchange()
    expect(kept(mentor)).toEqual([])
    await expect(say(seeker, utf8('two'))).rejects.toMatchObject({ code: 'wrong-state' })
    await seeker.forge({ kind: 'record', of: 'area', body: utf8('late') })
    await exchange()
    expect(kept(mentor)).toEqual([])
  })
})
