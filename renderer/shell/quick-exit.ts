/** Milliseconds within which the second Escape counts. */
const longest = 700

/** Recognises Escape pressed twice in a row. Feed it every key; it returns whether this one was the second. */
export function createDoubleEscape(): (key: string, time: number) => boolean {
  let first = Number.NEGATIVE_INFINITY
  return (key, time) => {
    if (key !== 'Escape') {
      first = Number.NEGATIVE_INFINITY
      return false
    }
    const second = time - first <= longest
    first = second ? Number.NEGATIVE_INFINITY : time
    return second
  }
}
