import * as Y from 'yjs'
import { mentorshipLimits as limits } from '../api/mentorship-limits.ts'
import type { AgreementDraft, WorkspaceChange } from '../api/mentorships.ts'
import { hex, utf8, type Bytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'
import type { Role } from '../conversations/chain.ts'
import { sha256 } from '../crypto/derive.ts'
import { rebase } from './splice.ts'
import type { Workspace, Written } from './workspace.ts'
import { texts, type ShelfName, type TextName } from './workspace-shape.ts'

/** A change of what both edit; `file` by what both know of it. */
export type Change =
  | Exclude<WorkspaceChange, { kind: 'file' }>
  | { readonly kind: 'file'; readonly sharedFileId: string; readonly by: Role; readonly offer: string }

/**
 * What this side writes, as an update for both; undefined where it changes nothing.
 *
 * @throws Fault `bad-input`, `not-found`, `too-large`
 */
export function makeChange(workspace: Workspace, side: Role, change: Change): Bytes | undefined {
  return workspace.edit(side, () => apply(workspace, change))
}

/** The agreement that a proposal begins with. @throws Fault `bad-input` */
export function beginWorkspace(workspace: Workspace, side: Role, draft: AgreementDraft): Bytes | undefined {
  return workspace.edit(side, () => {
    for (const field of ['what', 'boundaries', 'fallback'] as const) write(workspace, field, '', draft[field])
    for (const name of ['rhythm', 'until', 'minutes'] as const) {
      if (draft[name] !== null) set(workspace.terms(), name, draft[name])
    }
  })
}

/** Which agreement somebody agrees to: 32 hex digits that change with every word of it. PROTOCOL.md section "Agreement" */
export function versionOf({ texts: { what, boundaries, fallback }, terms }: Pick<Written, 'texts' | 'terms'>): string {
  const said = encodeCbor([what, boundaries, fallback, terms.rhythm, terms.until, terms.minutes])
  return hex(sha256(utf8('staffetta/agreement/1'), said).subarray(0, 16))
}

function apply(workspace: Workspace, change: Change): void {
  switch (change.kind) {
    case 'text':
      write(workspace, change.field, change.from, change.to)
      break
    case 'terms':
      for (const [name, value] of Object.entries(change.terms)) {
        if (value !== undefined) set(workspace.terms(), name, value)
      }
      break
    case 'goal':
      put(workspace, 'goals', change.goalId, limits.goals, { title: title(change.title), progress: change.progress })
      break
    case 'milestone':
      putMilestone(workspace, change)
      break
    case 'link':
      put(workspace, 'links', change.linkId, limits.links, {
        title: title(change.title),
        address: title(change.address),
      })
      break
    case 'file':
      put(workspace, 'files', change.sharedFileId, limits.files, { by: change.by, offer: change.offer })
      break
    // remove: what is left
    default:
      remove(workspace, change.id)
  }
}

function write(workspace: Workspace, field: TextName, from: string, to: string): void {
  const text = workspace.text(field)
  const now = text.toJSON()
  for (const { at, remove, insert } of rebase(from, harmlessText(to), now)) {
    if (remove > 0) text.delete(at, remove)
    if (insert !== '') text.insert(at, insert)
  }
  if (text.length > texts[field] && text.length > now.length) {
    throw new Fault('too-large', 'A text longer than its place')
  }
}

function putMilestone(workspace: Workspace, change: Extract<Change, { kind: 'milestone' }>): void {
  const { goalId: goal, milestoneId: id, done } = change
  if (!workspace.shelf('goals').has(goal)) throw new Fault('not-found', 'No such goal')
  const siblings = [...workspace.shelf('milestones').values()].filter((fields) => fields.get('goal') === goal).length
  const isNew = !workspace.shelf('milestones').has(id)
  if (isNew && siblings >= limits.milestones) throw new Fault('too-large', 'As many milestones as there may be')
  const most = limits.goals * limits.milestones
  put(workspace, 'milestones', id, most, { title: title(change.title), done, goal })
}

/** @param fields those that are undefined stay as they are */
function put(
  workspace: Workspace,
  name: ShelfName,
  id: string,
  most: number,
  fields: Readonly<Record<string, unknown>>,
): void {
  const shelf = workspace.shelf(name)
  let thing = shelf.get(id)
  if (thing === undefined) {
    if (
      Object.entries(fields).some(([field, value]) => value === undefined && field !== 'progress' && field !== 'done')
    )
      throw new Fault('bad-input', 'A new entry that misses what it needs')
    if (shelf.size >= most) throw new Fault('too-large', 'As many entries as there may be')
    const last = Math.max(-1, ...[...shelf.values()].map((other) => Number(other.get('nth') ?? 0)))
    thing = new Y.Map()
    shelf.set(id, thing)
    thing.set('nth', Math.min(last + 1, 999_999))
  }
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) set(thing, field, value)
  }
}

function remove(workspace: Workspace, id: string): void {
  const shelf = (['goals', 'milestones', 'links', 'files'] as const).find((name) => workspace.shelf(name).has(id))
  if (shelf === undefined) return
  workspace.shelf(shelf).delete(id)
  if (shelf !== 'goals') return
  const milestones = workspace.shelf('milestones')
  for (const [milestone, fields] of milestones) if (fields.get('goal') === id) milestones.delete(milestone)
}

function set(map: Y.Map<unknown>, name: string, value: unknown): void {
  if (map.get(name) !== value) map.set(name, value)
}

/** @throws Fault `bad-input` where nothing of it can be seen */
function title(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const line = harmlessLine(text)
  if (line === '') throw new Fault('bad-input', 'A title that says nothing')
  return line
}
