import { createRouterClient, implement, ORPCError } from '@orpc/server'
import { eventIterator, oc } from '@orpc/contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { errors } from '../../core/api/errors.ts'
import { Fault } from '../../core/base/fault.ts'
import { faultBoundary, toContractError } from '../../core/router/faults.ts'

describe('toContractError', () => {
  test('keeps code, sentence and retryable of a Fault, and not its cause', () => {
    const error = toContractError(new Fault('disk-full', 'Full', { retryable: true, cause: new Error('secret') }))
    expect(error.toJSON()).toMatchObject({ code: 'disk-full', message: 'Full', data: { retryable: true } })
    expect(error.cause).toBeUndefined()
  })

  test('says nothing of an unknown error', () => {
    for (const thrown of [new Error('secret'), 'secret', { code: 'not-found', message: 'secret' }, null, undefined]) {
      const error = toContractError(thrown)
      expect(error.code).toBe('internal')
      expect(JSON.stringify(error) + String(error.stack)).not.toContain('secret')
      expect(error.cause).toBeUndefined()
    }
  })

  test('knows refused input, aborted calls and its own errors', () => {
    expect(toContractError(new ORPCError('BAD_REQUEST', { data: { issues: ['secret'] } })).toJSON()).toMatchObject({
      code: 'bad-input',
      data: { retryable: false },
    })
    expect(toContractError(new DOMException('x', 'AbortError')).code).toBe('cancelled')
    const own = toContractError(new ORPCError('timeout', { data: { retryable: true } }))
    expect([own.code, own.data.retryable]).toEqual(['timeout', true])
    expect(toContractError(new ORPCError('NOT_FOUND')).code).toBe('internal')
  })
})

describe('faultBoundary', () => {
  const contract = {
    call: oc
      .errors(errors)
      .input(z.object({ size: z.number() }))
      .output(z.object({ size: z.number() })),
    stream: oc.errors(errors).output(eventIterator(z.number())),
  }
  const router = implement(contract).use(faultBoundary)
  const client = createRouterClient({
    call: router.call.handler(({ input }) => {
      if (input.size > 9) throw new Fault('too-large', 'Too large')
      if (input.size < 0) return { size: 'secret' as unknown as number }
      return input
    }),
    stream: router.stream.handler(async function* () {
      yield 1
      throw new Fault('unreachable', 'Gone', { retryable: true })
    }),
  })

  test('declares what it lets out', async () => {
    await expect(client.call({ size: 3 })).resolves.toEqual({ size: 3 })
    await expect(client.call({ size: 10 })).rejects.toMatchObject({ code: 'too-large', defined: true })
    await expect(client.call({ size: 'secret' as unknown as number })).rejects.toMatchObject({
      code: 'bad-input',
      defined: true,
    })
    await expect(client.call({ size: -1 })).rejects.toMatchObject({ code: 'internal', defined: true })
  })

  test('also from a stream that breaks later', async () => {
    const seen: number[] = []
    const read = async (): Promise<void> => {
      for await (const value of await client.stream()) seen.push(value)
    }
    await expect(read()).rejects.toMatchObject({ code: 'unreachable', defined: true, data: { retryable: true } })
    expect(seen).toEqual([1])
  })
})
