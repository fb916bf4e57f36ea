import { expect, it } from 'vitest'
import { fromHex, hex } from '../../core/base/bytes.ts'
import type { Role } from '../../core/conversations/chain.ts'
import { versionOf } from '../../core/mentorships/changes.ts'
import { tell } from '../../core/mentorships/life.ts'
import { inOrder, knew, ticks, type Entry } from '../../core/mentorships/order.ts'
import {
  decodeRecord,
  encodeRecord,
  type AnyRecord,
  type MentorshipRecord,
  type Statement,
} from '../../core/mentorships/statements.ts'
import { takeEdit } from '../../core/mentorships/taking-edits.ts'
import { Workspace } from '../../core/mentorships/workspace.ts'
import { faultOf } from '../support/faults.ts'
import vectors from './mentorship.json' with { type: 'json' }

const { of } = vectors
const nothing = { state: undefined, used: { seeker: 0, mentor: 0 } }

it.each(vectors.records)('a record: $say.kind', ({ seen, say, edit, encoded }) => {
  const record = {
    of,
    seen,
    ...(say === null ? {} : { say }),
    ...(edit === null ? {} : { edit: fromHex(edit) }),
  } as MentorshipRecord
  expect(hex(encodeRecord(record))).toBe(encoded)
  expect(decodeRecord(fromHex(encoded))).toEqual(record)
})

it.each(vectors.gaps)('a record about what was lost: $encoded', ({ record: fields, encoded }) => {
  const record = { ...fields, ...('edit' in fields ? { edit: fromHex(fields.edit ?? '') } : {}) } as AnyRecord
  expect(hex(encodeRecord(record))).toBe(encoded)
  expect(decodeRecord(fromHex(encoded))).toEqual(record)
})

it('what came late has the tick that it had where it was written', () => {
  const entries = vectors.late.map((entry) => ({ ...entry, side: entry.side as Role }))
  for (const arrived of [entries, entries.toReversed()]) {
    const counted = ticks(arrived)
    for (const entry of entries) expect(counted.get(entry)).toBe(entry.tick)
  }
})

it.each(vectors.refused)('a record that is refused as $why', async ({ why, encoded }) => {
  expect(await faultOf(() => decodeRecord(fromHex(encoded)))).toBe(why)
})

it.each(vectors.agreements)('the version of an agreement: $version', ({ fields, version }) => {
  const [what, boundaries, fallback, rhythm, until, minutes] = fields as [string, string, string, never, never, never]
  expect(
    versionOf({ texts: { what, boundaries, fallback, notes: 'not of it' }, terms: { rhythm, until, minutes } }),
  ).toBe(version)
})

it.each(vectors.edits)('a change that the $side wrote', ({ side, update, texts, rhythm, parts }) => {
  const { state, used } = takeEdit(nothing, side as Role, fromHex(update))
  const written = new Workspace(state).read()
  expect(written).toMatchObject({ texts, terms: { rhythm } })
  expect(used).toEqual({ seeker: 0, mentor: 0, [side]: update.length / 2 + 64 * parts })
})

it.each(vectors.refusedEdits)('a change that is refused: $why', async ({ side, update }) => {
  expect(await faultOf(() => takeEdit(nothing, side as Role, fromHex(update)))).toBe('malformed')
})

it('statements have the same order and the same end wherever they arrive', () => {
  const says: Record<string, Statement> = {
    propose: { kind: 'propose', teaches: 'me', version: of },
    accept: { kind: 'accept', version: of },
  }
  const entries = vectors.log.entries.map(({ side, index, seen, kind, tick }): Entry => {
    return { side: side as Role, index, seen, lost: [], tick, at: 0, of, say: says[kind] ?? ({ kind } as Statement) }
  })
  for (const entry of entries) {
    const before = entries.filter((each) => each !== entry && knew(entry, each)).map(({ tick }) => tick)
    expect(entry.tick).toBe(1 + Math.max(0, ...before))
  }
  for (const arrived of [entries, entries.toReversed()]) {
    expect(inOrder(arrived).map((entry) => vectors.log.entries[entries.indexOf(entry)]?.nth)).toEqual(
      entries.map((_, nth) => nth),
    )
    expect(tell(arrived).lives.get(of)).toMatchObject({ state: vectors.log.state, endedBy: vectors.log.endedBy })
  }
})
