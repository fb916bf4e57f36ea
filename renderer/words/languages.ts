/** Languages that a person can choose for an offer; the app's own twelve first, then more that communities speak. */
const offered =
  'en it fr de pl tr pt ru ar ja zh es bn cs el fa he hi hu id ka ko ku nl ro sq sr sv sw ti uk ur vi'.split(' ')

/** The name of a language in `locale`, with a capital; the tag itself where it is not known. */
export function languageName(locale: string, tag: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

/** All that can be chosen, by name. */
export function languageChoices(locale: string): readonly { readonly id: string; readonly name: string }[] {
  return offered
    .map((id) => ({ id, name: languageName(locale, id) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale))
}
