import { setupI18n, type I18n, type Messages } from '@lingui/core'
import type { SettingsView } from '../../core/api/views.ts'

/** Languages that the app speaks. */
export const locales = ['en', 'it'] as const
export type Locale = (typeof locales)[number]

/** Each language's name in itself. */
export const localeNames: Readonly<Record<Locale, string>> = { en: 'English', it: 'Italiano' }

const catalogues: Readonly<Record<Locale, () => Promise<{ messages: Messages }>>> = {
  en: () => import('./en.po'),
  it: () => import('./it.po'),
}

/** The first of the device's languages that the app speaks, or English. */
export function systemLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const locale = locales.find((known) => known === language.split('-')[0]?.toLowerCase())
    if (locale !== undefined) return locale
  }
  return 'en'
}

export function localeOf(choice: SettingsView['language'], languages: readonly string[]): Locale {
  return choice === 'system' ? systemLocale(languages) : choice
}

/**
 * How this device writes dates and numbers in a language: `en-GB` rather than
 * `en`. It stays in this page.
 */
export function regionOf(locale: string, languages: readonly string[]): string {
  return languages.find((language) => language.toLowerCase().startsWith(`${locale}-`) && isTag(language)) ?? locale
}

/** Where a system has no language, browsers have given what is none: `en-US@posix`. */
function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1
  } catch {
    return false
  }
}

/** Loads a language's words. */
export async function loadLocale(locale: Locale): Promise<I18n> {
  const { messages } = await catalogues[locale]()
  return setupI18n({ locale, messages: { [locale]: messages } })
}
