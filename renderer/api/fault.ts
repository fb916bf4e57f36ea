import { ORPCError } from '@orpc/client'
import { faultCodes, type FaultCode } from '../../core/api/codes.ts'
import { Disconnected } from './disconnected.ts'

/** What can go wrong as the page sees it: core's own codes, and the line to core. */
export type Problem = FaultCode | 'disconnected'

/** Which of the known problems an error is. Whatever is not known is `internal`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Disconnected) return 'disconnected'
  if (error instanceof ORPCError) return faultCodes.find((code) => code === error.code) ?? 'internal'
  return 'internal'
}
