import { z } from 'zod'
import { mentorshipLimits as limits } from '../api/mentorship-limits.ts'
import { fromHex, hex, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'

/** Of an update of what both edit, bytes. */
export const longestEdit = 32_768
/** Of a whole record: an update, or the longest statement, with what stands around it. */
const longestRecord = longestEdit + 16_384
/** Of a conversation: items that a side has not read, and still hopes for. */
export const mostGaps = 128

const counter = z.number().int().min(0).max(0xffff_ffff)
/** 16 bytes on the wire, lower-case hex inside. */
const id = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.length === 16)
  .transform(hex)
const minutes = z.number().int().min(limits.sessionMinutes.min).max(limits.sessionMinutes.max)
const text = (max: number) => z.string().max(max)

/**
 * What one side says, and the other cannot change. Whom it concerns is told from
 * the writer: `me`, `them`.
 */
export const statement = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('propose'), teaches: z.enum(['me', 'them', 'both']), version: id }),
  z.strictObject({ kind: z.literal('accept'), version: id }),
  z.strictObject({ kind: z.literal('agree'), version: id }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('finish') }),
  z.strictObject({ kind: z.literal('go-on') }),
  z.strictObject({ kind: z.literal('end') }),
  z.strictObject({
    kind: z.literal('plan'),
    session: id,
    /** Ms since 1970, UTC, until the end of the year 9999. */
    at: z.number().int().min(0).max(253_402_300_799_000),
    minutes,
    format: z.enum(['text', 'voice', 'in-person']),
    teaches: z.enum(['me', 'them']),
    note: text(limits.sessionNote),
  }),
  /** `plan`: the index of the other's item that proposed it. */
  z.strictObject({ kind: z.literal('take'), session: id, plan: counter }),
  z.strictObject({ kind: z.literal('cancel'), session: id }),
  z.strictObject({ kind: z.literal('held'), session: id, minutes }),
  z.strictObject({
    kind: z.literal('debrief'),
    answers: z
      .strictObject({
        learned: text(limits.answer).optional(),
        well: text(limits.answer).optional(),
        differently: text(limits.answer).optional(),
        next: text(limits.answer).optional(),
      })
      .refine((answers) => Object.keys(answers).length > 0),
  }),
  z.strictObject({ kind: z.literal('thanks'), text: text(limits.thanks).min(1) }),
  /** Deleted here, and the other's app is asked to do the same. */
  z.strictObject({ kind: z.literal('erase'), workspace: z.boolean(), files: z.boolean() }),
  /** It is done. */
  z.strictObject({ kind: z.literal('erased'), workspace: z.boolean(), files: z.boolean() }),
])

export type Statement = z.infer<typeof statement>

/** Ascending, each once. */
const indices = z
  .array(counter)
  .min(1)
  .max(mostGaps)
  .refine((all) => all.every((index, nth) => nth === 0 || index > (all[nth - 1] ?? index)))
const isBefore = ({ seen, lost = [] }: { seen: number; lost?: readonly number[] | undefined }): boolean =>
  (lost.at(-1) ?? -1) < seen

const told = z
  .strictObject({
    v: z.literal(1),
    of: id,
    seen: counter,
    lost: indices.optional(),
    say: statement.optional(),
    edit: z
      .instanceof(Uint8Array)
      .refine((bytes) => bytes.length > 0)
      .optional(),
    again: z.strictObject({ index: counter, at: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }).optional(),
  })
  .refine(({ say, edit, again }) => say !== undefined || edit !== undefined || again !== undefined)
  .refine(isBefore)
const asked = z.strictObject({ v: z.literal(1), seen: counter, lost: indices }).refine(isBefore)
const nothing = z.strictObject({ v: z.literal(1), none: indices })

/** What a record of this area says of one mentorship: a statement, a change of what both edit, or both. */
export interface MentorshipRecord {
  /** 32 hex digits. */
  readonly of: string
  /** How many items of the other the writer had when this was written. */
  readonly seen: number
  /** Those of them that the writer could not read, or refused: not empty, ascending. */
  readonly lost?: readonly number[] | undefined
  readonly say?: Statement | undefined
  /** An update of Yjs, of the writer's structs alone. */
  readonly edit?: Uint8Array | undefined
  /**
   * It was said before, in the item of that index and at that time, and the
   * other has lost it. Without a statement and a change: what it said is deleted,
   * and only its place is told.
   */
  readonly again?: { readonly index: number; readonly at: number } | undefined
}

/** The writer has not read these items of the other, and asks for what was in them. */
export type Asking = Required<Pick<MentorshipRecord, 'seen'>> & { readonly lost: readonly number[] }

/** In these items of the writer was nothing of this area, or it is not kept any more. */
export interface Nothing {
  readonly none: readonly number[]
}

export type AnyRecord = MentorshipRecord | Asking | Nothing

const anything = z.looseObject({ v: z.number().int(), of: z.unknown().optional(), none: z.unknown().optional() })

/** @throws Fault `too-large` */
export function encodeRecord(record: AnyRecord): Bytes {
  if (!('of' in record)) return encodeCbor({ v: 1, ...record })
  const { of, seen, lost, say, edit, again } = record
  const bytes = encodeCbor({
    v: 1,
    ...defined({ of: fromHex(of), seen, lost, say: say === undefined ? undefined : wire(say), edit, again }),
  })
  if ((edit?.length ?? 0) > longestEdit || bytes.length > longestRecord) {
    throw new Fault('too-large', 'A change of the workspace that is longer than the limit')
  }
  return bytes
}

/** @throws Fault `unknown-version`, `malformed`, `too-large` */
export function decodeRecord(bytes: Uint8Array): AnyRecord {
  const { v, ...fields } = decodeCbor(bytes, anything, longestRecord)
  if (v !== 1) throw new Fault('unknown-version', 'A record of a newer version')
  if ('none' in fields) return { none: decodeCbor(bytes, nothing, longestRecord).none }
  if (!('of' in fields)) {
    const { seen, lost } = decodeCbor(bytes, asked, longestRecord)
    return { seen, lost }
  }
  const { v: _, ...record } = decodeCbor(bytes, told, longestRecord)
  if ((record.edit?.length ?? 0) > longestEdit) throw new Fault('too-large', 'A change that is longer than the limit')
  return record
}

/** A statement as it is kept. */
export function encodeStatement(say: Statement): Bytes {
  return encodeCbor(wire(say))
}

/** @throws Fault `malformed`, `too-large` */
export function decodeStatement(bytes: Uint8Array): Statement {
  return decodeCbor(bytes, statement, longestRecord)
}

/** Ids are bytes on the wire. */
function wire(say: Statement): object {
  return {
    ...say,
    ...('version' in say ? { version: fromHex(say.version) } : {}),
    ...('session' in say ? { session: fromHex(say.session) } : {}),
    ...('answers' in say ? { answers: defined(say.answers) } : {}),
  }
}

function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
