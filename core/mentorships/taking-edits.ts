import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { Role } from '../conversations/chain.ts'
import { clientOf, mostOf, shareOf, Workspace } from './workspace.ts'
import { isId, shelfNames, shelves, terms, textNames, texts, type ShelfName } from './workspace-shape.ts'

/** A workspace as it is kept. */
export interface Kept {
  /** Undefined: nothing was written yet. */
  readonly state: Uint8Array | undefined
  /** What the updates come to that each side has sent: bytes, and `partCost` for each part. */
  readonly used: Readonly<Record<Role, number>>
}

/** Of all updates of one side: both compute the same, and what a device holds is bounded. */
export const mostUsed = 524_288
/** What a part of an update counts for besides its bytes, which say little of what it costs to read it each time. */
const partCost = 64
/** Of one update. Each costs a walk through what is there. */
const mostStructs = 256
const mostDeletions = 4096

/** Nobody writes that much into so many bytes. */
const mostClock = 0x7fff_ffff

/**
 * Takes a change in, of either side: the same rules for what is sent and for what
 * arrives, so that nothing is sent that the other would refuse.
 *
 * It may hold nothing but what its writer wrote, in that side's name, next in
 * order, complete; only kinds of content and places that a workspace has; and it
 * may leave no more of its writer's there than fits. All of it is tried on a copy.
 *
 * @throws Fault `malformed`, `too-large`: nothing has changed
 */
export function takeEdit(kept: Kept, side: Role, update: Uint8Array): Kept & { readonly state: Bytes } {
  try {
    return tried(kept, side, update)
  } catch (error) {
    if (error instanceof Fault) throw error
    // yjs throws whatever it trips over; what it says may hold what came
    throw new Fault('malformed', 'Not an update of a workspace')
  }
}

function tried({ state, used }: Kept, side: Role, update: Uint8Array): Kept & { readonly state: Bytes } {
  const isRoomFor = (cost: number): boolean => used[side] + cost <= mostUsed
  if (!isRoomFor(update.length)) throw noRoom()
  const client = clientOf[side]
  const { structs, from, cost } = checkForm(update, client)
  if (!isRoomFor(cost)) throw noRoom()
  // whatever is wrong in itself costs no look at the document
  const workspace = new Workspace(state)
  const before = Y.getState(workspace.doc.store, client)
  if (from !== undefined && from !== before) malformed('An update out of turn')
  Y.applyUpdate(workspace.doc, update)
  const { store, share } = workspace.doc
  if (store.pendingStructs !== null || store.pendingDs !== null) malformed('An update that needs what is not here')
  if (share.size !== textNames.length + shelfNames.length + 1) malformed('An update of another document')
  for (const struct of store.clients.get(client) ?? []) {
    if (struct.id.clock + struct.length > before && struct instanceof Y.Item) checkPlace(workspace, struct)
  }
  for (const struct of structs) checkNeighbours(workspace, struct)
  checkShare(workspace, side)
  const kept = workspace.state()
  // parts that name neighbours in an impossible order stand elsewhere each time that they are read
  if (!isDeepStrictEqual(new Workspace(kept).read(), workspace.read())) {
    malformed('An update that is read in more than one way')
  }
  return { state: kept, used: { ...used, [side]: used[side] + cost } }
}

interface Parts {
  readonly structs: readonly (Y.Item | Y.GC | Y.Skip)[]
  /** Its writer's clock where it begins, if it writes anything. */
  readonly from: number | undefined
  readonly cost: number
}

/** Before anything of it is applied. */
function checkForm(update: Uint8Array, client: number): Parts {
  const { structs, ds } = Y.decodeUpdate(update)
  if (structs.length > mostStructs) malformed('An update of too many parts')
  const from = structs[0]?.id.clock
  let clock = from ?? 0
  for (const struct of structs) {
    if (struct.id.client !== client || struct.id.clock !== clock) malformed('An update in another name, or out of turn')
    if (struct instanceof Y.Item ? !isContent(struct.content) : !(struct instanceof Y.GC)) {
      malformed('An update with other content')
    }
    clock += struct.length
    if (struct.length === 0 || clock > mostClock) malformed('An update of an absurd length')
  }
  let deletions = 0
  for (const [owner, ranges] of ds.clients) {
    if (owner !== clientOf.seeker && owner !== clientOf.mentor) malformed('An update about a stranger')
    deletions += ranges.length
  }
  if (deletions > mostDeletions) malformed('An update of too many parts')
  if (structs.length + deletions === 0) malformed('An update of nothing')
  if (isUpdate(update.subarray(0, -1))) malformed('An update with something behind it')
  return { structs, from, cost: update.length + partCost * (structs.length + deletions) }
}

/** Yjs reads as far as it needs: what can be read without its last byte had one too many. */
function isUpdate(bytes: Uint8Array): boolean {
  try {
    Y.decodeUpdate(bytes)
    return true
  } catch {
    return false
  }
}

function isContent(content: Y.Item['content']): boolean {
  return (
    content instanceof Y.ContentString ||
    content instanceof Y.ContentDeleted ||
    (content instanceof Y.ContentAny && content.arr.length === 1) ||
    (content instanceof Y.ContentType && content.type.constructor === Y.Map)
  )
}

/** Where it stands decides what it may be. */
function checkPlace(workspace: Workspace, { content, parent, parentSub, deleted }: Y.Item): void {
  if (deleted || content instanceof Y.ContentDeleted) return
  const isText = textNames.some((name) => workspace.text(name) === parent)
  if (isText) {
    if (parentSub === null && content instanceof Y.ContentString) return
  } else if (parentSub !== null && parent instanceof Y.Map) {
    const value: unknown = content instanceof Y.ContentAny ? content.arr[0] : undefined
    if (parent === workspace.terms()) {
      if (fits(terms, parentSub, value)) return
    } else if (shelfOf(workspace, parent) !== undefined) {
      if (isId(parentSub) && content instanceof Y.ContentType) return
    } else {
      const shelf = shelfOf(workspace, parent._item?.parent)
      if (shelf !== undefined && fits(shelves[shelf].fields, parentSub, value)) return
    }
  }
  malformed('An update that writes what a workspace has no place for')
}

function fits(fields: Readonly<Record<string, (value: unknown) => boolean>>, name: string, value: unknown): boolean {
  return Object.hasOwn(fields, name) && fields[name]?.(value) === true
}

function shelfOf(workspace: Workspace, map: unknown): ShelfName | undefined {
  return shelfNames.find((name) => workspace.shelf(name) === map)
}

function checkShare(workspace: Workspace, side: Role): void {
  const share = shareOf(workspace, side)
  const isFull =
    textNames.some((name) => share[name] > texts[name]) || shelfNames.some((name) => share[name] > mostOf[name])
  if (isFull) throw new Fault('too-large', 'More than a workspace may hold of one side')
}

/**
 * Between the two neighbours that a part names there was nothing when it was
 * written: what its writer had written before stands in between nowhere, and what
 * does is the other's. Yjs looks through all that stands between them each time
 * that a document is read: without this rule a few hundred small updates would
 * keep a device busy for hours.
 */
function checkNeighbours({ doc: { store } }: Workspace, struct: Parts['structs'][number]): void {
  if (!(struct instanceof Y.Item)) return
  const { id, origin, rightOrigin, length } = struct
  const first = Y.getItem(store, id)
  const last = Y.getItem(store, Y.createID(id.client, id.clock + length - 1))
  // what was written into something that is gone stands nowhere
  if (!(first instanceof Y.Item) || !(last instanceof Y.Item)) return
  const isOlder = (clock: number, of: Y.Item): boolean => of.id.client === id.client && clock < id.clock
  const wrong = (): never => malformed('An update whose parts stand elsewhere than they say')

  // to the left, from what is in one piece with it by now
  if (first.id.clock < id.clock) {
    if (origin?.client !== id.client || origin.clock !== id.clock - 1) wrong()
  } else {
    let item = first.left
    while (item !== null && !holds(item, origin)) {
      if (isOlder(item.id.clock, item)) wrong()
      item = item.left
    }
    if (item === null ? origin !== null : origin !== null && isOlder(origin.clock + 1, item) && !endsWith(item, origin))
      wrong()
  }
  let item = last.right
  while (item !== null && !holds(item, rightOrigin)) {
    if (isOlder(item.id.clock, item)) wrong()
    item = item.right
  }
  if (item === null ? rightOrigin !== null : item.id.clock !== rightOrigin?.clock && isOlder(item.id.clock, item))
    wrong()
}

function holds({ id, length }: Y.Item, wanted: Y.ID | null): boolean {
  return wanted?.client === id.client && wanted.clock >= id.clock && wanted.clock < id.clock + length
}

function endsWith({ id, length }: Y.Item, wanted: Y.ID): boolean {
  return wanted.clock === id.clock + length - 1
}

function noRoom(): Fault {
  return new Fault('too-large', 'The workspace has no room for more changes')
}

function malformed(message: string): never {
  throw new Fault('malformed', message)
}
