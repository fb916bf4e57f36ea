import { describe, expect, it } from 'vitest'
import type { AppEvent } from '../../core/api/events.ts'
import { Bus } from '../../core/session/bus.ts'

const messages = (conversationId: string): AppEvent => ({ type: 'messages', conversationId })

describe('bus', () => {
  it('tells all readers in order, and folds what is said twice', async () => {
    const bus = new Bus()
    const first = bus.events()
    const second = bus.events()
    const reads = [first.next(), second.next()]
    bus.emit(messages('a'))
    expect((await reads[0])?.value).toEqual(messages('a'))
    expect((await reads[1])?.value).toEqual(messages('a'))
    bus.emit(messages('b'))
    bus.emit(messages('c'))
    bus.emit(messages('b'))
    expect((await first.next()).value).toEqual(messages('c'))
    expect((await first.next()).value).toEqual(messages('b'))
    await first.return()
    await second.return()
  })

  it('keeps only the latest progress of one subject', async () => {
    const bus = new Bus()
    const reader = bus.events()
    const next = reader.next()
    bus.emit({ type: 'settings' })
    await next
    for (const fraction of [0.1, 0.2, 0.9]) {
      bus.emit({ type: 'progress', subject: 'x', progress: { phase: 'working', fraction } })
    }
    expect((await reader.next()).value).toMatchObject({ progress: { fraction: 0.9 } })
    await reader.return()
  })

  it('ends when aborted, when closed, and for a reader that is stuck', async () => {
    const bus = new Bus()
    const abort = new AbortController()
    const aborted = bus.events(abort.signal)
    const waiting = aborted.next()
    abort.abort()
    expect((await waiting).done).toBe(true)

    const stuck = bus.events()
    const first = stuck.next()
    bus.emit({ type: 'settings' })
    await first
    for (let i = 0; i <= 1001; i++) bus.emit(messages(String(i)))
    let seen = 0
    for await (const _ of stuck) seen++
    expect(seen).toBeLessThanOrEqual(1002)

    const open = bus.events()
    const last = open.next()
    bus.close()
    expect((await last).done).toBe(true)
    expect((await bus.events(AbortSignal.abort()).next()).done).toBe(true)
  })
})
