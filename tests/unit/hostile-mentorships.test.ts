import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { concat, fromHex } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import { freshId } from '../../core/base/ids.ts'
import { createConversation } from '../../core/conversations/create.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { encodeRecord, type Statement } from '../../core/mentorships/statements.ts'
import { Workspace } from '../../core/mentorships/workspace.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { MentorPost, nobody } from '../support/mentor-post.ts'
import { noAgreement } from '../support/mentors.ts'

const clock = new ManualClock()
let ada: MentorPost
let bo: MentorPost
let id: string

beforeEach(async () => {
  ;[ada, bo] = [new MentorPost('seeker', clock), new MentorPost('mentor', clock)]
  id = freshId()
  await ada.app.saying.propose(id, ada.id, { teaches: 'them', agreement: { ...noAgreement, what: 'Bind a book' } })
  bo.receive(ada, 9)
  await bo.app.saying.agree(id, 'accept', bo.app.view(id).agreement.version)
  ada.receive(bo, 9)
})

afterEach(() => {
  for (const { database } of [ada, bo]) database.close()
})

/** Everything that is kept of mentorships. */
const kept = ({ database }: MentorPost) =>
  ['mentorships', 'mentorship_statements', 'mentorship_hours', 'mentorship_reminders'].map((table) =>
    database.all(`SELECT * FROM ${table}`),
  )

/** Bo's app sends it; Ada's must refuse it, and be as before. */
function refused(body: Uint8Array): void {
  const [before, count] = [kept(ada), ada.refused]
  bo.forge(body)
  ada.receive(bo, 9)
  expect(ada.refused).toBe(count + 1)
  expect(kept(ada)).toEqual(before)
}

const seen = () => getConversation(bo.database, bo.id).receiveNext
const record = (more: { say?: Statement; edit?: Uint8Array; seen?: number; of?: string }) =>
  encodeRecord({ of: id, seen: seen(), ...more })

/** The document as it stands, in the hands of somebody who writes what they like. */
function wild(change: (doc: Y.Doc) => void, client = 2): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state(bo))
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => change(doc))
  return updates[0] ?? new Uint8Array()
}

function state({ database }: MentorPost): Uint8Array {
  return (
    database.get<{ document: Uint8Array<ArrayBuffer> }>('SELECT document FROM mentorships')?.document ??
    new Uint8Array()
  )
}

const goal =
  (fields: Record<string, unknown>, goalId: string = freshId()) =>
  (doc: Y.Doc) => {
    const map = new Y.Map(Object.entries({ nth: 0, title: 'x', ...fields }))
    doc.getMap('goals').set(goalId, map)
  }

describe('a change of the workspace', () => {
  it('that is as it should be is taken', () => {
    bo.forge(record({ edit: wild(goal({ progress: 0.5 })) }))
    ada.receive(bo, 9)
    expect(ada.refused).toBe(0)
    expect(ada.app.view(id).goals).toMatchObject([{ title: 'x', progress: 0.5 }])
  })

  const edits: [string, () => Uint8Array][] = [
    ['in the name of the other', () => wild((doc) => doc.getText('what').insert(0, 'no'), 1)],
    ['in the name of a stranger', () => wild((doc) => doc.getText('what').insert(0, 'no'), 7)],
    ['of a third document', () => wild((doc) => doc.getText('secrets').insert(0, 'no'))],
    ['with a place that there is not', () => wild((doc) => doc.getMap('terms').set('price', 'high'))],
    ['with a value that there is not', () => wild((doc) => doc.getMap('terms').set('rhythm', 'hourly'))],
    ['with a day that there is not', () => wild((doc) => doc.getMap('terms').set('until', '2027-02-31'))],
    ['with an object as a value', () => wild((doc) => doc.getMap('terms').set('minutes', { valueOf: 1 }))],
    ['with a map as a value', () => wild((doc) => doc.getMap('terms').set('rhythm', new Y.Map()))],
    ['named after a prototype', () => wild((doc) => doc.getMap('terms').set('__proto__', 'x'))],
    ['with a goal of no id', () => wild(goal({}, 'first'))],
    ['with a goal that is a word', () => wild((doc) => doc.getMap('goals').set(freshId(), 'word'))],
    ['with a goal that is a list', () => wild((doc) => doc.getMap('goals').set(freshId(), new Y.Array()))],
    ['with a goal that is a document', () => wild((doc) => doc.getMap('goals').set(freshId(), new Y.Doc()))],
    ['with a title of no length', () => wild(goal({ title: '' }))],
    ['with a title that is too long', () => wild(goal({ title: 'x'.repeat(121) }))],
    ['with a progress beyond the end', () => wild(goal({ progress: 1.5 }))],
    ['with a progress that is no number', () => wild(goal({ progress: Number.NaN }))],
    ['with a field that goals do not have', () => wild(goal({ colour: 'red' }))],
    ['with a goal inside a goal', () => wild(goal({ title: new Y.Map() }))],
    ['with formatted text', () => wild((doc) => doc.getText('notes').insert(0, 'no', { bold: true }))],
    ['with something embedded', () => wild((doc) => doc.getText('notes').insertEmbed(0, { image: 'x' }))],
    ['with bytes', () => wild((doc) => doc.getMap('terms').set('minutes', new Uint8Array(9)))],
    ['with more goals than one writes', () => wild((doc) => Array.from({ length: 13 }, () => goal({})(doc)))],
    ['with a text longer than its place', () => wild((doc) => doc.getText('what').insert(0, 'x'.repeat(1001)))],
    ['of very many parts', () => wild((doc) => Array.from({ length: 300 }, () => doc.getText('notes').insert(0, 'x')))],
    ['of nothing', () => Uint8Array.of(0, 0)],
    ['of one byte', () => Uint8Array.of(1)],
    ['of noise', () => Uint8Array.from({ length: 400 }, (_, nth) => (nth * 7919) % 251)],
    ['with something behind it', () => concat(wild(goal({})), Uint8Array.of(0))],
    // one client, one struct that collects so much garbage that no clock is left
    ['of an absurd length', () => Uint8Array.of(1, 1, 2, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0)],
    // structs of which there are said to be 2^31
    ['that says that it is huge', () => Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x7f, 2, 0, 0, 1, 0)],
    // a struct that skips
    ['that leaves something out', () => Uint8Array.of(1, 1, 2, 0, 10, 5, 0)],
    // a delete set about somebody else, and about what was not written
    ['that deletes what a stranger wrote', () => Uint8Array.of(0, 1, 9, 1, 0, 1)],
    ['that deletes what was not written yet', () => Uint8Array.of(0, 1, 1, 1, 0xff, 0xff, 3, 1)],
  ]

  it.each(edits)('%s is refused, and changes nothing', (_name, make) => refused(record({ edit: make() })))

  it('that leaves something pending is refused, and so is one that was sent before', () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state(bo))
    doc.clientID = 2
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    doc.getText('notes').insert(0, 'first')
    doc.getText('notes').insert(5, 'second')
    refused(record({ edit: updates[1] ?? new Uint8Array() }))
    bo.forge(record({ edit: updates[0] ?? new Uint8Array() }))
    ada.receive(bo, 9)
    expect(ada.app.view(id).notes).toBe('first')
    refused(record({ edit: updates[0] ?? new Uint8Array() }))
  })

  it('cannot fill the other’s disk', () => {
    const workspace = new Workspace(state(bo))
    let taken = 0
    for (let nth = 0; nth < 200 && ada.refused === 0; nth++) {
      const edit = workspace.edit('mentor', () => {
        const notes = workspace.text('notes')
        notes.delete(0, notes.length)
        notes.insert(0, String(nth % 10).repeat(7900))
      })
      bo.forge(record({ edit: edit ?? new Uint8Array() }))
      ada.receive(bo, 9)
      taken++
    }
    expect(ada.refused).toBe(1)
    expect(taken).toBeGreaterThan(50)
    expect(state(ada).length).toBeLessThan(20_000)
  })

  it('is shown harmless', () => {
    const edit = wild((doc) => {
      doc.getText('notes').insert(0, '\u202Egnp.exe\u200B <b>x</b>')
      goal({ title: 'a\u2066b\u0007' })(doc)
    })
    bo.forge(record({ edit }))
    ada.receive(bo, 9)
    const { notes, goals } = ada.app.view(id)
    expect(notes).toBe('gnp.exe <b>x</b>')
    expect(goals[0]?.title).toBe('ab')
  })
})

describe('a statement', () => {
  const session = freshId()
  const at = clock.now() + 3_600_000
  const plan = { kind: 'plan', session, at, minutes: 60, format: 'text', note: '', teaches: 'me' } as const

  const senseless: [string, () => Parameters<typeof record>[0]][] = [
    ['accepts what was accepted', () => ({ say: { kind: 'accept', version: id } })],
    ['proposes where one is open', () => ({ of: freshId(), say: { kind: 'propose', teaches: 'me', version: id } })],
    ['is of a mentorship that there is not', () => ({ of: freshId(), say: { kind: 'end' } })],
    ['ends a pause that was not theirs', () => ({ say: { kind: 'resume' } })],
    ['takes back what they did not wish', () => ({ say: { kind: 'go-on' } })],
    ['accepts a session that there is not', () => ({ say: { kind: 'take', session, plan: 0 } })],
    ['cancels a session that there is not', () => ({ say: { kind: 'cancel', session } })],
    ['holds a session that there is not', () => ({ say: { kind: 'held', session, minutes: 30 } })],
    ['deletes what is not over', () => ({ say: { kind: 'erase', workspace: true, files: true } })],
    ['says thank you for what nobody wishes to finish', () => ({ say: { kind: 'thanks', text: 'x' } })],
    ['shares a debrief too early', () => ({ say: { kind: 'debrief', answers: { well: 'x' } } })],
    ['knows what was not said', () => ({ seen: seen() + 1, say: { kind: 'pause' } })],
    ['forgets what its writer knew', () => ({ seen: 0, say: { kind: 'pause' } })],
  ]

  it.each(senseless)('that %s is refused, and changes nothing', (_name, make) => refused(record(make())))

  it.each<[string, object]>([
    ['kind', { kind: 'own' }],
    ['field', { kind: 'pause', by: 'both' }],
    ['time', { ...plan, session: fromHex(session), at: -1 }],
    ['length of a session', { ...plan, session: fromHex(session), minutes: 100_000 }],
    ['id', { kind: 'cancel', session: 'x' }],
    ['length of thanks', { kind: 'thanks', text: 'x'.repeat(1001) }],
    ['question', { kind: 'debrief', answers: { secrets: 'x' } }],
  ])('of an unknown %s is refused', (_name, say) => refused(encodeCbor({ v: 1, of: fromHex(id), seen: seen(), say })))

  it('of another version, or of nothing, is refused', () => {
    refused(encodeCbor({ v: 2, of: fromHex(id), seen: seen(), say: { kind: 'pause' } }))
    refused(encodeCbor({ v: 1, of: fromHex(id), seen: seen() }))
    refused(Uint8Array.of(0))
  })

  it('is never the other’s: who proposed a session cannot accept it', async () => {
    await ada.app.saying.plan(id, { ...plan })
    await bo.app.saying.plan(id, { ...plan, session: freshId() })
    bo.receive(ada, 9)
    ada.receive(bo, 9)
    const [, own] = bo.app.view(id).sessions.toSorted((a, b) => Number(a.proposedByMe) - Number(b.proposedByMe))
    refused(record({ say: { kind: 'take', session: own?.id ?? '', plan: own?.plan ?? 0 } }))
    expect(ada.app.view(id).sessions.every(({ state }) => state === 'proposed')).toBe(true)
  })

  it('of one conversation is not taken in another', () => {
    const of = freshId()
    const another = createConversation(ada.database, { ...nobody, createdAt: clock.now() })
    ada.database.run('INSERT INTO mentorships (id, conversation_id, moved_at) VALUES (?, ?, 0)', [of, another])
    refused(record({ of, say: { kind: 'end' } }))
    refused(record({ of, say: { kind: 'propose', teaches: 'me', version: id } }))
  })

  it('after the end changes nothing that was kept', async () => {
    await bo.app.saying.edit(id, { kind: 'text', field: 'notes', from: '', to: 'kept' })
    await ada.app.saying.say(id, () => ({ kind: 'finish' }))
    bo.receive(ada, 9)
    await bo.app.saying.say(id, () => ({ kind: 'finish' }))
    ada.receive(bo, 9)
    expect(ada.app.view(id)).toMatchObject({ state: 'finished', notes: 'kept' })
    refused(record({ edit: wild((doc) => doc.getText('notes').delete(0, 4)) }))
    refused(record({ say: { kind: 'end' } }))
    refused(record({ say: { kind: 'pause' } }))
    expect(ada.app.view(id)).toMatchObject({ state: 'finished', notes: 'kept' })
  })

  it('is one of as many as there may be', () => {
    ada.database.transaction(() => {
      for (let nth = 0; nth < 1000; nth++) {
        ada.database.run(
          `INSERT INTO mentorship_statements (conversation_id, side, chain_index, seen, tick, at, mentorship_id, kind)
           VALUES (?, 'mentor', ?, 0, 0, 0, 'x', 'pause')`,
          [ada.id, 1000 + nth],
        )
      }
    })
    refused(record({ say: { kind: 'pause' } }))
    // the way out is always there
    bo.forge(record({ say: { kind: 'end' } }))
    const before = ada.refused
    ada.receive(bo, 9)
    expect(ada.refused).toBe(before)
    expect(ada.app.view(id).state).toBe('ended-early')
  })

  it('begins no more mentorships than there may be: each has a document', () => {
    bo.forge(record({ say: { kind: 'end' } }))
    for (let nth = 0; nth < 101; nth++) {
      const of = freshId()
      bo.forge(record({ of, say: { kind: 'propose', teaches: 'me', version: of } }))
      if (nth < 100) bo.forge(record({ of, say: { kind: 'end' } }))
    }
    ada.receive(bo, 999)
    expect(ada.refused).toBe(1)
    expect(ada.app.list()).toHaveLength(101)
  })
})
