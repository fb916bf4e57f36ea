import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { limits } from '../../core/api/limits.ts'

const { min, max } = limits.introductionWork

/** About how long each amount of work takes a device that tries 100 times a second: each bit takes twice as long. */
const durations: readonly MessageDescriptor[] = [
  msg`A few seconds`,
  msg`About 5 seconds`,
  msg`About 10 seconds`,
  msg`About 20 seconds`,
  msg`About 40 seconds`,
  msg`About a minute and a half`,
  msg`About 3 minutes`,
]

/** All amounts of work that an introduction may have, in bits, the least first. */
export const workChoices = durations.map((duration, index) => ({ bits: min + index, duration }))

/** The next step for one that found no room: four times the work. Undefined where it did the most there is. */
export function moreWork(bits: number): { readonly bits: number; readonly duration: MessageDescriptor } | undefined {
  if (bits >= max) return undefined
  return workChoices.find((choice) => choice.bits === Math.min(bits + 2, max))
}
