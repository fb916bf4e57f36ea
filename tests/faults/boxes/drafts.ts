import type { Clock } from '../../../core/base/clock.ts'
import { capability } from '../../../core/boxes/capability.ts'
import { signingKey } from '../../../core/crypto/sign.ts'
import type { Dice } from '../../harness/dice.ts'
import { draftFor, type FullDraft } from '../../support/boxes.ts'

/** A draft whose place, author and words come from the seed, so that it lies near the same nodes in every run of it. */
export function draftOf(dice: Dice, clock: Clock, wish: Partial<FullDraft> = {}): FullDraft {
  return draftFor(clock, {
    capability: capability(dice.bytes(96)),
    author: signingKey(dice.bytes(32)),
    content: dice.bytes(20),
    ...wish,
  })
}

/** What the same author says there next. */
export function nextOf(dice: Dice, draft: FullDraft): FullDraft {
  return { ...draft, sequence: draft.sequence + 1n, content: dice.bytes(20) }
}
