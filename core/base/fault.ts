import type { FaultCode } from '../api/codes.ts'

export interface FaultOptions {
  /** Whether the same call may succeed later without any change by the person. */
  readonly retryable?: boolean
  readonly cause?: unknown
}

/**
 * The one error class of core.
 *
 * `code` is a literal of the closed list in `core/api/codes.ts`. The message is
 * a fixed English sentence for developers: it never holds a key, a peer id, a
 * place, a pseudonym or plaintext.
 */
export class Fault<Code extends FaultCode = FaultCode> extends Error {
  override readonly name = 'Fault'
  readonly code: Code
  readonly retryable: boolean

  constructor(code: Code, message: string, { retryable = false, cause }: FaultOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryable = retryable
  }
}

/** Whether `error` is a Fault, optionally with one of the given codes. */
export function isFault<Code extends FaultCode>(error: unknown, ...codes: Code[]): error is Fault<Code> {
  return error instanceof Fault && (codes.length === 0 || (codes as FaultCode[]).includes(error.code))
}
