import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { limits } from '../../../core/api/limits.ts'
import { languageChoices, languageName } from '../../words/languages.ts'
import { ChosenPicker } from './chosen-picker.tsx'

interface LanguagePickerProps {
  readonly value: readonly string[]
  readonly onChange: (languages: string[]) => void
}

/** Languages to speak in: one at least. */
export function LanguagePicker({ value, onChange }: LanguagePickerProps) {
  const { t, i18n } = useLingui()
  const { locale } = i18n
  return (
    <ChosenPicker
      label={t`Languages`}
      placeholder={t`Add a language`}
      value={value}
      onChange={onChange}
      nameOf={(tag) => languageName(locale, tag)}
      items={useMemo(() => languageChoices(locale), [locale])}
      most={limits.languages}
      least={1}
    />
  )
}
