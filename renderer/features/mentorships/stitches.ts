/** Where hours are drawn as stitches along a seam. */
export interface Stitches {
  /** How many hours one stitch stands for. */
  readonly hours: number
  /** Whole stitches, and how long the last one is that is not whole, 0 to 1. */
  readonly given: { readonly whole: number; readonly rest: number }
  readonly received: { readonly whole: number; readonly rest: number }
}

/** More of them in a row cannot be told apart. */
export const mostStitches = 24
const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]

/** The finest stitches with which both fit. @param given minutes @param received minutes */
export function stitchesOf(given: number, received: number): Stitches {
  const most = Math.max(given, received) / 60
  const hours = sizes.find((size) => most <= size * mostStitches) ?? Math.ceil(most / mostStitches)
  const count = (minutes: number): Stitches['given'] => {
    const stitches = minutes / 60 / hours
    return { whole: Math.floor(stitches), rest: stitches - Math.floor(stitches) }
  }
  return { hours, given: count(given), received: count(received) }
}
