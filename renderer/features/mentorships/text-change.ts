/** What stands in a text now, cut where it differs from what stood there before. */
export interface TextChange {
  readonly before: string
  /** Empty where something was only taken away. */
  readonly changed: string
  readonly after: string
}

/** The one stretch of whole words in which two texts differ, as it reads in the new one. */
export function changeOf(old: string, text: string): TextChange {
  const [was, is] = [piecesOf(old), piecesOf(text)]
  const most = Math.min(was.length, is.length)
  let start = 0
  while (start < most && was[start] === is[start]) start++
  let end = 0
  while (end < most - start && was[was.length - 1 - end] === is[is.length - 1 - end]) end++
  const join = (from: number, to: number): string => is.slice(from, to).join('')
  return { before: join(0, start), changed: join(start, is.length - end), after: join(is.length - end, is.length) }
}

/** Words and what lies between them. */
function piecesOf(text: string): string[] {
  return text.split(/(\s+)/).filter((piece) => piece !== '')
}
