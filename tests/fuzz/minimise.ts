import { concat, type Bytes } from '../../core/base/bytes.ts'

const mostTries = 2_000
/** For inputs that take long to fail. */
const mostMs = 5_000

/** The shortest input with the most zeros found that still fails: what is left matters. */
export function minimise(input: Bytes, fails: (input: Bytes) => boolean): Bytes {
  let best = input
  let tries = 0
  const until = performance.now() + mostMs
  const goesOn = (): boolean => tries < mostTries && performance.now() < until
  const keep = (candidate: Bytes): boolean => {
    tries++
    if (!fails(candidate)) return false
    best = candidate
    return true
  }
  for (let length = best.length; length >= 1; length = Math.floor(length / 2)) {
    for (let from = 0; from < best.length && goesOn();) {
      const without = concat(best.subarray(0, from), best.subarray(from + length))
      if (!keep(without)) from += length
    }
  }
  for (let length = best.length; length >= 1; length = Math.floor(length / 2)) {
    for (let from = 0; from < best.length && goesOn(); from += length) {
      const section = best.subarray(from, from + length)
      if (section.some((byte) => byte !== 0)) keep(best.slice().fill(0, from, from + length))
    }
  }
  return best
}
