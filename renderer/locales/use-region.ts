import { useLocale } from 'react-aria-components'

/** The language on screen as this device writes its dates and numbers: `en-GB`. */
export function useRegion(): string {
  return useLocale().locale
}
