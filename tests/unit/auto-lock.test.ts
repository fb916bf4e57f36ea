import { afterEach, describe, expect, it } from 'vitest'
import { AutoLock } from '../../core/session/auto-lock.ts'
import { ManualClock } from '../support/manual-clock.ts'

describe('locking when nobody is there', () => {
  const clock = new ManualClock()
  let watched = false
  let minutes = 15
  let locked = 0
  let autoLock: AutoLock | undefined

  function begin(): AutoLock {
    locked = 0
    autoLock = new AutoLock({
      clock,
      minutes: () => minutes,
      watched: () => watched,
      lock: async () => {
        locked++
      },
    })
    autoLock.start()
    return autoLock
  }

  /** In steps, since each look waits for the next. */
  async function pass(count: number): Promise<void> {
    for (let half = 0; half < 2 * count; half++) {
      clock.advance(30_000)
      await new Promise(setImmediate)
    }
  }

  afterEach(() => autoLock?.stop())

  it('locks once the last window has been closed for so long', async () => {
    watched = true
    minutes = 15
    begin()
    await pass(60)
    expect(locked).toBe(0)
    watched = false
    await pass(14)
    expect(locked).toBe(0)
    await pass(2)
    expect(locked).toBe(1)
  })

  it('counts from what was asked last', async () => {
    watched = false
    minutes = 5
    const lock = begin()
    await pass(4)
    lock.touch()
    await pass(4)
    expect(locked).toBe(0)
    await pass(2)
    expect(locked).toBe(1)
  })

  it('never locks where the person chose so, and takes a new choice at once', async () => {
    watched = false
    minutes = 0
    begin()
    await pass(300)
    expect(locked).toBe(0)
    minutes = 1
    await pass(1)
    expect(locked).toBe(1)
  })

  it('is not put off by a clock that is set back', async () => {
    // as on a device: waiting goes on at its own pace, whatever the clock says
    let now = clock.now()
    let tick = (): void => {}
    const device = {
      now: () => now,
      wait: () =>
        new Promise<void>((resolve) => {
          tick = resolve
        }),
    }
    locked = 0
    const lock = async (): Promise<void> => {
      locked++
    }
    autoLock = new AutoLock({ clock: device, minutes: () => 5, watched: () => false, lock })
    autoLock.start()
    now -= 24 * 3_600_000
    for (let half = 0; half < 12; half++) {
      tick()
      await new Promise(setImmediate)
      now += 30_000
    }
    expect(locked).toBe(1)
  })
})
