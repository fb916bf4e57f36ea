/** Characters before the first hit. */
const before = 60
const most = 160

export interface Excerpt {
  readonly before: string
  readonly hit: string
  readonly after: string
}

/**
 * The part of a text that shows why it was found: around the first of the words
 * that stands in it, or else its beginning.
 */
export function excerptOf(text: string, query: string): Excerpt {
  const line = text.replace(/\s+/gu, ' ').trim()
  const folded = fold(line)
  // where folding changes lengths, places in one are not places in the other
  const words =
    folded.length === line.length
      ? fold(query)
          .split(/\s+/u)
          .filter((word) => word !== '')
      : []
  let start = -1
  let length = 0
  for (const word of words) {
    const index = folded.indexOf(word)
    if (index === -1 || (start !== -1 && index >= start)) continue
    start = index
    length = word.length
  }
  if (start === -1) return { before: cut(line, 0, most), hit: '', after: '' }
  // a whole word more or less does not matter, half of one does
  const space = line.indexOf(' ', start - before) + 1
  const from = start <= before ? 0 : space > 0 && space <= start ? space : start - before
  return {
    before: `${from > 0 ? '…' : ''}${cut(line, from, start)}`,
    hit: line.slice(start, start + length),
    after: cut(line, start + length, start + most),
  }
}

/** Without accents and capitals, as the search does. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
}

/** Never half of a character. */
function cut(text: string, from: number, to: number): string {
  return text.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/gu, '')
}
