import { ORPCError, type ClientContext, type ClientLink } from '@orpc/client'
import { describe, expect, it, vi } from 'vitest'
import { faultCodes } from '../../core/api/codes.ts'
import type { AppEvent } from '../../core/api/events.ts'
import { Connection, type Door, type Line } from '../../renderer/api/connection.ts'
import { Disconnected } from '../../renderer/api/disconnected.ts'
import { problemOf } from '../../renderer/api/fault.ts'
import { staleAfter } from '../../renderer/api/stale.ts'
import { Views } from '../../renderer/api/views.ts'
import { eventually } from '../support/eventually.ts'

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('views', () => {
  function source<T>(first: T) {
    let value = first
    let reads = 0
    return {
      set: (next: T) => (value = next),
      reads: () => reads,
      load: async (): Promise<T> => {
        reads++
        return value
      },
    }
  }

  it('read once for all who look, and again when stale', async () => {
    const [views, mine, listener] = [new Views(), source(1), vi.fn<() => void>()]
    views.watch(['a', 'x'], mine.load, listener)
    views.watch(['a', 'x'], mine.load, listener)
    await settled()
    expect(views.state(['a', 'x'])).toEqual({ data: 1, error: undefined, loading: false })
    expect(mine.reads()).toBe(1)
    mine.set(2)
    views.invalidate(['a'])
    await settled()
    expect(views.state<number>(['a', 'x']).data).toBe(2)
    views.invalidate(['ab'])
    views.invalidate(['a', 'y'])
    await settled()
    expect(mine.reads()).toBe(2)
  })

  it('wait to read until somebody looks', async () => {
    const [views, mine] = [new Views(), source(1)]
    const leave = views.watch(['a'], mine.load, () => {})
    await settled()
    leave()
    mine.set(2)
    views.invalidate(['a'])
    await settled()
    expect(mine.reads()).toBe(1)
    views.watch(['a'], mine.load, () => {})
    await settled()
    expect(views.state<number>(['a']).data).toBe(2)
  })

  it('never show an answer that was overtaken', async () => {
    const views = new Views()
    const answers: ((value: string) => void)[] = []
    const load = (): Promise<string> => new Promise((resolve) => answers.push(resolve))
    views.watch(['a'], load, () => {})
    views.invalidate(['a'])
    answers[0]?.('old')
    await settled()
    expect(views.state<string>(['a']).data).toBeUndefined()
    answers[1]?.('new')
    await settled()
    expect(views.state<string>(['a'])).toEqual({ data: 'new', error: undefined, loading: false })
  })

  it('keep what was read when reading anew fails', async () => {
    const views = new Views()
    let fails = false
    views.watch(
      ['a'],
      async () => {
        if (fails) throw new Disconnected()
        return 'kept'
      },
      () => {},
    )
    await settled()
    fails = true
    views.invalidate(['a'])
    await settled()
    const state = views.state<string>(['a'])
    expect(state.data).toBe('kept')
    expect(problemOf(state.error)).toBe('disconnected')
  })

  it('forget everything when the vault is locked', async () => {
    const [views, secret, vault] = [new Views(), source('secret'), source('open')]
    const leave = views.watch(['messages', 'x', 50], secret.load, () => {})
    views.watch(['vault'], vault.load, () => {})
    await settled()
    leave()
    views.forget(['vault'])
    expect(views.state(['messages', 'x', 50]).data).toBeUndefined()
    expect(views.state<string>(['vault']).data).toBe('open')
    views.forget()
    expect(views.state(['vault']).data).toBeUndefined()
  })
})

describe('events', () => {
  it('say what to read anew', () => {
    const after = (event: AppEvent): string[] => staleAfter(event).map((key) => key.join('/'))
    expect(after({ type: 'messages', conversationId: 'c' })).toEqual([
      'messages/c',
      'waiting/c',
      'conversations',
      'found',
      'disclosure',
    ])
    expect(after({ type: 'own-offers' })).toEqual(['own-offers', 'offers', 'matches'])
    expect(after({ type: 'introductions' })).toEqual(['introductions', 'offers', 'matches'])
    expect(after({ type: 'offers', communityId: 'k' })).toEqual(['offers/k', 'matches/k', 'vouches/counts'])
    // who is blocked, and whom a list hides, is not suggested
    expect(after({ type: 'conversations' })).toContain('matches')
    expect(after({ type: 'safety' })).toContain('matches')
    expect(after({ type: 'progress', subject: 's', progress: null })).toEqual([])
  })
})

describe('problems', () => {
  it('are core’s codes, or internal', () => {
    for (const code of faultCodes) expect(problemOf(new ORPCError(code))).toBe(code)
    expect(problemOf(new ORPCError('SOMETHING_ELSE'))).toBe('internal')
    expect(problemOf(new Error('no room'))).toBe('internal')
    expect(problemOf('text')).toBe('internal')
  })
})

describe('the connection', () => {
  /** A door whose tries the test answers, and lines whose end it decides. */
  function testDoor() {
    const tries: ((outcome: Line | 'stopped' | 'unknown') => void)[] = []
    let hint = (): void => {}
    const door: Door = {
      dial: () => new Promise((resolve) => tries.push(resolve)),
      onHint: (listener) => (hint = listener),
    }
    const line = (call: ClientLink<ClientContext>['call'] = async () => 'answer') => {
      let end = (): void => {}
      const closed = new Promise<void>((resolve) => (end = resolve))
      return { line: { link: { call }, closed } satisfies Line, end }
    }
    return { door, line, tries, hint: () => hint() }
  }
  const call = (connection: Connection): Promise<unknown> =>
    connection.call(['vault', 'view'], undefined, { context: {} })

  it('lets a call wait for the first line', async () => {
    const { door, line, tries } = testDoor()
    const connection = new Connection(door)
    expect(connection.state()).toBe('connecting')
    const answer = call(connection)
    tries[0]?.(line().line)
    expect(await answer).toBe('answer')
    expect(connection.state()).toBe('open')
  })

  it('says that the line went down to whoever waits on it, and dials again at once', async () => {
    const { door, line, tries } = testDoor()
    const connection = new Connection(door)
    let fail: (error: Error) => void = () => {}
    const first = line(() => new Promise((_resolve, reject) => (fail = reject)))
    tries[0]?.(first.line)
    await eventually(() => connection.state() === 'open', { timeoutMs: 2000 })
    const answer = call(connection)
    answer.catch(() => {})
    first.end()
    await eventually(() => tries.length === 2, { timeoutMs: 2000 })
    fail(new Error('closed'))
    await expect(answer).rejects.toBeInstanceOf(Disconnected)
    tries[1]?.(line().line)
    expect(await call(connection)).toBe('answer')
  })

  it('leaves the app’s own refusals as they are', async () => {
    const { door, line, tries } = testDoor()
    const connection = new Connection(door)
    tries[0]?.(line(() => Promise.reject(new ORPCError('vault-locked'))).line)
    await expect(call(connection)).rejects.toMatchObject({ code: 'vault-locked' })
  })

  it('tries again by itself where nobody answers, and only at a hint where it is not known', async () => {
    const { door, tries, hint } = testDoor()
    const connection = new Connection(door)
    tries[0]?.('stopped')
    await eventually(() => tries.length === 2, { timeoutMs: 5000 })
    expect(connection.state()).toBe('stopped')
    tries[1]?.('unknown')
    await eventually(() => connection.state() === 'unknown', { timeoutMs: 2000 })
    expect(tries).toHaveLength(2)
    hint()
    await eventually(() => tries.length === 3, { timeoutMs: 2000 })
  })
})
