import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { freshId } from '../../core/base/ids.ts'
import { getConversation } from '../../core/conversations/store.ts'
import {
  encodeRecord,
  decodeRecord,
  mostGaps,
  type MentorshipRecord,
  type Statement,
} from '../../core/mentorships/statements.ts'
import { Workspace } from '../../core/mentorships/workspace.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { MentorPost } from '../support/mentor-post.ts'
import { begun, eachWithMentors, noAgreement, type FreshMentors, type Mentor } from '../support/mentors.ts'
import { eventually } from '../support/eventually.ts'

const day = 86_400_000
const never = (): boolean => false
const always = (): boolean => true

describe('what cannot be read of a real session', () => {
  let fresh: FreshMentors
  eachWithMentors((made) => {
    fresh = made
  })

  /** The newest item of a side comes as something that nobody can decrypt. */
  function spoil({ friend }: Mentor): void {
    friend.database.run(
      `UPDATE conversation_outbox SET ciphertext = randomblob(length(ciphertext))
       WHERE chain_index = (SELECT max(chain_index) FROM conversation_outbox)`,
    )
  }

  const settled = async (holds: () => boolean): Promise<void> => {
    await eventually(async () => {
      await fresh.exchange()
      return holds()
    })
  }
  const note = (to: string, from = '') => ({ kind: 'text', field: 'notes', from, to }) as const

  it('is told again: a change, and all that was built upon it', async () => {
    const { ada, bo, exchange } = fresh
    const id = await begun(fresh)
    await ada.saying.edit(id, note('wax'))
    spoil(ada)
    await exchange()
    await ada.saying.edit(id, note('wax and thread', 'wax'))
    await bo.saying.edit(id, { kind: 'goal', goalId: freshId(), title: 'A book' })
    await settled(() => bo.view().notes === 'wax and thread' && ada.view().goals.length === 1)
    expect(ada.view().notes).toBe(bo.view().notes)
    // and it goes on as if nothing had been
    await ada.saying.edit(id, note('wax', 'wax and thread'))
    await exchange()
    expect(bo.view().notes).toBe('wax')
  })

  it('is told again: that it begins, and that it is over', async () => {
    const { ada, bo, exchange } = fresh
    await ada.propose()
    spoil(ada)
    await settled(() => bo.app.list().length === 1)
    await bo.accept()
    spoil(bo)
    await settled(() => ada.view().state === 'active')
    await exchange()
    await bo.app.end(bo.id, { erase: 'nothing', block: false })
    spoil(bo)
    // what is said by somebody who does not know of the end comes to nothing
    await ada.say('pause')
    await settled(() => ada.view().state === 'ended-early')
    expect(bo.view().state).toBe('ended-early')
    expect(ada.lines().filter((line) => line === 'mentorship-ended')).toHaveLength(1)
  })

  it('costs no more than a word where it was of something else', async () => {
    const { ada, bo, exchange } = fresh
    await begun(fresh)
    await ada.friend.write('a line that is lost')
    spoil(ada)
    await settled(() => gapsOf(bo.friend) === 0 && bo.friend.last().kind === 'unreadable')
    await exchange()
    expect(gapsOf(bo.friend)).toBe(0)
  })
})

const gapsOf = ({ database }: Pick<MentorPost, 'database'>): number =>
  database.get<{ count: number }>('SELECT count(*) AS count FROM mentorship_gaps')?.count ?? -1
const editsOf = ({ database }: Pick<MentorPost, 'database'>): number =>
  database.get<{ count: number }>('SELECT count(*) AS count FROM mentorship_edits')?.count ?? -1

/** Two whose mentorship has begun, with nothing on its way. */
async function pair() {
  const clock = new ManualClock()
  const [ada, bo] = [new MentorPost('seeker', clock), new MentorPost('mentor', clock)]
  const id = freshId()
  await ada.app.saying.propose(id, ada.id, { teaches: 'them', agreement: { ...noAgreement, what: 'Bind a book' } })
  bo.receive(ada, 9)
  await bo.app.saying.agree(id, 'accept', bo.app.view(id).agreement.version)
  ada.receive(bo, 9)
  const forged = (more: Partial<MentorshipRecord>): Uint8Array => encodeRecord({ of: id, seen: seenBy(bo), ...more })
  return { clock, ada, bo, id, forged, [Symbol.dispose]: () => [ada, bo].forEach(({ database }) => database.close()) }
}

const seenBy = ({ database, id }: MentorPost): number => getConversation(database, id).receiveNext
const pause: Statement = { kind: 'pause' }

describe('somebody who says something again', () => {
  it('says nothing in a place that was read', async () => {
    using two = await pair()
    const { ada, bo, forged } = two
    bo.forge(forged({ again: { index: 0, at: 0 }, say: { kind: 'end' } }))
    bo.forge(forged({ again: { index: 77, at: 0 }, say: { kind: 'end' } }))
    ada.receive(bo, 9)
    expect(ada.app.view(two.id).state).toBe('active')
  })

  it('fills a gap once', async () => {
    using two = await pair()
    const { ada, bo, id, forged } = two
    bo.forge(Uint8Array.of(0))
    ada.receive(bo, 1, always)
    const gap = bo.sent.length - 1
    bo.forge(forged({ again: { index: gap, at: 0 }, say: pause }))
    bo.forge(forged({ again: { index: gap, at: 0 }, say: { kind: 'end' } }))
    ada.receive(bo, 9)
    expect(ada.app.view(id)).toMatchObject({ state: 'paused', paused: { theirs: true } })
    expect(gapsOf(ada)).toBe(0)
  })

  it('cannot write in the other’s name, nor know what came later', async () => {
    using two = await pair()
    const { ada, bo, id, forged } = two
    bo.forge(Uint8Array.of(0))
    ada.receive(bo, 1, always)
    const again = { index: bo.sent.length - 1, at: 0 }
    await bo.app.saying.say(id, () => ({ kind: 'pause' }))
    ada.receive(bo, 9)
    const workspace = new Workspace()
    const edit = workspace.edit('seeker', () => workspace.text('notes').insert(0, 'no'))
    const doc = new Y.Doc()
    doc.clientID = 2
    doc.getText('secrets').insert(0, 'no')
    await ada.app.saying.edit(id, { kind: 'text', field: 'notes', from: '', to: 'mine' })
    bo.receive(ada, 9)
    const before = ada.refused
    bo.forge(forged({ again, edit }))
    bo.forge(forged({ again, edit: Y.encodeStateAsUpdate(doc) }))
    // behind what came after it
    bo.forge(forged({ again, seen: seenBy(bo), say: { kind: 'resume' } }))
    bo.forge(forged({ again, of: freshId(), say: { kind: 'end' } }))
    ada.receive(bo, 9)
    expect(ada.refused - before).toBe(4)
    expect(ada.app.view(id)).toMatchObject({ notes: 'mine', paused: { theirs: true } })
  })

  it('cannot take back that they knew what this side said', async () => {
    using two = await pair()
    const { ada, bo, id, forged } = two
    await ada.app.saying.say(id, () => ({ kind: 'finish' }))
    bo.receive(ada, 9)
    const finish = ada.sent.length - 1
    await bo.app.saying.say(id, () => ({ kind: 'finish' }))
    ada.receive(bo, 9)
    bo.forge(forged({ lost: [finish], say: { kind: 'end' } }))
    ada.receive(bo, 9)
    expect(ada.refused).toBe(1)
    expect(ada.app.view(id).state).toBe('finished')
  })
})

describe('somebody who asks', () => {
  it('is answered no more often than a day allows, and is told nothing that was deleted', async () => {
    using two = await pair()
    const { ada, bo, id } = two
    for (let nth = 0; nth < 39; nth++) {
      await ada.app.saying.edit(id, { kind: 'terms', terms: { minutes: 30 + nth } })
    }
    bo.receive(ada, Infinity)
    const before = ada.sent.length
    const lost = Array.from({ length: 40 }, (_, index) => index)
    for (let nth = 0; nth < 10; nth++) {
      bo.forge(encodeRecord({ seen: seenBy(bo), lost }))
      ada.receive(bo, 9)
      await ada.settle()
      bo.receive(ada, Infinity)
    }
    const told = ada.sent.slice(before).map(({ body }) => decodeRecord(body))
    expect(told.reduce((sum, each) => sum + ('none' in each ? each.none.length : 1), 0)).toBe(256)
    two.clock.advance(day)
    await ada.app.end(id, { erase: 'workspace', block: false })
    bo.receive(ada, Infinity)
    bo.forge(encodeRecord({ seen: seenBy(bo), lost: [0] }))
    ada.receive(bo, 9)
    const last = ada.sent.length
    await ada.settle()
    const answers = ada.sent.slice(last).map(({ body }) => decodeRecord(body))
    expect(answers).toMatchObject([{ of: id, again: { index: 0 }, say: { kind: 'propose' } }])
    expect(answers[0]).not.toHaveProperty('edit')
  })

  it('is answered once while the answer is on its way', async () => {
    using two = await pair()
    const { ada, bo } = two
    const before = ada.sent.length
    for (let nth = 0; nth < 9; nth++) bo.forge(encodeRecord({ seen: seenBy(bo), lost: [0] }))
    ada.receive(bo, 4)
    await ada.settle()
    ada.receive(bo, 5)
    await ada.settle()
    expect(ada.sent.length - before).toBe(1)
  })

  it('for what was not said is refused', async () => {
    using two = await pair()
    const { ada, bo } = two
    bo.forge(encodeRecord({ seen: 50, lost: [40] }))
    ada.receive(bo, 9)
    expect(ada.refused).toBe(1)
  })
})

describe('this side', () => {
  it('asks no more often than a day allows, and notes no more than there may be', async () => {
    using two = await pair()
    const { ada, bo } = two
    const before = ada.sent.length
    for (let nth = 0; nth < mostGaps + 20; nth++) {
      bo.forge(Uint8Array.of(0))
      ada.receive(bo, 1, always)
      await ada.settle()
    }
    expect(ada.sent.length - before).toBe(16)
    expect(gapsOf(ada)).toBe(mostGaps)
    two.clock.advance(day)
    await ada.settle()
    await ada.settle()
    expect(ada.sent.length - before).toBe(17)
    // after a month it hopes no more
    for (let days = 0; days < 40; days++) {
      two.clock.advance(day)
      await ada.settle()
    }
    expect(ada.sent.length - before).toBeLessThan(17 + 31)
  })

  it('keeps what it said until the other has shown that they have it, or two weeks after they had the item', async () => {
    using two = await pair()
    const { ada, bo, id } = two
    const note = (from: string, to: string) => ({ kind: 'text', field: 'notes', from, to }) as const
    await ada.app.saying.edit(id, note('', 'a'))
    await ada.app.saying.edit(id, note('a', 'ab'))
    expect(editsOf(ada)).toBe(2)
    bo.receive(ada, 9, never)
    await bo.app.saying.edit(id, note('ab', 'abc'))
    ada.receive(bo, 9)
    expect(editsOf(ada)).toBe(0)
    await ada.app.saying.edit(id, note('abc', 'abcd'))
    ada.database.run('UPDATE conversations SET send_acked = send_next')
    await ada.app.start()
    two.clock.advance(13 * day)
    await ada.app.start()
    expect(editsOf(ada)).toBe(1)
    two.clock.advance(2 * day)
    await ada.app.start()
    expect(editsOf(ada)).toBe(0)
    await ada.app.stop()
  })
})
