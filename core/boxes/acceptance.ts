import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { isFault } from '../base/fault.ts'
import { boxVersion, decodeBox, isSigned, sizeClassOf, workOf } from './box.ts'
import { isExpired, nowHours } from './hours.ts'
import { longestLifeHours } from './limits.ts'
import type { Rate } from './rate.ts'
import { refused, type Refusal } from './refusal.ts'
import type { BoxStore } from './store.ts'
import { decodeTombstone, isBuried } from './tombstone.ts'

export interface AcceptanceOptions {
  readonly store: BoxStore
  readonly clock: Clock
  /** What the node asks for now. */
  readonly workBits: () => number
  readonly isResponsible: (place: Uint8Array) => boolean
  /** Of the whole node. */
  readonly rate: Rate
}

export type Verdict = { readonly type: 'done' } | Refusal

const done: Verdict = { type: 'done' }

/**
 * Whether a node takes a box, cheapest checks first. Synchronous: nothing can
 * come in between. PROTOCOL.md section "STORE".
 *
 * @throws Fault `disk-full`; whoever answers says `quota`
 */
export function acceptBox(bytes: Bytes, { store, clock, workBits, isResponsible, rate }: AcceptanceOptions): Verdict {
  const form = refuseForm(bytes)
  if (form !== undefined) return form
  const box = decodeBox(bytes)
  if (isExpired(box.expiryHours, clock)) return refused('expired')
  if (box.expiryHours > nowHours(clock) + longestLifeHours) return refused('too-far-ahead')
  const work = workOf(bytes)
  const needed = workBits()
  if (work < needed) return refused('work-too-low', needed)
  if (!isResponsible(box.place)) return refused('not-responsible')
  // after the work, so that only who has worked can keep others waiting
  const wait = rate.take()
  if (wait > 0) return refused('busy', wait)
  const incoming = { box, record: bytes, work }
  if (!store.hasRoom(incoming)) return refused('quota')
  if (!isSigned(bytes, box)) return refused('bad-signature')
  const outcome = store.put(incoming)
  return outcome === 'stored' ? done : refused(outcome)
}

/** Whether a node takes a tombstone. PROTOCOL.md section "DELETE". @throws Fault `disk-full`; whoever answers says `quota` */
export function acceptTombstone(bytes: Bytes, { store }: Pick<AcceptanceOptions, 'store'>): Verdict {
  let tombstone
  try {
    tombstone = decodeTombstone(bytes)
  } catch (error) {
    return refused(isFault(error, 'unknown-version') ? 'unknown-version' : 'bad-length')
  }
  if (!isBuried(bytes, tombstone)) return refused('bad-signature')
  const outcome = store.bury(tombstone, bytes)
  return outcome === 'done' ? done : refused(outcome)
}

function refuseForm(bytes: Bytes): Refusal | undefined {
  try {
    const sizeClass = sizeClassOf(bytes.length)
    if (bytes[0] !== boxVersion) return refused('unknown-version')
    return bytes[1] === sizeClass ? undefined : refused('bad-length')
  } catch {
    return refused('bad-length')
  }
}
