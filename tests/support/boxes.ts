import type { Bytes } from '../../core/base/bytes.ts'
import type { Clock } from '../../core/base/clock.ts'
import { acceptBox, acceptTombstone, type Verdict } from '../../core/boxes/acceptance.ts'
import { layBox } from '../../core/boxes/box.ts'
import { capability, type Capability } from '../../core/boxes/capability.ts'
import type { BoxDraft } from '../../core/boxes/client.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { Rate } from '../../core/boxes/rate.ts'
import type { BoxStore } from '../../core/boxes/store.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { workBits } from '../../core/crypto/work.ts'

/** A place that nobody else knows. */
export function freshCapability(): Capability {
  return capability(random(96))
}

/** A draft of somebody who may also read at its place. */
export interface FullDraft extends BoxDraft {
  readonly capability: Capability
}

/** A draft for tomorrow, of an author of its own. */
export function draftFor(clock: Clock, wish: Partial<FullDraft> = {}): FullDraft {
  return {
    capability: freshCapability(),
    author: freshSigningKey(),
    sequence: 1n,
    expiryHours: nowHours(clock) + 24,
    content: random(20),
    ...wish,
  }
}

/** A whole box, with at least `bits` of work. */
export function makeBox(draft: BoxDraft, bits = 0): Bytes {
  const laid = layBox(draft)
  let nonce = 0n
  while (workBits(laid.digest, nonce) < bits) nonce++
  return laid.finish(nonce)
}

/** What a node says to bytes that come as a box or a tombstone. */
export function judge(
  bytes: Bytes,
  node: { store: BoxStore; clock: Clock; bits?: number; responsible?: boolean; rate?: Rate },
): string {
  const { store, clock, bits = 0, responsible = true, rate = new Rate(clock, { burst: 1, perSecond: 1 }) } = node
  return said(acceptBox(bytes, { store, clock, workBits: () => bits, isResponsible: () => responsible, rate }))
}

export function judgeTombstone(bytes: Bytes, store: BoxStore): string {
  return said(acceptTombstone(bytes, { store }))
}

function said(verdict: Verdict): string {
  return verdict.type === 'refused' ? verdict.reason : verdict.type
}
