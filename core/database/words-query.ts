/** What is a word in what a person typed. */
export function wordsOf(text: string): string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.normalize('NFC'))]
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment }) => segment)
}

/**
 * What a person typed, as a query of FTS5: all of its words, the last one as a
 * beginning. Each is quoted, so that nothing of it is taken for an operator.
 *
 * @returns undefined where there is no word in it
 */
export function wordsQuery(text: string): string | undefined {
  const words = wordsOf(text).map((word) => `"${word.replaceAll('"', '""')}"`)
  return words.length === 0 ? undefined : `${words.join(' ')}*`
}
