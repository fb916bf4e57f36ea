import { equal, hex, type Bytes } from '../../../core/base/bytes.ts'
import type { Clock } from '../../../core/base/clock.ts'
import { isFault } from '../../../core/base/fault.ts'
import { placeKey } from '../../../core/boxes/capability.ts'
import type { BoxClient, OpenedBox } from '../../../core/boxes/client.ts'
import { isExpired } from '../../../core/boxes/hours.ts'
import type { FullDraft } from '../../support/boxes.ts'

/** How a write ended for whoever asked for it. */
export type Ending = 'acknowledged' | 'unreachable' | 'box-refused'

/** A draft and what was made of it. */
export interface Kept {
  readonly draft: FullDraft
  readonly box: Bytes
}

/** One author's box at one place. */
interface Entry {
  /** The newest that was acknowledged. */
  promised: Kept | undefined
  /** All that was tried: what was not acknowledged may be there all the same. */
  readonly hoped: FullDraft[]
  /** An acknowledged deletion up to this sequence. */
  deleted: bigint
  /** The same, tried and not acknowledged. */
  maybeDeleted: bigint
}

export interface Tally {
  readonly promised: number
  readonly found: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
}

/** Looks before something counts as lost: one look does not wait for nodes that are slow at the moment. */
const looks = 3
const placesAtOnce = 32

/**
 * What members were promised: a box whose store was acknowledged is found by
 * everybody, once, as it was last acknowledged or later, until it is deleted or
 * expires; one whose deletion was acknowledged is not found.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>()
  /** Found, but not at the first look. */
  late = 0

  /** The newest acknowledged boxes that are not deleted: what their authors store again. */
  get kept(): Kept[] {
    return [...this.#entries.values()].flatMap(({ promised, maybeDeleted }) =>
      promised !== undefined && promised.draft.sequence > maybeDeleted ? [promised] : [],
    )
  }

  async store(client: BoxClient, draft: FullDraft): Promise<Ending> {
    const entry = this.#entry(draft)
    entry.hoped.push(draft)
    return ended(async () => {
      const box = await client.prepare(draft)
      await client.store(box)
      const before = entry.promised?.draft.sequence ?? -1n
      if (before < draft.sequence) entry.promised = { draft, box }
    })
  }

  async delete(client: BoxClient, draft: FullDraft): Promise<Ending> {
    const { author, capability, sequence } = draft
    const entry = this.#entry(draft)
    if (entry.maybeDeleted < sequence) entry.maybeDeleted = sequence
    const ending = await ended(() => client.delete({ place: capability.place, author, sequence }))
    if (ending === 'acknowledged' && entry.deleted < sequence) entry.deleted = sequence
    return ending
  }

  /** Looks as `client` does. @param clock whose hours count for what has expired */
  async check(client: BoxClient, clock: Clock): Promise<Tally> {
    let open = [...this.#entries.values()]
    const tally = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0 }
    for (let look = 1; look <= looks && open.length > 0; look++) {
      const missing: Entry[] = []
      for (let from = 0; from < open.length; from += placesAtOnce) {
        const batch = open.slice(from, from + placesAtOnce)
        const found = await client.fetch(batch.flatMap(({ promised }) => promised?.draft.capability ?? []))
        const byKey = Map.groupBy(found, ({ place, author }) => keyOf(place, author))
        for (const entry of batch) {
          if (entry.promised === undefined) continue
          const { capability, author } = entry.promised.draft
          const verdict = judge(entry, byKey.get(keyOf(capability.place, author.publicKey)) ?? [], clock)
          if (verdict === 'lost' && look < looks) {
            missing.push(entry)
            continue
          }
          tally.promised++
          tally[verdict]++
          if (verdict === 'found' && look > 1) this.late++
        }
      }
      open = missing
    }
    return tally
  }

  #entry({ capability, author }: FullDraft): Entry {
    const key = keyOf(capability.place, author.publicKey)
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const entry: Entry = { promised: undefined, hoped: [], deleted: -1n, maybeDeleted: -1n }
    this.#entries.set(key, entry)
    return entry
  }
}

function judge(entry: Entry, found: readonly OpenedBox[], clock: Clock): Exclude<keyof Tally, 'promised'> {
  const { hoped, deleted, maybeDeleted } = entry
  const promised = entry.promised?.draft
  const [box] = found
  if (promised === undefined) return 'found'
  if (found.length > 1) return 'duplicated'
  if (box === undefined) {
    const mayBeGone = maybeDeleted >= promised.sequence || isExpired(promised.expiryHours, clock)
    return mayBeGone ? 'found' : 'lost'
  }
  if (box.sequence <= deleted || box.sequence < promised.sequence) return 'reordered'
  const meant = hoped.some(({ sequence, content }) => sequence === box.sequence && equal(content, box.content))
  return meant ? 'found' : 'lost'
}

async function ended(work: () => Promise<void>): Promise<Ending> {
  try {
    await work()
    return 'acknowledged'
  } catch (error) {
    if (isFault(error, 'unreachable', 'box-refused')) return error.code
    throw error
  }
}

function keyOf(place: Uint8Array, author: Uint8Array): string {
  return placeKey(place) + hex(author)
}
