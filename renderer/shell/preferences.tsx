import { I18nProvider as LinguiProvider } from '@lingui/react'
import type { I18n } from '@lingui/core'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { I18nProvider as AriaLocale, isRTL } from 'react-aria-components'
import type { SettingsView } from '../../core/api/views.ts'
import { loadLocale, localeOf, regionOf } from '../locales/locale.ts'

type Language = SettingsView['language']
type Theme = SettingsView['theme']

interface Preferences {
  readonly language: Language
  readonly theme: Theme
  readonly setLanguage: (language: Language) => void
  readonly setTheme: (theme: Theme) => void
}

const Context = createContext<Preferences | undefined>(undefined)

/**
 * Language and theme of the page. They follow the device until the vault is open
 * and says otherwise; nothing of them is kept outside of it.
 */
export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>('system')
  const [theme, setTheme] = useState<Theme>('system')
  const [i18n, setI18n] = useState<I18n>()
  const locale = localeOf(language, navigator.languages)

  useEffect(() => {
    let wanted = true
    const load = async (): Promise<void> => {
      const loaded = await loadLocale(locale)
      if (wanted) setI18n(loaded)
    }
    void load()
    return () => {
      wanted = false
    }
  }, [locale])

  useEffect(() => {
    if (i18n === undefined) return
    document.documentElement.lang = i18n.locale
    document.documentElement.dir = isRTL(i18n.locale) ? 'rtl' : 'ltr'
  }, [i18n])

  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])

  const preferences = useMemo(() => ({ language, theme, setLanguage, setTheme }), [language, theme])
  if (i18n === undefined) return null
  return (
    <Context value={preferences}>
      <LinguiProvider i18n={i18n}>
        <AriaLocale locale={regionOf(i18n.locale, navigator.languages)}>{children}</AriaLocale>
      </LinguiProvider>
    </Context>
  )
}

export function usePreferences(): Preferences {
  const preferences = useContext(Context)
  if (preferences === undefined) throw new Error('Outside of PreferencesProvider')
  return preferences
}
