import { copy, equal, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { isFault } from '../base/fault.ts'
import { decodeBox, isSigned, openBody } from './box.ts'
import type { ReadCapability } from './capability.ts'
import type { OpenedBox } from './client.ts'
import { isExpired } from './hours.ts'
import { authorDigest } from './store.ts'
import { decodeTombstone, isBuried, tombstoneLength } from './tombstone.ts'

/** What a record proved to be. */
export interface Proven {
  readonly kind: 'box' | 'tombstone'
  readonly sequence: bigint
  /** Undefined where it is a tombstone, has expired, or holds nothing that can be opened. */
  readonly opened: OpenedBox | undefined
}

/**
 * Verifies what a node gave for a place and an author's digest.
 *
 * @returns undefined where it is not what was asked for: the node is at fault
 */
export function proveRecord(
  record: Bytes,
  {
    capability,
    digest,
    clock,
  }: { readonly capability: ReadCapability; readonly digest: Uint8Array; readonly clock: Clock },
): Proven | undefined {
  try {
    return record.length === tombstoneLength ? proveTombstone() : proveBox()
  } catch (error) {
    if (isFault(error)) return undefined
    throw error
  }

  function proveTombstone(): Proven | undefined {
    const tombstone = decodeTombstone(record)
    const { place, author, sequence } = tombstone
    const fits = equal(place, capability.place) && equal(authorDigest(author), digest) && isBuried(record, tombstone)
    return fits ? { kind: 'tombstone', sequence, opened: undefined } : undefined
  }

  function proveBox(): Proven | undefined {
    const box = decodeBox(record)
    const { place, author, sequence, expiryHours } = box
    const fits = equal(place, capability.place) && equal(authorDigest(author), digest) && isSigned(record, box)
    if (!fits) return undefined
    const content = isExpired(expiryHours, clock) ? undefined : openBody(box, capability.bodyKey)
    const opened = content === undefined ? undefined : { place: copy(place), author, sequence, expiryHours, content }
    return { kind: 'box', sequence, opened }
  }
}
