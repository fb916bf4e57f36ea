export interface Piece {
  readonly text: string
  readonly isLink: boolean
}

/** What programs would make into a link: an address with a scheme, or one that begins with www. */
const address = /(?:\b[a-z][a-z\d+.-]{1,15}:\/\/|\bwww\.)[^\s<>"'`]{2,2000}/giu
/** What ends a sentence rather than an address. */
const ending = /[.,;:!?…)\]}»”’*_]+$/u

/** Cuts a text where links begin and end; the pieces joined are the text. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const link = withoutEnding(found)
    if (index > at) pieces.push({ text: text.slice(at, index), isLink: false })
    pieces.push({ text: link, isLink: true })
    at = index + link.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isLink: false })
  return pieces
}

/** A closing bracket stays where its opening one is inside too. */
function withoutEnding(found: string): string {
  const tail = ending.exec(found)?.[0] ?? ''
  const bare = found.slice(0, found.length - tail.length)
  const opened = bare.split('(').length - bare.split(')').length
  return opened > 0 && tail.startsWith(')') ? `${bare})` : bare
}

/**
 * Where a link truly leads: the name of the machine as browsers ask for it,
 * without whatever stands before an @ and with foreign letters that look like
 * others spelt out. Undefined where no machine is named.
 */
export function hostOf(link: string): string | undefined {
  try {
    return new URL(/^www\./iu.test(link) ? `https://${link}` : link).hostname || undefined
  } catch {
    return undefined
  }
}
