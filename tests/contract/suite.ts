import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { faultCodes } from '../../core/api/codes.ts'
import { maxRequestLength } from '../../core/api/doors.ts'
import type { AppEvent } from '../../core/api/events.ts'
import { Fault } from '../../core/base/fault.ts'
import type { Client } from '../journey/journey.ts'
import { eventually } from '../support/eventually.ts'
import { Probe, procedurePaths } from './probe.ts'
import { samples } from './samples.ts'
import type { MakeTransport, Page, Transport } from './transports.ts'

/** Calls a procedure by its path, with anything. */
export function call(client: Client, path: string, input?: unknown, signal?: AbortSignal): Promise<unknown> {
  const procedure = path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client)
  return (procedure as (input: unknown, options: object) => Promise<unknown>)(
    input,
    signal === undefined ? {} : { signal },
  )
}

async function failure(promise: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const error = await promise.then(
    (value) => expect.fail(`expected an error, got ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ORPCError)) return expect.fail(`expected an error of the contract, got ${String(error)}`)
  return error
}

/** What every door must do with the contract, whatever app is behind it. */
export function contractSuite(name: string, makeTransport: MakeTransport): void {
  describe(`the contract over ${name}`, () => {
    let probe: Probe
    let transport: Transport
    let page: Page

    beforeEach(async () => {
      probe = new Probe()
      transport = await makeTransport(probe)
      page = await transport.connect()
    })
    afterEach(() => transport.stop())

    test('covers every procedure', () => {
      expect(Object.keys(samples).toSorted()).toEqual(
        procedurePaths()
          .filter((path) => path !== 'events')
          .toSorted(),
      )
    })

    describe.each(Object.entries(samples))('%s', (path, { input, refused = [], output, broken }) => {
      test('carries input and output', async () => {
        probe.answer = () => () => output
        expect(await call(page.client, path, input)).toEqual(output)
        expect(probe.heard).toEqual([[path, input]])
      })

      test('refuses other input before the app sees it', async () => {
        for (const bad of refused) {
          const error = await failure(call(page.client, path, bad))
          expect
            .soft([error.code, error.defined, error.data], JSON.stringify(bad))
            .toEqual(['bad-input', true, { retryable: false }])
        }
        expect(probe.heard).toEqual([])
      })

      if (input !== undefined) {
        test('drops a field that it does not know', async () => {
          probe.answer = () => () => output
          await call(page.client, path, { ...input, isAdmin: true, ['__proto__']: { polluted: true } })
          expect(probe.heard).toEqual([[path, input]])
        })
      }

      test('lets no other output out', async () => {
        for (const bad of broken) {
          probe.answer = () => () => bad
          const error = await failure(call(page.client, path, input))
          expect.soft([error.code, error.defined], JSON.stringify(bad)).toEqual(['internal', true])
        }
      })

      test('says what went wrong, and nothing of what it does not know', async () => {
        probe.answer = () => () => {
          throw new Fault('not-found', 'No such thing', { retryable: true, cause: new Error('secret') })
        }
        const known = await failure(call(page.client, path, input))
        expect([known.code, known.defined, known.message, known.data]).toEqual([
          'not-found',
          true,
          'No such thing',
          { retryable: true },
        ])
        probe.answer = () => async () => {
          throw new TypeError('secret')
        }
        const unknown = await failure(call(page.client, path, input))
        expect([unknown.code, unknown.defined, unknown.data]).toEqual(['internal', true, { retryable: false }])
        expect(JSON.stringify([known, unknown])).not.toContain('secret')
      })
    })

    test('carries every code', async () => {
      for (const code of faultCodes) {
        probe.answer = () => () => {
          throw new Fault(code, 'x')
        }
        const error = await failure(page.client.vault.view())
        expect([error.code, error.defined, error.data]).toEqual([code, true, { retryable: false }])
      }
    })

    test('answers calls as they finish, each its own', async () => {
      const waiting = new Map<string, () => void>()
      probe.answer = () => async (input) => {
        const { link } = input as { link: string }
        await new Promise<void>((resolve) => waiting.set(link, resolve))
        return { communityName: link, expiresAt: 1, nodes: 0, alreadyMember: false }
      }
      const names = Array.from({ length: 40 }, (_, at) => `link ${at}`)
      const calls = names.map((link) => page.client.communities.inspect({ link }))
      await eventually(() => waiting.size === names.length)
      for (const link of names.toReversed()) waiting.get(link)?.()
      expect((await Promise.all(calls)).map(({ communityName }) => communityName)).toEqual(names)
    })

    test('aborts in the app what the page gives up', async () => {
      let aborted = false
      probe.answer = () => (_input, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            aborted = true
            reject(new Error('aborted'))
          })
        })
      const control = new AbortController()
      const given = call(page.client, 'vault.view', undefined, control.signal)
      await eventually(() => probe.heard.length === 1)
      control.abort()
      await expect(given).rejects.toThrow()
      await eventually(() => aborted)
    })

    test('streams events in order and ends', async () => {
      const sent: AppEvent[] = [
        { type: 'personas' },
        { type: 'messages', conversationId: 'x' },
        { type: 'progress', subject: 'x', progress: null },
      ]
      probe.events = async function* () {
        yield* sent
      }
      const seen: AppEvent[] = []
      for await (const event of await page.client.events()) seen.push(event)
      expect(seen).toEqual(sent)
    })

    test('ends a stream with the fault that broke it, and lets nothing else through', async () => {
      const seen: AppEvent[] = []
      const read = async (): Promise<void> => {
        for await (const event of await page.client.events()) seen.push(event)
      }
      probe.events = async function* () {
        yield { type: 'personas' }
        throw new Fault('unreachable', 'Gone', { retryable: true })
      }
      const known = await failure(read())
      expect([known.code, known.data, seen.length]).toEqual(['unreachable', { retryable: true }, 1])
      probe.events = async function* () {
        yield { type: 'secret' } as unknown as AppEvent
      }
      const unknown = await failure(read())
      expect([unknown.code, seen.length]).toEqual(['internal', 1])
      expect(JSON.stringify(unknown)).not.toContain('secret')
    })

    test('stops a stream when its reader, or the whole page, goes', async () => {
      let stopped = 0
      probe.events = async function* (signal) {
        yield { type: 'personas' }
        await new Promise((resolve) => signal?.addEventListener('abort', resolve))
        stopped++
      }
      const events = await page.client.events()
      await events.next()
      await events.return?.()
      await eventually(() => stopped === 1)
      const other = await transport.connect()
      await (await other.client.events()).next()
      other.leave()
      await eventually(() => stopped === 2)
    })

    test('knows no other procedure', async () => {
      const anything = page.client as unknown as Record<string, (input?: unknown) => Promise<unknown>>
      for (const path of ['nothing', 'Vault', 'hasOwnProperty']) {
        expect((await failure(anything[path]?.() ?? Promise.resolve())).code).toBe('not-found')
      }
      const vault = page.client.vault as unknown as Record<string, () => Promise<unknown>>
      expect((await failure(vault['open']?.() ?? Promise.resolve())).code).toBe('not-found')
    })

    test.each<[string, string | Uint8Array]>([
      ['no JSON', 'secret {'],
      ['nothing', ''],
      ['no request', '[]'],
      ['a number', '7'],
      ['a request without a path', '{"i":"1","p":{}}'],
      ['a request to elsewhere', '{"i":"1","p":{"u":"http://evil.example/vault/view"}}'],
      ['a path that climbs', '{"i":"1","p":{"u":"/../vault/view"}}'],
      ['a query', '{"i":"1","p":{"u":"/vault/view?x"}}'],
      ['headers', '{"i":"1","p":{"u":"/vault/view","h":{"last-event-id":"1"}}}'],
      ['a method', '{"i":"1","p":{"u":"/vault/view","m":"GET"}}'],
      ['a stream from the page', '{"i":"1","t":3,"p":{"e":"message","d":{}}}'],
      ['a field that is not known', '{"i":"1","x":1,"p":{"u":"/vault/view"}}'],
      ['an id that is not one', '{"i":{"a":1},"p":{"u":"/vault/view"}}'],
      [
        'a message that is too long',
        JSON.stringify({ i: '1', p: { u: '/vault/view', b: { json: 'x'.repeat(maxRequestLength) } } }),
      ],
      ['bytes', new TextEncoder().encode('{"i":"1","p":{"u":"/vault/view"}}')],
    ])('a page that says %s is hung up on, and only that one', async (_name, text) => {
      const bad = await transport.connect()
      bad.say(text)
      await bad.ended
      expect(probe.heard).toEqual([])
      probe.answer = () => () => ({ state: 'locked' })
      expect(await page.client.vault.view()).toEqual({ state: 'locked' })
      expect(transport.logged.join()).not.toContain('secret')
    })

    test('refuses values that JSON does not have', async () => {
      for (const value of [new Date(), /x/, 1n, new Set([1]), new Map(), new URL('http://evil.example')]) {
        const error = await failure(call(page.client, 'communities.join', { link: value }))
        expect([error.code, error.defined]).toEqual(['bad-input', true])
      }
      expect(probe.heard).toEqual([])
    })

    test('a page may have so many calls open', async () => {
      probe.answer = () => () => new Promise(() => {})
      const greedy = await transport.connect()
      const calls = Array.from({ length: 70 }, () => greedy.client.vault.view().catch(() => {}))
      await greedy.ended
      await Promise.all(calls)
      expect(probe.heard.length).toBeLessThanOrEqual(64)
      probe.answer = () => () => ({ state: 'locked' })
      expect(await page.client.vault.view()).toEqual({ state: 'locked' })
    })
  })
}
