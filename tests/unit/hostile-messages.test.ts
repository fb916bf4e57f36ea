import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { encodeCbor } from '../../core/base/cbor.ts'
import { plaintextLengths } from '../../core/conversations/plaintext.ts'
import { encodeOffer } from '../../core/files/offer.ts'
import { pad } from '../../core/crypto/pad.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { pairSchema } from '../support/pair.ts'
import { penFriends, type PenFriend } from '../support/pen-friend.ts'
import { scratch } from '../support/scratch.ts'

/*
 * A contact is not a friend: every kind of message with every field wrong, in
 * the pair's real session. Each takes its number and at most a line that says
 * that it could not be read, and what follows is not lost.
 */

const files = scratch()
afterAll(() => files.remove())
let nth = 0
let writer: PenFriend
let reader: PenFriend

beforeEach(async () => {
  nth++
  const vault = (name: string) => files.database(`${name}-${nth}`, pairSchema)
  const pair = await penFriends([vault('seeker'), vault('mentor')], new ManualClock())
  ;[writer, reader] = [pair.seeker, pair.mentor]
})

afterEach(() => {
  writer.database.close()
  reader.database.close()
})

const offer = {
  id: new Uint8Array(16),
  size: 1000,
  type: 'other',
  name: 'plans.pdf',
  root: new Uint8Array(32),
  key: new Uint8Array(32),
} as const
const head = { v: 1, at: 1_795_000_000_000, ack: 0 }
const good: Readonly<Record<string, object>> = {
  text: { text: 'hello', reply: { own: true, index: 0 }, timer: 3600 },
  file: { offer: encodeOffer(offer), timer: 3600 },
  reaction: { to: { own: true, index: 0 }, emoji: '🌱' },
  edit: { index: 0, text: 'changed' },
  delete: { index: 0 },
  read: { count: 0 },
  timer: { seconds: 3600 },
  record: { of: 'nothing', body: new Uint8Array(9) },
  gone: {},
  end: {},
  ended: {},
  part: { nth: 0, of: 2, bytes: new Uint8Array(12_000) },
}
const wrong: readonly unknown[] = [
  null,
  -1,
  2 ** 32,
  2 ** 53 - 1,
  1.5,
  true,
  'x'.repeat(70),
  new Uint8Array(33),
  [],
  [[[[[]]]]],
  {},
  { own: 'yes', index: 0 },
  { own: true, index: -1 },
  { own: true, index: 0, more: 1 },
]

/** With one field wrong, missing or too many. Those that happen to be right again are left out by their result. */
function* spoilt(kind: string, fields: object): Generator<object> {
  const message = { ...head, kind, ...fields }
  for (const name of Object.keys(message)) {
    if (name === 'kind' || name === 'v') continue
    for (const value of wrong) yield { ...message, [name]: value }
    const without = Object.entries(message).filter(([other]) => other !== name)
    if (name !== 'reply' && name !== 'timer') yield Object.fromEntries(without)
  }
  yield { ...message, more: 1 }
}

const kinds = Object.entries(good)

it.each(kinds)('with a field wrong is unreadable or harmless: %s', async (kind, fields) => {
  await writer.write('first')
  let sent = 0
  for (const message of spoilt(kind, fields)) {
    const bytes = encodeCbor(message)
    const length = plaintextLengths.find((length) => bytes.length < length)
    if (length === undefined) throw new Error('too long for a test')
    await writer.forgeItem(pad(bytes, length))
    sent++
  }
  await writer.write('last')
  await writer.deliver(reader)
  const shown = reader.app.messages({ conversationId: reader.id, limit: 200 })
  expect(sent).toBeGreaterThan(2 * wrong.length)
  // a large `at` and an `ack` of nothing are allowed, and so are a few other values that are only odd
  const odd = shown.filter((message) => message.kind !== 'unreadable')
  expect(odd.length).toBeLessThanOrEqual(12)
  expect(shown.length).toBeLessThanOrEqual(sent + 2)
  const ended = reader.app.view(reader.id).ending
  if (kind === 'end') expect(ended).toBe('by-contact')
  else {
    expect(ended).toBe('none')
    expect(shown.at(-1)?.text).toBe('last')
    expect(shown.at(-1)?.sentAt).toBeLessThanOrEqual(reader.clock.now())
  }
  expect(reader.database.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' })
})

it('a file whose offer has a field wrong, or that was offered before, is unreadable and nowhere', async () => {
  const say = async (encoded: Uint8Array): Promise<void> => {
    const bytes = encodeCbor({ ...head, kind: 'file', offer: encoded })
    const length = plaintextLengths.find((length) => bytes.length < length)
    if (length === undefined) throw new Error('too long for a test')
    await writer.forgeItem(pad(bytes, length))
  }
  await say(encodeOffer({ ...offer, name: '../\u202Egpj.exe' }))
  let sent = 0
  const fields: Record<string, unknown> = { v: 1, ...offer, id: new Uint8Array(16).fill(1) }
  for (const name of Object.keys(fields)) {
    for (const value of wrong) {
      const may = (name === 'name' && value === 'x'.repeat(70)) || (name === 'size' && value === 1)
      if (may) continue
      await say(encodeCbor({ ...fields, [name]: value }))
      sent++
    }
  }
  await say(encodeOffer({ ...offer, size: 7 }))
  await writer.write('last')
  await writer.deliver(reader)
  const shown = reader.app.messages({ conversationId: reader.id, limit: 200 })
  expect(shown.map(({ kind }) => kind)).toEqual([
    'file',
    ...Array.from({ length: sent + 1 }, () => 'unreadable'),
    'text',
  ])
  expect(shown[0]?.text).toBe('gpj.exe')
  expect(reader.database.all('SELECT size, name, state, mine FROM files')).toEqual([
    { size: 1000, name: 'gpj.exe', state: 'new', mine: 0 },
  ])
})
