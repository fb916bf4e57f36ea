/** Scripts that are written together in one language: UTS 39, "highly restrictive". */
const together = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
].map((scripts) => new RegExp(`^[${scripts.map((name) => `\\p{Script=${name}}`).join('')}\\p{Zs}\\P{L}]*$`, 'u'))

const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Georgian',
  'Hebrew',
  'Arabic',
  'Cherokee',
  'Coptic',
  'Devanagari',
  'Bengali',
  'Thai',
  'Ethiopic',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
].map((name) => new RegExp(`\\p{Script=${name}}`, 'u'))

/** Letters drawn to look like other letters: mathematical ones, full width, circled. */
function isDisguised(name: string): boolean {
  return Array.from(name).some(
    (sign) =>
      /[\p{L}\p{N}\p{So}]/u.test(sign) && /^[A-Za-z0-9]$/.test(sign.normalize('NFKC')) && !/^[A-Za-z0-9]$/.test(sign),
  )
}

/**
 * Whether a name has letters that could be taken for those of another script:
 * Latin and Cyrillic in one name, or a `𝐌` that is no M. A hint for whoever reads
 * it; there are names in two scripts that mean no harm.
 */
export function hasLookAlikeLetters(name: string): boolean {
  if (isDisguised(name)) return true
  if (together.some((pattern) => pattern.test(name))) return false
  return scripts.filter((script) => script.test(name)).length > 1
}
