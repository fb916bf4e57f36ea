/**
 * What a passphrase has to be worth, in bits. Behind Argon2id with 256 MiB a
 * guess costs 0.4 s: half of 2^34 of them are 100 years of one core.
 */
export const enoughBits = 34

/** What people try first: heads of the lists of leaked passwords, English and Italian, and years. */
const common =
  /passwor[dt]|passphrase|p[ao]rola|segret[ao]|secret|letmein|welcome|benvenut[oaie]|admin|dragon|monkey|football|calcio|baseball|iloveyou|tiamo|amore|sunshine|princess|principessa|superman|batman|juventus|francesc[oa]|alessandr[oa]|giuseppe|martina|giulia|cambiami|changeme|staffetta|trustno1|1q2w3e4?r?|(?:19|20)\d\d/g
/** Worth of one that was found in the list. */
const commonBits = 6
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop']

/**
 * A low estimate of what a guesser has to try, in bits: words count by their
 * letters at the rate of words, runs such as `1234` and repetitions hardly.
 */
export function passphraseBits(passphrase: string): number {
  const text = passphrase.normalize('NFKC').trim()
  let bits = 0
  const rest = withoutRepeats(text.toLowerCase()).replace(common, () => {
    bits += commonBits
    return ' '
  })
  const characters = Array.from(rest)
  for (const [index, character] of characters.entries()) {
    const [second, first] = [characters[index - 1], characters[index - 2]]
    const step = stepBetween(second, character)
    const goesOn = step !== undefined && step === stepBetween(first, second)
    bits += goesOn ? 0.5 : worth(character, second, characters[index + 1])
  }
  // capitals only where they are more than the first letter
  if (/\p{Lu}/u.test(text.slice(1)) && /\p{Ll}/u.test(text)) bits += 3
  return bits
}

function worth(character: string, before: string | undefined, after: string | undefined): number {
  if (/\p{L}/u.test(character)) {
    // one sign for a syllable or a word
    if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) return 6
    const inWord = [before, after].some((neighbour) => neighbour !== undefined && /\p{L}/u.test(neighbour))
    return inWord ? 2.4 : 5.2
  }
  if (/\p{N}/u.test(character)) return 3.3
  if (/\s/u.test(character)) return 1
  return 5
}

/** How one character leads to the next: the same again, or its neighbour in a row, forwards or backwards. */
function stepBetween(from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined) return undefined
  if (from === to) return 'same'
  for (const [number, row] of rows.entries()) {
    const at = row.indexOf(from)
    if (at >= 0 && row[at + 1] === to) return `${number} forwards`
    if (at > 0 && row[at - 1] === to) return `${number} backwards`
  }
  return undefined
}

/** `abcabcabc` is `abc`: what is said again costs no guess. */
function withoutRepeats(text: string): string {
  return text.replace(/(.{2,64}?)\1+/gu, '$1')
}
