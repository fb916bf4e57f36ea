/** One consonant and one vowel: said aloud the same way in most languages, and typed on every Latin keyboard. */
const consonants = 'bdfglmnprstvz'
const vowels = 'aeiou'
/** Words of three syllables: 5 of them are 5 * 3 * log2(13 * 5) = 90 bits. */
const words = 5
const syllables = 3

/**
 * A passphrase that a person can remember and nobody can guess.
 *
 * @param pick an integer from 0 to `below` - 1, evenly and unpredictably
 */
export function proposePassphrase(pick: (below: number) => number = pickSecurely): string {
  const syllable = (): string => (consonants[pick(consonants.length)] ?? '') + (vowels[pick(vowels.length)] ?? '')
  return Array.from({ length: words }, () => Array.from({ length: syllables }, syllable).join('')).join(' ')
}

function pickSecurely(below: number): number {
  const byte = new Uint8Array(1)
  // the last, incomplete round of 256 would favour small numbers
  const end = 256 - (256 % below)
  do crypto.getRandomValues(byte)
  while ((byte[0] ?? 255) >= end)
  return (byte[0] ?? 0) % below
}
