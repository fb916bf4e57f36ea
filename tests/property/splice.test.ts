import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rebase } from '../../core/mentorships/splice.ts'

describe('a text that was changed while the other changed it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '🧵', 'é'), maxLength: 12 })
  const merge = (from: string, to: string, now: string): string =>
    rebase(from, to, now).reduce(
      (all, { at, remove, insert }) => all.slice(0, at) + insert + all.slice(at + remove),
      now,
    )

  it('becomes what was written where nothing came in between', () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        expect(merge(from, to, from)).toBe(to)
      }),
    )
    fc.assert(
      fc.property(text, text, (from, now) => {
        expect(merge(from, from, now)).toBe(now)
      }),
    )
  })

  it('keeps what both wrote, and no letter is split', () => {
    fc.assert(
      fc.property(text, text, text, (from, to, now) => {
        const merged = merge(from, to, now)
        expect(merged.isWellFormed()).toBe(true)
        // each of their new characters is there as often as the longer of both has it at least
        if (to.startsWith(from)) expect(merged).toContain(to.slice(from.length))
        if (now.startsWith(from)) expect(merged).toContain(now.slice(from.length))
      }),
      { numRuns: 2000 },
    )
  })
})
