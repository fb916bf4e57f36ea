import { afterEach, describe, expect, it } from 'vitest'
import { Jobs, type Job } from '../../core/base/jobs.ts'
import { silentLog } from '../../core/base/log.ts'
import { eventually } from '../support/eventually.ts'
import { ManualClock } from '../support/manual-clock.ts'

const clock = new ManualClock()
let jobs: Jobs | undefined

/** Work that ends when the test says so. */
function open(list: Map<string, Job>, key: string, subject: string, dueAt = clock.now()) {
  const runs: { signal: AbortSignal; end: () => void; fail: () => void }[] = []
  list.set(key, {
    key,
    subject,
    dueAt,
    run: (signal) =>
      new Promise((resolve, reject) => {
        const over = (): void => {
          list.delete(key)
          resolve()
        }
        runs.push({ signal, end: over, fail: () => reject(new Error('no')) })
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      }),
  })
  return runs
}

function run(list: Map<string, Job>, width = 2): Jobs {
  jobs = new Jobs({ name: 'test', list: () => [...list.values()], clock, log: silentLog, width })
  return jobs
}

afterEach(() => jobs?.stop())

describe('jobs', () => {
  it('run when they are due, so many at once, one for each subject', async () => {
    const list = new Map<string, Job>()
    const a1 = open(list, 'a1', 'a')
    const a2 = open(list, 'a2', 'a')
    const b = open(list, 'b', 'b')
    const c = open(list, 'c', 'c')
    const later = open(list, 'later', 'later', clock.now() + 1000)
    await run(list).start()
    await eventually(() => a1.length === 1 && b.length === 1)
    expect([a2.length, c.length, later.length]).toEqual([0, 0, 0])
    a1[0]?.end()
    await eventually(() => a2.length === 1)
    b[0]?.end()
    await eventually(() => c.length === 1)
    a2[0]?.end()
    c[0]?.end()
    await eventually(() => list.size === 1)
    expect(later.length).toBe(0)
    await eventually(() => {
      clock.advance(1000)
      return later.length === 1
    })
  })

  it('are tried again after a failure, later each time, and at once when woken', async () => {
    const list = new Map<string, Job>()
    const runs = open(list, 'a', 'a')
    const running = run(list)
    await running.start()
    await eventually(() => runs.length === 1)
    runs[0]?.fail()
    clock.advance(1999)
    await eventually(() => true)
    expect(runs.length).toBe(1)
    await eventually(() => {
      clock.advance(600)
      return runs.length === 2
    })
    runs[1]?.fail()
    await eventually(() => {
      running.wake()
      return runs.length === 3
    })
  })

  it('stop by being aborted, and stopping waits for them', async () => {
    const list = new Map<string, Job>()
    const runs = open(list, 'a', 'a')
    const running = run(list)
    await running.start()
    await running.start()
    await eventually(() => runs.length === 1)
    await running.stop()
    expect(runs[0]?.signal.aborted).toBe(true)
    await running.stop()
    await running.start()
    await eventually(() => runs.length === 2)
  })

  it('cancelled for a subject end before its next one begins', async () => {
    const list = new Map<string, Job>()
    const runs = open(list, 'a', 'a')
    const running = run(list)
    await running.start()
    await eventually(() => runs.length === 1)
    list.clear()
    const undo = open(list, 'undo', 'a')
    running.cancel('a')
    await eventually(() => undo.length === 1)
    expect(runs[0]?.signal.aborted).toBe(true)
  })

  it('survive a list that cannot be read', async () => {
    const list = new Map<string, Job>()
    const runs = open(list, 'a', 'a')
    let broken = true
    jobs = new Jobs({
      name: 'test',
      clock,
      log: silentLog,
      list: () => {
        if (broken) throw new Error('disk full')
        return [...list.values()]
      },
    })
    await jobs.start()
    broken = false
    jobs.wake()
    await eventually(() => runs.length === 1)
  })
})
