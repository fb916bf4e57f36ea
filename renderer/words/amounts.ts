/** `2.4 MB`, as the locale writes it. */
export function sizeName(locale: string, bytes: number): string {
  const [unit, size] =
    bytes < 1000
      ? (['byte', bytes] as const)
      : bytes < 1_000_000
        ? (['kilobyte', bytes / 1000] as const)
        : (['megabyte', bytes / 1_000_000] as const)
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(size)
}

/** The entries in one line, as the locale joins them. */
export function listName(locale: string, entries: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(entries)
}
