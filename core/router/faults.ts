import { mapEventIterator, ORPCError } from '@orpc/client'
import { os } from '@orpc/server'
import { faultCodes, type FaultCode } from '../api/codes.ts'
import { isFault } from '../base/fault.ts'

/** What the contract's error map declares for every code. */
export type ContractError = ORPCError<FaultCode, { retryable: boolean }>

/**
 * What a window is told of an error.
 *
 * A Fault keeps its code, its fixed sentence and whether trying again may help.
 * Input that the contract refuses is `bad-input`, an aborted call `cancelled`.
 * Everything else is `internal` and says nothing: its words and its cause (a
 * zod error holds the whole input, a passphrase too) stay where they are.
 */
export function toContractError(error: unknown): ContractError {
  if (isFault(error)) return contractError(error.code, error.message, error.retryable)
  if (error instanceof ORPCError) {
    // oRPC quotes no value in these; the issues are left out because they name the fields sent.
    if (error.code === 'BAD_REQUEST') return contractError('bad-input', 'The input is not what the contract asks for')
    if (isFaultCode(error.code)) return contractError(error.code, error.message, retryable(error.data))
  }
  if (error instanceof Error && error.name === 'AbortError') return contractError('cancelled', 'The call was aborted')
  return contractError('internal', 'Something failed inside')
}

/**
 * The outermost middleware of the router: nothing but contract errors gets out,
 * neither from a call nor from a stream that breaks later.
 */
export const faultBoundary = os.middleware(async ({ next }, _input, output) => {
  let result
  try {
    result = await next()
  } catch (error) {
    throw toContractError(error)
  }
  if (!isStream(result.output)) return result
  return output(
    mapEventIterator(result.output, {
      value: async (value) => value,
      error: async (error) => toContractError(error),
    }),
  )
})

function contractError(code: FaultCode, message: string, mayRetry = false): ContractError {
  return new ORPCError(code, { defined: true, message, data: { retryable: mayRetry } })
}

function isFaultCode(code: string): code is FaultCode {
  return (faultCodes as readonly string[]).includes(code)
}

function retryable(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'retryable' in data && data.retryable === true
}

function isStream(value: unknown): value is AsyncIterator<unknown, unknown, void> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
