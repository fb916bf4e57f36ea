import { z } from 'zod'
import { faultCodes, type FaultCode } from './codes.ts'

/** The data that every error of the contract carries. */
export const faultData = z.object({ retryable: z.boolean() })

/** The contract's error map: one entry for each code, all of one shape. */
export const errors = Object.fromEntries(faultCodes.map((code) => [code, { data: faultData }])) as Record<
  FaultCode,
  { data: typeof faultData }
>
