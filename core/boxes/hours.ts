import type { Clock } from '../base/clock.ts'
import { expiryGraceHours } from './limits.ts'

export const hourMs = 3_600_000

/** Whole hours since 1970. */
export function nowHours(clock: Clock): number {
  return Math.floor(clock.now() / hourMs)
}

/** A node keeps and gives out what expires after this hour. */
export function keptSince(clock: Clock): number {
  return nowHours(clock) - expiryGraceHours
}

/** A box is expired from the beginning of its expiry hour on. */
export function isExpired(expiryHours: number, clock: Clock): boolean {
  return expiryHours <= nowHours(clock)
}
