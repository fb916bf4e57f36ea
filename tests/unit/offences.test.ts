import { expect, it } from 'vitest'
import { busyPerMinute, offencesAtOnce } from '../../core/boxes/limits.ts'
import { Offences } from '../../core/boxes/offences.ts'
import { refusals, type RefusalReason } from '../../core/boxes/refusal.ts'
import { ManualClock } from '../support/manual-clock.ts'

/** How many refusals of a kind it takes, at the same instant; undefined where none do. */
function endurance(reason: RefusalReason): number | undefined {
  const offences = new Offences(new ManualClock())
  for (let count = 1; count <= 1000; count++) if (offences.count(reason)) return count
  return undefined
}

it('only what no honest program sends closes a connection, and impatience', () => {
  const found = Object.fromEntries(
    (Object.keys(refusals) as RefusalReason[]).map((reason) => [reason, endurance(reason)]),
  )
  const nonsense = offencesAtOnce
  expect(found).toEqual({
    'bad-length': nonsense,
    'unknown-version': nonsense,
    expired: undefined,
    'too-far-ahead': undefined,
    'work-too-low': undefined,
    'not-responsible': undefined,
    quota: undefined,
    'bad-signature': nonsense,
    stale: undefined,
    busy: busyPerMinute + 1,
    malformed: nonsense,
  })
})

it('is forgiven with time', () => {
  const clock = new ManualClock()
  const offences = new Offences(clock)
  for (let i = 1; i < offencesAtOnce; i++) expect(offences.count('malformed')).toBe(false)
  clock.advance(60_000)
  expect(offences.count('malformed')).toBe(false)
  expect(offences.count('malformed')).toBe(true)
})
