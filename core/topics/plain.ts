/** Letters that Unicode does not take apart, and how people type them in a hurry. */
const typed: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ة: 'ه',
  ى: 'ي',
  ё: 'е',
}
const others = new RegExp(`[${Object.keys(typed).join('')}]`, 'gu')

/** Text as it is compared: no capitals, no accents, no vowel signs. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(others, (letter) => typed[letter] ?? letter)
}

/** Its words, plain. Scripts that put no space between words stay in one piece. */
export function plainWords(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
