import type { Bytes } from '../../../core/base/bytes.ts'
import { systemClock } from '../../../core/base/clock.ts'
import { random } from '../../../core/crypto/random.ts'
import { draftFor, makeBox, type FullDraft } from '../../support/boxes.ts'

/** What the nodes of the bench ask for: work is left out of every figure. */
export const workBits = 6

/** A whole box of class 0 (4,342 bytes) at a place of its own, with the work that the nodes ask for. */
export function preparedBox(bits: number = workBits): { readonly draft: FullDraft; readonly box: Bytes } {
  const draft = draftFor(systemClock, { content: random(1000) })
  return { draft, box: makeBox(draft, bits) }
}
