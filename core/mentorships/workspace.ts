import * as Y from 'yjs'
import { copy, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { Role } from '../conversations/chain.ts'
import { shelfNames, shelves, textNames, type ShelfName, type TextName } from './workspace-shape.ts'

/**
 * Which of Yjs's clients a side is. Fixed: what a side wrote is told from what the
 * other did, and neither can write in the other's name.
 */
export const clientOf: Readonly<Record<Role, number>> = { seeker: 1, mentor: 2 }

/** Neither of the two: what is loaded was written by them. */
const nobody = 0

/** What both edit: a document of Yjs, of which every root is known before anything of it is read. */
export class Workspace {
  readonly doc: Y.Doc

  /** @param state as `state()` gave it; undefined: empty. Of this vault, not of a contact */
  constructor(state?: Uint8Array) {
    this.doc = new Y.Doc()
    this.doc.clientID = nobody
    for (const name of textNames) this.text(name)
    for (const name of shelfNames) this.shelf(name)
    this.terms()
    if (state !== undefined) Y.applyUpdate(this.doc, state)
  }

  text(name: TextName): Y.Text {
    return this.doc.getText(name)
  }

  terms(): Y.Map<unknown> {
    return this.doc.getMap('terms')
  }

  shelf(name: ShelfName): Y.Map<Y.Map<unknown>> {
    return this.doc.getMap(name)
  }

  /** Everything, compact: what was deleted is in it as lengths only. */
  state(): Bytes {
    return copy(Y.encodeStateAsUpdate(this.doc))
  }

  /**
   * @param change what a side does
   * @returns the update that does the same elsewhere; undefined where nothing changed
   */
  edit(side: Role, change: (workspace: this) => void): Bytes | undefined {
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array): void => void updates.push(update)
    this.doc.clientID = clientOf[side]
    this.doc.on('update', note)
    try {
      this.doc.transact(() => change(this))
    } finally {
      this.doc.off('update', note)
      this.doc.clientID = nobody
    }
    if (updates.length > 1) throw new Fault('internal', 'One change became several')
    return updates[0] === undefined ? undefined : copy(updates[0])
  }

  /** What stands there, as both sides have it: of others, and not to be shown as it is. */
  read(): Written {
    const terms = this.terms()
    return {
      texts: {
        what: this.text('what').toJSON(),
        boundaries: this.text('boundaries').toJSON(),
        fallback: this.text('fallback').toJSON(),
        notes: this.text('notes').toJSON(),
      },
      terms: {
        rhythm: (terms.get('rhythm') as Written['terms']['rhythm'] | undefined) ?? null,
        until: (terms.get('until') as string | null | undefined) ?? null,
        minutes: (terms.get('minutes') as number | null | undefined) ?? null,
      },
      goals: this.#things('goals', ['title']),
      milestones: this.#things('milestones', ['goal', 'title']),
      links: this.#things('links', ['title', 'address']),
      files: this.#things('files', ['by', 'offer']),
    }
  }

  /** In their order; one that misses what it needs is not there. */
  #things<Name extends ShelfName>(name: Name, needed: readonly string[]): Thing<Name>[] {
    const things = [...this.shelf(name)].flatMap(([id, fields]) => {
      const isWhole = needed.every((field) => fields.has(field))
      return isWhole ? [{ ...fields.toJSON(), nth: Number(fields.get('nth') ?? 0), id } as Thing<Name>] : []
    })
    return things.toSorted((a, b) => a.nth - b.nth || (a.id < b.id ? -1 : 1))
  }
}

interface Things {
  goals: { readonly title: string; readonly progress?: number }
  milestones: { readonly goal: string; readonly title: string; readonly done?: boolean }
  links: { readonly title: string; readonly address: string }
  files: { readonly by: Role; readonly offer: string }
}

type Thing<Name extends ShelfName> = Things[Name] & { readonly id: string; readonly nth: number }

/** What is written in a workspace. */
export interface Written {
  readonly texts: Readonly<Record<TextName, string>>
  readonly terms: {
    readonly rhythm: 'weekly' | 'fortnightly' | 'monthly' | 'as-needed' | null
    readonly until: string | null
    readonly minutes: number | null
  }
  readonly goals: readonly Thing<'goals'>[]
  readonly milestones: readonly Thing<'milestones'>[]
  readonly links: readonly Thing<'links'>[]
  readonly files: readonly Thing<'files'>[]
}

/** How much of each text and of each shelf a side has written that is still there. */
export function shareOf(workspace: Workspace, side: Role): Readonly<Record<TextName | ShelfName, number>> {
  const client = clientOf[side]
  const written = (name: TextName): number => {
    let length = 0
    for (let item = workspace.text(name)._start; item !== null; item = item.right) {
      if (!item.deleted && item.id.client === client) length += item.length
    }
    return length
  }
  const placed = (name: ShelfName): number =>
    [...workspace.shelf(name)._map.values()].filter((item) => !item.deleted && item.id.client === client).length
  return Object.fromEntries([
    ...textNames.map((name) => [name, written(name)]),
    ...shelfNames.map((name) => [name, placed(name)]),
  ]) as Record<TextName | ShelfName, number>
}

/** Of one writer, by name. */
export const mostOf: Readonly<Record<ShelfName, number>> = {
  goals: shelves.goals.most,
  milestones: shelves.milestones.most,
  links: shelves.links.most,
  files: shelves.files.most,
}
