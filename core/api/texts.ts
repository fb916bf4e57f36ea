import { z } from 'zod'

/** No control characters, no direction overrides: a pseudonym must not be able to lie about its neighbours on screen. */
export const anyLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]*$/u)

/** The same, and something must be on it. */
export const plainLine = (max: number) => anyLine(max).min(1)

/** Of several lines. */
export const prose = (max: number) => z.string().trim().min(1).max(max)
