import { expect } from 'vitest'
import type { FaultCode } from '../../core/api/codes.ts'
import { Fault } from '../../core/base/fault.ts'

/** The code of the Fault that a call ends with; anything else thrown is thrown on, and nothing thrown fails. */
export async function faultOf(call: () => unknown): Promise<FaultCode> {
  try {
    await call()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return expect.fail('expected a Fault')
}
