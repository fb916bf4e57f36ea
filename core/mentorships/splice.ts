/** So many units go at `at`, and `insert` comes in their place. UTF-16 units. */
export interface Splice {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

/** The one change between two texts, which splits no letter. */
export function spliceBetween(from: string, to: string): Splice {
  const most = Math.min(from.length, to.length)
  let head = 0
  while (head < most && from[head] === to[head]) head++
  if (splits(from, head) || splits(to, head)) head--
  let tail = 0
  while (tail < most - head && from.at(-1 - tail) === to.at(-1 - tail)) tail++
  if (splits(from, from.length - tail) || splits(to, to.length - tail)) tail--
  return { at: head, remove: from.length - tail - head, insert: to.slice(head, to.length - tail) }
}

/**
 * What a person changed in a text that they saw as `from`, for the text as it is
 * `now`: what came meanwhile stays.
 *
 * @returns in the order in which they are to be done, from the end to the beginning
 */
export function rebase(from: string, to: string, now: string): Splice[] {
  const mine = spliceBetween(from, to)
  const theirs = spliceBetween(from, now)
  const end = theirs.at + theirs.remove
  const moved = theirs.insert.length - theirs.remove
  const mineEnd = mine.at + mine.remove
  // what lies before their change, and what lies behind it
  const before = { from: mine.at, to: Math.min(mineEnd, theirs.at) }
  const behind = { from: Math.max(mine.at, end) + moved, to: mineEnd + moved }
  const at = mine.at <= theirs.at ? mine.at : Math.max(mine.at, end) + moved
  const cuts = [behind, before].filter((cut) => cut.to > cut.from)
  const splices = cuts.map((cut) => ({ at: cut.from, remove: cut.to - cut.from, insert: '' }))
  const insert = { at, remove: 0, insert: mine.insert }
  if (mine.insert === '') return splices
  // where a cut begins there, both are one
  const same = splices.find((splice) => splice.at === at)
  if (same !== undefined)
    return splices.map((splice) => (splice === same ? { ...splice, insert: mine.insert } : splice))
  return [...splices, insert].toSorted((a, b) => b.at - a.at)
}

/** Whether a place lies between the halves of a letter outside the basic plane. */
function splits(text: string, at: number): boolean {
  return at > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1))
}
