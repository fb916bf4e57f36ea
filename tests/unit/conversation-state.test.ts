import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { equal, type Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import { freshId, type ConversationId, type MessageId } from '../../core/base/ids.ts'
import { acknowledge } from '../../core/conversations/acknowledging.ts'
import { advance, pairKeys, rootLength } from '../../core/conversations/chain.ts'
import { isHeard } from '../../core/conversations/create.ts'
import type { Desk } from '../../core/conversations/desk.ts'
import { countUnread, findMessage, markRead as markReadOf, readMessages } from '../../core/conversations/messages.ts'
import { itemsFrom, type Item } from '../../core/conversations/outbox.ts'
import { encodeMessage } from '../../core/conversations/plaintext.ts'
import { receiveItems, receiveWindow, resumeReceiving, type Arrival } from '../../core/conversations/receiving.ts'
import { Actions } from '../../core/conversations/actions.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { pad } from '../../core/crypto/pad.ts'
import { random } from '../../core/crypto/random.ts'
import type { Database } from '../../core/database/database.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { introduce, pairSchema } from '../support/pair.ts'
import { scratch } from '../support/scratch.ts'

interface Party extends Desk {
  readonly id: ConversationId
}

const files = scratch()
afterAll(() => files.remove())
let nth = 0
let clock: ManualClock
let root: Bytes
let seeker: Party
let mentor: Party

beforeEach(async () => {
  nth++
  clock = new ManualClock()
  root = random(rootLength)
  const [mine, yours] = [files.database(`seeker-${nth}`, pairSchema), files.database(`mentor-${nth}`, pairSchema)]
  const pair = await introduce(mine, yours, clock, root)
  seeker = party(mine, pair.seeker.id)
  mentor = party(yours, pair.mentor.id)
})

afterEach(() => {
  seeker.database.close()
  mentor.database.close()
})

function party(database: Database, id: ConversationId): Party {
  return { database, ratchet: new Ratchet(database, clock), clock, id }
}

async function write(from: Party, text: string, clientId = freshId<MessageId>(), conversationId = from.id) {
  let fresh = false
  await new Actions(from, () => (fresh = true)).send({ conversationId, clientId, text })
  const message = findMessage(from.database, clientId)
  if (message === undefined) throw new Error('not saved')
  return { message, fresh }
}

function receiveItem(to: Party, id: ConversationId, arrival: Arrival): Promise<number> {
  return receiveItems(to, id, [arrival])
}

function posted(from: Party): Item[] {
  return itemsFrom(from.database, from.id, 0, 200)
}

function texts(of: Party): string[] {
  return readMessages(of.database, of.id, { limit: 200 }).map(({ kind, text }) =>
    kind === 'text' ? text : `<${kind}>`,
  )
}

/** An item that a peer makes by their own rules: any plaintext, encrypted by the pair's real session. */
async function forged(from: Party, plaintext: Bytes): Promise<Item> {
  await write(from, 'to be replaced')
  const item = posted(from).at(-1)
  if (item === undefined) throw new Error('nothing posted')
  const staged = await from.ratchet.encrypt(getConversation(from.database, from.id).session, plaintext)
  from.database.transaction(() => staged.commit())
  return { index: item.index, ciphertext: staged.value }
}

/** Every value of every table of conversations, as it lies in the vault. */
function everything({ database }: Party): Bytes[] {
  const tables = ['conversations', 'messages', 'conversation_outbox', 'conversation_inbox', 'conversation_disposals']
  return tables.flatMap((table) =>
    database.all(`SELECT * FROM ${table}`).flatMap((row) => Object.values(row).filter((v) => v instanceof Uint8Array)),
  )
}

describe('a new conversation', () => {
  it('does not keep the root', () => {
    for (const side of [seeker, mentor]) {
      const kept = everything(side)
      expect(kept.length).toBeGreaterThan(3)
      expect(kept.some((value) => equal(value, root) || equal(value, root.slice(0, 32)))).toBe(false)
    }
  })

  it('is heard once the other says something that only they can say', async () => {
    expect(isHeard(mentor.database, mentor.id)).toBe(false)
    await receiveItem(mentor, mentor.id, { index: 0, ciphertext: random(300) })
    expect(isHeard(mentor.database, mentor.id)).toBe(false)
    await write(seeker, 'zero')
    await write(seeker, 'one')
    for (const item of posted(seeker)) await receiveItem(mentor, mentor.id, item)
    expect(isHeard(mentor.database, mentor.id)).toBe(true)
  })
})

describe('sending', () => {
  it('saves message, ciphertext and counters together, once for each id', async () => {
    const id = freshId<MessageId>()
    const [first, second] = await Promise.all([write(seeker, 'hello', id), write(seeker, 'hello', id)])
    expect([first.fresh, second.fresh].filter(Boolean)).toHaveLength(1)
    expect(second.message).toEqual(first.message)
    expect(first.message).toMatchObject({ position: 0, mine: true, kind: 'text', text: 'hello', delivery: 'queued' })
    expect(posted(seeker)).toHaveLength(1)
    expect(getConversation(seeker.database, seeker.id)).toMatchObject({ sendNext: 1, sendAcked: 0, nextPosition: 1 })
  })

  it('refuses what is too long, and an id that is something else, and changes nothing', async () => {
    await expect(write(seeker, 'x'.repeat(65_537))).rejects.toMatchObject({ code: 'message-too-long' })
    await write(mentor, 'hello')
    const [item] = posted(mentor)
    if (item !== undefined) await receiveItem(seeker, seeker.id, item)
    const theirs = readMessages(seeker.database, seeker.id, { limit: 1 })[0]?.id as MessageId
    await expect(write(seeker, 'mine', theirs)).rejects.toMatchObject({ code: 'bad-input' })
    await expect(write(seeker, 'x', freshId<MessageId>(), freshId<ConversationId>())).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(posted(seeker)).toEqual([])
  })

  it('sends and shows the same where a text is not well formed', async () => {
    const { message } = await write(seeker, 'half \ud83d of it')
    const [item] = posted(seeker)
    if (item !== undefined) await receiveItem(mentor, mentor.id, item)
    expect(message.text).toBe('half \ufffd of it')
    expect(texts(mentor)).toEqual([message.text])
  })

  it('forgets ciphertexts and chain keys with the acknowledgement, and never goes back', async () => {
    const start = pairKeys(root).chains[0]
    for (const text of ['zero', 'one', 'two']) await write(seeker, text)
    const tell = (count: number) => acknowledge(seeker.database, seeker.id, { count, live: true, now: clock.now() })
    expect(tell(2)).toBe(true)
    expect(tell(2)).toBe(false)
    expect(tell(1)).toBe(false)
    expect(() => tell(4)).toThrow(expect.objectContaining({ code: 'malformed' }))
    expect(posted(seeker).map(({ index }) => index)).toEqual([2])
    const states = readMessages(seeker.database, seeker.id, { limit: 9 }).map(({ delivery }) => delivery)
    expect(states).toEqual(['delivered', 'delivered', 'queued'])
    const kept = everything(seeker)
    for (const gone of [0, 1]) expect(kept.some((value) => equal(value, advance(start, gone)))).toBe(false)
    expect(kept.some((value) => equal(value, advance(start, 2)))).toBe(true)
  })
})

describe('receiving', () => {
  it('puts what comes in any order, and twice, into the order of writing', async () => {
    for (const text of ['zero', 'one', 'two', 'three']) await write(seeker, text)
    const items = posted(seeker)
    for (const at of [2, 2, 1, 3, 0, 3, 1, 0]) {
      const item = items[at]
      if (item !== undefined) await receiveItem(mentor, mentor.id, item)
    }
    expect(texts(mentor)).toEqual(['zero', 'one', 'two', 'three'])
    const { receiveNext, receiveChain } = getConversation(mentor.database, mentor.id)
    expect(receiveNext).toBe(4)
    expect(equal(receiveChain, advance(pairKeys(root).chains[0], 4))).toBe(true)
    expect(mentor.database.all('SELECT * FROM conversation_inbox')).toEqual([])
  })

  it('keeps no more than a window of what comes too early, also over a restart', async () => {
    for (let i = 0; i < receiveWindow + 4; i++) await write(seeker, `message ${i}`)
    const items = posted(seeker)
    for (const item of items.slice(1)) await receiveItem(mentor, mentor.id, item)
    expect(mentor.database.all('SELECT * FROM conversation_inbox')).toHaveLength(receiveWindow - 1)
    expect(texts(mentor)).toEqual([])
    mentor.database.close()
    mentor = party(files.database(`mentor-${nth}`, pairSchema), mentor.id)
    const [first] = items
    if (first !== undefined) expect(await receiveItem(mentor, mentor.id, first)).toBe(receiveWindow)
    expect(await resumeReceiving(mentor, mentor.id)).toBe(0)
    expect(texts(mentor)).toHaveLength(receiveWindow)
  })

  it('takes up after a crash between what waited and its turn', async () => {
    await write(seeker, 'zero')
    const [item] = posted(seeker)
    if (item === undefined) throw new Error('nothing posted')
    mentor.database.run('INSERT INTO conversation_inbox (conversation_id, chain_index, ciphertext) VALUES (?, 0, ?)', [
      mentor.id,
      item.ciphertext,
    ])
    expect(await resumeReceiving(mentor, mentor.id)).toBe(1)
    expect(texts(mentor)).toEqual(['zero'])
  })

  it.each([
    ['a newer version', encodeCbor({ v: 2, kind: 'text', text: 'from the future', at: 1, ack: 0 })],
    ['an unknown kind', encodeCbor({ v: 1, kind: 'voice', seconds: 9 })],
    ['a field too many', encodeCbor({ v: 1, kind: 'text', text: 'x', at: 1, ack: 0, more: true })],
    ['an empty text', encodeCbor({ v: 1, kind: 'text', text: '', at: 1, ack: 0 })],
    [
      'a part that is too short',
      encodeCbor({ v: 1, kind: 'part', nth: 0, of: 2, bytes: new Uint8Array(9), at: 1, ack: 0 }),
    ],
    [
      'a part that is not the next',
      encodeCbor({ v: 1, kind: 'part', nth: 1, of: 2, bytes: new Uint8Array(9), at: 1, ack: 0 }),
    ],
    ['a time before time', encodeCbor({ v: 1, kind: 'text', text: 'x', at: -1, ack: 0 })],
    ['no CBOR', Uint8Array.of(0xff, 0x00, 0x13)],
  ])('shows %s as unreadable, and goes on', async (_, content) => {
    await receiveItem(mentor, mentor.id, await forged(seeker, pad(content, content.length < 175 ? 175 : 3839)))
    await write(seeker, 'after')
    const after = posted(seeker).at(-1)
    if (after !== undefined) await receiveItem(mentor, mentor.id, after)
    expect(texts(mentor)).toEqual(['<unreadable>', 'after'])
  })

  it('shows what is no ciphertext as unreadable, and goes on', async () => {
    await write(seeker, 'lost')
    await write(seeker, 'after')
    const after = posted(seeker)[1]
    await receiveItem(mentor, mentor.id, { index: 0, ciphertext: random(362) })
    if (after !== undefined) await receiveItem(mentor, mentor.id, after)
    expect(texts(mentor)).toEqual(['<unreadable>', 'after'])
  })

  it('keeps the place of a box that it cannot read and that came ahead of its turn', async () => {
    for (const text of ['zero', 'lost', 'after']) await write(seeker, text)
    const [first, , last] = posted(seeker)
    await receiveItem(mentor, mentor.id, { index: 1, ciphertext: undefined })
    if (last !== undefined) await receiveItem(mentor, mentor.id, last)
    if (first !== undefined) expect(await receiveItem(mentor, mentor.id, first)).toBe(3)
    expect(texts(mentor)).toEqual(['zero', '<unreadable>', 'after'])
  })

  it('does not take its own trouble for a bad message', async () => {
    await write(seeker, 'zero')
    const [item] = posted(seeker)
    if (item === undefined) throw new Error('nothing posted')
    const { session } = getConversation(mentor.database, mentor.id)
    const rows = mentor.database.all<{ record: Bytes; revision: number }>(
      'SELECT record, revision FROM ratchet_sessions',
    )
    mentor.ratchet.deleteSession(session)
    // it waits until there is a session again
    expect(await receiveItem(mentor, mentor.id, item)).toBe(0)
    expect(getConversation(mentor.database, mentor.id).receiveNext).toBe(0)
    expect(texts(mentor)).toEqual([])
    for (const { record, revision } of rows) {
      mentor.database.run('INSERT INTO ratchet_sessions (identity_id, remote, record, revision) VALUES (?, ?, ?, ?)', [
        session.identityId,
        session.remote,
        record,
        revision,
      ])
    }
    await receiveItem(mentor, mentor.id, item)
    expect(texts(mentor)).toEqual(['zero'])
  })

  it('takes an acknowledgement from a message, but not one of what was never sent', async () => {
    await write(mentor, 'first')
    const ack = (count: number) => pad(encodeCbor({ v: 1, kind: 'text', text: 'x', at: 1, ack: count }), 175)
    await receiveItem(mentor, mentor.id, await forged(seeker, ack(7)))
    expect(posted(mentor)).toHaveLength(1)
    await receiveItem(mentor, mentor.id, await forged(seeker, ack(1)))
    expect(posted(mentor)).toHaveLength(0)
    expect(texts(mentor)).toEqual(['first', 'x', 'x'])
  })

  it('does not believe a time that is still to come', async () => {
    const future = clock.now() + 1_000_000
    const plaintext = encodeMessage({ kind: 'text', text: 'soon', at: future, ack: 0 })
    await receiveItem(mentor, mentor.id, await forged(seeker, plaintext))
    expect(readMessages(mentor.database, mentor.id, { limit: 1 })[0]?.sentAt).toBe(clock.now())
  })
})

describe('reading', () => {
  const markRead = (database: Database, id: ConversationId, upTo: number) =>
    markReadOf(database, getConversation(database, id), upTo, clock.now())

  it('counts what was not read, and never forgets that something was', async () => {
    for (const text of ['zero', 'one', 'two']) await write(seeker, text)
    for (const item of posted(seeker)) await receiveItem(mentor, mentor.id, item)
    await write(mentor, 'three')
    const unread = () => countUnread(mentor.database, getConversation(mentor.database, mentor.id))
    expect(unread()).toBe(3)
    expect(markRead(mentor.database, mentor.id, 1)).toBe(true)
    expect(unread()).toBe(1)
    expect(markRead(mentor.database, mentor.id, 0)).toBe(false)
    expect(markRead(mentor.database, mentor.id, -5)).toBe(false)
    expect(unread()).toBe(1)
    expect(markRead(mentor.database, mentor.id, 1e9)).toBe(true)
    expect(unread()).toBe(0)
    await write(seeker, 'four')
    const last = posted(seeker).at(-1)
    if (last !== undefined) await receiveItem(mentor, mentor.id, last)
    expect(unread()).toBe(1)
  })

  it('pages backwards, oldest first', async () => {
    for (let i = 0; i < 5; i++) await write(seeker, `${i}`)
    const page = (before?: number) =>
      readMessages(seeker.database, seeker.id, before === undefined ? { limit: 2 } : { before, limit: 2 })
    expect(page().map(({ text }) => text)).toEqual(['3', '4'])
    expect(page(3).map(({ text }) => text)).toEqual(['1', '2'])
    expect(page(1).map(({ text }) => text)).toEqual(['0'])
    expect(page(0)).toEqual([])
  })
})
