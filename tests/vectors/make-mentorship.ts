import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { cbor, type Cbor } from './second-cbor.ts'

/**
 * Writes mentorship.json from docs/PROTOCOL.md alone: nothing of core is imported
 * and nothing of Yjs, whose updates (its first encoding) are put together here
 * from what is written down of it. `node tests/vectors/make-mentorship.ts`.
 */
const text = (value: string): Buffer => Buffer.from(value, 'utf8')
const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
const id = (label: string): Buffer => sha256(text(`staffetta test vector: ${label}`)).subarray(0, 16)

/** Seven bits a byte, the lowest first. */
function varint(value: number): Buffer {
  const out: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...out, rest])
    out.push(128 + (rest % 128))
  }
}
const string = (value: string): Buffer => Buffer.concat([varint(text(value).length), text(value)])

/** One client's structs from a clock on, and nothing that is deleted. */
const update = (client: number, clock: number, ...structs: Buffer[]): Buffer =>
  Buffer.concat([varint(1), varint(structs.length), varint(client), varint(clock), ...structs, varint(0)])
/** A text at the beginning of a root. */
const inserted = (root: string, value: string): Buffer =>
  Buffer.concat([Buffer.of(4), varint(1), string(root), string(value)])
/** A word under a key of a root (content 8: one value, 119 before a text). */
const assigned = (root: string, key: string, value: string): Buffer =>
  Buffer.concat([Buffer.of(8 | 32), varint(1), string(root), string(key), varint(1), Buffer.of(119), string(value)])

const version = (agreement: readonly Cbor[]): Buffer =>
  sha256(text('staffetta/agreement/1'), cbor(agreement)).subarray(0, 16)

const of = id('mentorship')
const session = id('session')
const record = (seen: number, fields: { readonly [key: string]: Cbor }): string =>
  cbor({ v: 1, of, seen, ...fields }).toString('hex')

const agreements = [
  ['', '', '', null, null, null],
  ['Bind a book', 'No calls at night', 'We say so', 'weekly', '2027-03-01', 45],
  ['Rilegare 📖', '', '', 'as-needed', null, null],
] as const
const begun = update(1, 0, inserted('what', 'Bind a book'), assigned('terms', 'rhythm', 'weekly'))
const statements: readonly { readonly [key: string]: Cbor }[] = [
  { kind: 'propose', teaches: 'them', version: version(agreements[1]) },
  { kind: 'accept', version: version(agreements[1]) },
  { kind: 'agree', version: version(agreements[2]) },
  { kind: 'pause' },
  { kind: 'resume' },
  { kind: 'finish' },
  { kind: 'go-on' },
  { kind: 'end' },
  { kind: 'plan', session, at: 1_800_000_000_000, minutes: 60, format: 'voice', teaches: 'me', note: 'as always' },
  { kind: 'take', session, plan: 7 },
  { kind: 'cancel', session },
  { kind: 'held', session, minutes: 55 },
  { kind: 'debrief', answers: { learned: 'patience', next: '' } },
  { kind: 'thanks', text: 'Grazie 🧵' },
  { kind: 'erase', workspace: true, files: false },
  { kind: 'erased', workspace: true, files: false },
]
const json = (value: Cbor): unknown =>
  Buffer.isBuffer(value)
    ? value.toString('hex')
    : typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, json(each)]))
      : value

const paused = { kind: 'pause' } as const
/** About what was lost on the way. */
const gaps: readonly { readonly [key: string]: Cbor }[] = [
  { seen: 9, lost: [3, 8] },
  { none: [0, 4_294_967_295] },
  { of, seen: 9, lost: [3, 8], say: paused },
  { of, seen: 1, say: paused, again: { index: 2, at: 1_800_000_000_000 } },
  { of, seen: 9, lost: [8], edit: begun, again: { index: 0, at: 0 } },
  { of, seen: 9, again: { index: 5, at: 1 } },
]
const raw = (fields: { readonly [key: string]: Cbor }): string => cbor({ v: 1, ...fields }).toString('hex')

const refused = [
  { why: 'malformed', encoded: raw({ seen: 9, lost: [] }) },
  { why: 'malformed', encoded: raw({ seen: 9, lost: [8, 3] }) },
  { why: 'malformed', encoded: raw({ seen: 9, lost: [3, 3] }) },
  { why: 'malformed', encoded: raw({ seen: 9, lost: [9] }) },
  { why: 'malformed', encoded: raw({ seen: 9, lost: [3], say: paused }) },
  { why: 'malformed', encoded: raw({ seen: 200, lost: Array.from({ length: 129 }, (_, nth) => nth) }) },
  { why: 'malformed', encoded: raw({ none: [] }) },
  { why: 'malformed', encoded: raw({ none: [3], seen: 9 }) },
  { why: 'malformed', encoded: record(9, { lost: [9], say: paused }) },
  { why: 'malformed', encoded: record(9, { lost: [3] }) },
  { why: 'malformed', encoded: record(9, { say: paused, again: { index: 2 } }) },
  { why: 'malformed', encoded: record(0, {}) },
  { why: 'malformed', encoded: record(0, { say: { kind: 'own' } }) },
  { why: 'malformed', encoded: record(0, { say: { kind: 'pause', by: 'me' } }) },
  { why: 'malformed', encoded: record(0, { say: { kind: 'held', session, minutes: 4 } }) },
  { why: 'malformed', encoded: record(0, { say: { kind: 'thanks', text: '' } }) },
  { why: 'malformed', encoded: record(0, { say: { kind: 'accept', version: of.subarray(1) } }) },
  { why: 'malformed', encoded: record(0, { edit: Buffer.alloc(0) }) },
  { why: 'malformed', encoded: record(0, { say: { kind: 'debrief', answers: {} } }) },
  // found by fuzzing: no bytes are no map
  { why: 'malformed', encoded: record(0, { say: { kind: 'debrief', answers: Buffer.alloc(0) } }) },
  { why: 'too-large', encoded: record(0, { edit: Buffer.alloc(32_769) }) },
  { why: 'malformed', encoded: cbor({ v: 1, of, seen: 0, say: { kind: 'pause' }, more: 0 }).toString('hex') },
  { why: 'unknown-version', encoded: cbor({ v: 2, of, seen: 0, say: { kind: 'pause' } }).toString('hex') },
]

const edits = [
  { side: 'seeker', update: begun.toString('hex'), texts: { what: 'Bind a book' }, rhythm: 'weekly', parts: 2 },
  {
    side: 'mentor',
    update: update(2, 0, inserted('notes', 'wax')).toString('hex'),
    texts: { notes: 'wax' },
    rhythm: null,
    parts: 1,
  },
]
const refusedEdits = [
  { side: 'mentor', why: 'in the name of the other', update: begun },
  { side: 'seeker', why: 'out of turn', update: update(1, 3, inserted('what', 'late')) },
  { side: 'seeker', why: 'of another document', update: update(1, 0, inserted('more', 'x')) },
  { side: 'seeker', why: 'a value that there is not', update: update(1, 0, assigned('terms', 'rhythm', 'hourly')) },
  { side: 'seeker', why: 'a text where values are', update: update(1, 0, inserted('terms', 'x')) },
  {
    side: 'seeker',
    why: 'a part that names no neighbours where its writer wrote before',
    update: update(1, 0, inserted('notes', 'a'), inserted('notes', 'b')),
  },
  { side: 'seeker', why: 'something behind it', update: Buffer.concat([begun, Buffer.of(0)]) },
].map((each) => ({ ...each, update: each.update.toString('hex') }))

/** Side, index, how many items of the other its writer had, what it says; then its tick, and its place in the order. */
const log = [
  { side: 'seeker', index: 0, seen: 0, kind: 'propose', tick: 1, nth: 0 },
  { side: 'mentor', index: 2, seen: 1, kind: 'accept', tick: 2, nth: 1 },
  { side: 'mentor', index: 3, seen: 1, kind: 'pause', tick: 3, nth: 3 },
  { side: 'seeker', index: 4, seen: 3, kind: 'pause', tick: 3, nth: 2 },
  { side: 'seeker', index: 5, seen: 3, kind: 'finish', tick: 4, nth: 4 },
  { side: 'mentor', index: 7, seen: 5, kind: 'resume', tick: 4, nth: 5 },
  { side: 'mentor', index: 8, seen: 6, kind: 'finish', tick: 5, nth: 6 },
  { side: 'seeker', index: 6, seen: 3, kind: 'end', tick: 5, nth: 99 },
]
// of the same tick the seeker's stands first: the end, then what the mentor had finished without knowing of it
const sorted = log.toSorted((a, b) => a.tick - b.tick || (a.side === 'seeker' ? -1 : 1))
for (const [nth, entry] of sorted.entries()) entry.nth = nth

/** Ticks where some had not read what the other said: side, index, seen, lost, tick. */
const late = [
  { side: 'seeker', index: 0, seen: 0, lost: [], tick: 1 },
  { side: 'seeker', index: 1, seen: 0, lost: [], tick: 2 },
  { side: 'mentor', index: 0, seen: 2, lost: [1], tick: 2 },
  { side: 'mentor', index: 1, seen: 2, lost: [0, 1], tick: 3 },
  { side: 'mentor', index: 2, seen: 2, lost: [], tick: 4 },
  { side: 'seeker', index: 4, seen: 3, lost: [2], tick: 4 },
  { side: 'seeker', index: 5, seen: 3, lost: [], tick: 5 },
]

writeFileSync(
  new URL('mentorship.json', import.meta.url),
  `${JSON.stringify(
    {
      records: [
        ...statements.map((say, seen) => ({ seen, say: json(say), edit: null, encoded: record(seen, { say }) })),
        {
          seen: 4_294_967_295,
          say: json(statements[0] ?? null),
          edit: begun.toString('hex'),
          encoded: record(4_294_967_295, { say: statements[0] ?? null, edit: begun }),
        },
        { seen: 0, say: null, edit: begun.toString('hex'), encoded: record(0, { edit: begun }) },
      ],
      of: of.toString('hex'),
      gaps: gaps.map((fields) => ({ record: json(fields), encoded: raw(fields) })),
      refused,
      agreements: agreements.map((fields) => ({ fields, version: version(fields).toString('hex') })),
      edits,
      refusedEdits,
      log: { entries: log, state: 'ended', endedBy: 'seeker' },
      late,
    },
    null,
    2,
  )}\n`,
)
