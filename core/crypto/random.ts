import { randomBytes, randomInt } from 'node:crypto'
import { copy, type Bytes } from '../base/bytes.ts'

/** `length` bytes from the operating system's generator. */
export function random(length: number): Bytes {
  return copy(randomBytes(length))
}

/** `value` and at most `part` of it more or less, evenly spread: 60 and 0.25 give 45 to 75. */
export function jittered(value: number, part: number): number {
  const fraction = randomInt(2 ** 32) / 2 ** 32
  return value * (1 + part * (2 * fraction - 1))
}

/** The same items in an order that nobody can foresee (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  const out = [...items]
  for (let left = out.length; left > 1; left--) {
    const [item] = out.splice(randomInt(left), 1)
    if (item !== undefined) out.push(item)
  }
  return out
}
