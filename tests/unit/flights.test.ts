import { describe, expect, it } from 'vitest'
import { Flights } from '../../core/base/flights.ts'
import { Locks } from '../../core/base/locks.ts'

describe('flights', () => {
  it('are waited for, however they end', async () => {
    const flights = new Flights()
    const events: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const good = flights.run(async () => {
      await promise
      events.push('good')
      return 1
    })
    const bad = flights.run(async () => {
      await promise
      events.push('bad')
      throw new Error('no')
    })
    const failed = expect(bad).rejects.toThrow('no')
    const settled = flights.settled().then(() => events.push('settled'))
    resolve()
    await settled
    expect(events).toEqual(['good', 'bad', 'settled'])
    expect(await good).toBe(1)
    await failed
    await flights.settled()
  })
})

describe('locks', () => {
  it('keep the order under one key, and none between keys', async () => {
    const locks = new Locks()
    const events: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = locks.run('a', async () => {
      await promise
      events.push('a1')
      throw new Error('no')
    })
    const failed = expect(first).rejects.toThrow('no')
    const second = locks.run('a', async () => void events.push('a2'))
    await locks.run('b', async () => void events.push('b'))
    resolve()
    await failed
    await second
    expect(events).toEqual(['b', 'a1', 'a2'])
  })
})
