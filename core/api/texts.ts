import { z } from 'zod'

/** No control characters, no direction overrides: a pseudonym must not be able to lie about its neighbours on screen. */
export const plainLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]*$/u)

/** Of several lines. */
export const prose = (max: number) => z.string().trim().min(1).max(max)
