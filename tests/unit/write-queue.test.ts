import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../../core/base/clock.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { WriteQueue } from '../../core/boxes/write-queue.ts'
import { draftFor, judge, makeBox } from '../support/boxes.ts'

let store: BoxStore
let queue: WriteQueue

beforeEach(() => {
  store = BoxStore.open(':memory:', 1e9)
  queue = new WriteQueue(store)
})
afterEach(() => store.close())

const put = (): string => judge(makeBox(draftFor(clock)), { store, clock })

describe('writes of one turn', () => {
  it('are all done, and answered in order', async () => {
    const told: number[] = []
    const writes = Array.from({ length: 200 }, (_, index) =>
      queue.add(put).then((verdict) => {
        told.push(index)
        return verdict
      }),
    )
    // the first came alone, and is written; the others wait for each other
    expect(store.count).toBe(1)
    expect(new Set(await Promise.all(writes))).toEqual(new Set(['done']))
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(store.count).toBe(200)
  })

  it('go on without one that fails, which alone is told', async () => {
    const bytes = store.bytes
    const failing = queue.add(() => {
      put()
      throw new Error('no room')
    })
    const others = [queue.add(put), queue.add(put)]
    await expect(failing).rejects.toThrow('no room')
    expect(await Promise.all(others)).toEqual(['done', 'done'])
    // what the failing one had written is undone, in the counts too
    expect(store.count).toBe(2)
    expect(store.bytes).toBeGreaterThan(bytes)
    const { count, bytes: sum } = store
    store.atOnce(() => {})
    expect(store).toMatchObject({ count, bytes: sum })
  })

  it('that come while others are written have their turn too', async () => {
    const first = queue.add(put)
    await first
    expect(await queue.add(put)).toBe('done')
    expect(store.count).toBe(2)
  })
})
