import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { replaces, type Standing } from '../../core/conversations/channel/preference.ts'

const standing = fc.record({
  direct: fc.boolean(),
  initiator: fc.constantFrom('seeker' as const, 'mentor' as const),
})

/** Which of two channels a side keeps that sees them open in an order. */
function kept(first: Standing, second: Standing): Standing {
  return replaces(second, first) ? second : first
}

it('both sides keep the same one of two channels that were opened at once, whichever they saw first', () => {
  fc.assert(
    fc.property(standing, standing, fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), (a, b, ...at) => {
      fc.pre(a.direct !== b.direct || a.initiator !== b.initiator)
      const [seeker, mentor] = [{ peer: 'mentor' }, { peer: 'seeker' }].map(({ peer }, side) => {
        const here = { ...a, peer, since: at[side] ?? 0 }
        const there = { ...b, peer, since: at[side + 2] ?? 0 }
        const chosen = here.since <= there.since ? kept(here, there) : kept(there, here)
        return chosen === here ? 'a' : 'b'
      })
      expect(seeker).toBe(mentor)
    }),
  )
})

it('a contact who comes with another PeerId, or after a while, has lost the channel before', () => {
  fc.assert(
    fc.property(standing, standing, fc.nat(1_000_000), (a, b, later) => {
      const present = { ...a, peer: 'before', since: 1_000 }
      expect(replaces({ ...b, peer: 'after', since: 1_000 + later }, present)).toBe(true)
      expect(replaces({ ...b, peer: 'before', since: 1_000 + 15_001 + later }, present)).toBe(true)
    }),
  )
})
