/**
 * Entries that begin with a capital of their own: commas between them, and no
 * word. `Intl.ListFormat` has no such list in Italian, whose shortest one says “e”.
 */
export function commaList(locale: string, entries: readonly string[]): string {
  const three = new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).formatToParts(['1', '2', '3'])
  const comma = three.find(({ type }) => type === 'literal')?.value ?? ', '
  return entries.join(comma)
}
