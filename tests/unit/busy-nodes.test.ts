import { describe, expect, it } from 'vitest'
import type { Clock } from '../../core/base/clock.ts'
import { storeDeadline } from '../../core/boxes/limits.ts'
import { refused } from '../../core/boxes/refusal.ts'
import { byMajority } from '../../core/boxes/replicate.ts'
import { eventually } from '../support/eventually.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'

describe('a node that is busy', () => {
  it('is asked again no sooner than after a second, whatever it says, and not for ever', async () => {
    const time = new ManualClock()
    const pauses: number[] = []
    const clock: Clock = {
      now: () => time.now(),
      wait(ms, signal) {
        if (ms !== storeDeadline) pauses.push(ms)
        return time.wait(ms, signal)
      },
    }
    let asked = 0
    const ask = async () => {
      asked++
      return refused('busy', asked % 3)
    }
    const stored = faultOf(() => byMajority(['a node'], ask, { clock, background: () => {} }))
    for (let turn = 1; turn <= 4; turn++) {
      await eventually(() => asked === turn && pauses.length === turn)
      time.advance(2000)
    }
    expect(Math.min(...pauses)).toBe(1000)
    time.advance(storeDeadline)
    expect(await stored).toBe('unreachable')
  })
})
