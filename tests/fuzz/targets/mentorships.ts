import { isDeepStrictEqual } from 'node:util'
import { fromHex, type Bytes } from '../../../core/base/bytes.ts'
import { decodeRecord, decodeStatement, encodeRecord, encodeStatement } from '../../../core/mentorships/statements.ts'
import { takeEdit } from '../../../core/mentorships/taking-edits.ts'
import { Workspace } from '../../../core/mentorships/workspace.ts'
import vectors from '../../vectors/mentorship.json' with { type: 'json' }
import { fromVectors, type Target } from '../target.ts'

const records = fromVectors(...[...vectors.records, ...vectors.gaps].map(({ encoded }) => encoded))
const statements = records.flatMap((encoded) => {
  const record = decodeRecord(encoded)
  return 'say' in record && record.say !== undefined ? [encodeStatement(record.say)] : []
})

const nothing = { state: undefined, used: { seeker: 0, mentor: 0 } }
/** Written by the seeker, with everything that a workspace can hold. */
const written = new Workspace()
const whole = written.edit('seeker', () => {
  written.text('notes').insert(0, 'wax and thread')
  written.text('notes').delete(3, 4)
  written.terms().set('minutes', 45)
})
const before = takeEdit(nothing, 'seeker', fromHex(vectors.edits[0]?.update ?? ''))
const next = new Workspace(before.state).edit('seeker', (workspace) => workspace.text('what').insert(4, ' and sew'))

/** What is taken is whole, and can be read again as it was kept. */
function taken(kept: Parameters<typeof takeEdit>[0], update: Bytes): 'accepted' {
  const { state } = takeEdit(kept, 'seeker', update)
  const again = new Workspace(state)
  if (again.doc.store.pendingStructs !== null) throw new Error('Something is left pending')
  const settled = new Workspace(again.state())
  if (!isDeepStrictEqual(settled.read(), again.read())) throw new Error('It is read as another')
  return 'accepted'
}

/** Mentorships: what is stated, and what both edit. */
export const mentorshipTargets: readonly Target[] = [
  {
    name: 'mentorship record',
    covers: ['core/mentorships/statements.ts decodeRecord'],
    corpus: records,
    faults: ['unknown-version', 'malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodeRecord(decodeRecord(input)),
  },
  {
    name: 'mentorship statement',
    covers: ['core/mentorships/statements.ts decodeStatement'],
    corpus: statements,
    faults: ['malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodeStatement(decodeStatement(input)),
  },
  {
    name: 'first change of a workspace',
    covers: ['core/mentorships/taking-edits.ts takeEdit'],
    corpus: [fromHex(vectors.edits[0]?.update ?? ''), ...(whole === undefined ? [] : [whole])],
    faults: ['malformed', 'too-large'],
    again: (input) => taken(nothing, input),
  },
  {
    name: 'later change of a workspace',
    covers: ['core/mentorships/taking-edits.ts takeEdit'],
    corpus: next === undefined ? [] : [next],
    faults: ['malformed', 'too-large'],
    again: (input) => taken(before, input),
  },
]
