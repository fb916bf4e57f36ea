import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { Icon } from '../../ui/icon.tsx'
import { Select } from '../../ui/select.tsx'
import { languageChoices, languageName } from '../../words/languages.ts'
import './write.css'

interface LanguagePickerProps {
  readonly value: readonly string[]
  readonly onChange: (languages: string[]) => void
}

/** Languages to speak in: those chosen, and a list to add from. */
export function LanguagePicker({ value, onChange }: LanguagePickerProps) {
  const { t, i18n } = useLingui()
  const { locale } = i18n
  const choices = useMemo(() => languageChoices(locale), [locale])
  return (
    <div className="stack stack-tight">
      {value.length < limits.languages && (
        <Select
          label={t`Languages`}
          placeholder={t`Add a language`}
          value={null}
          onChange={(tag) => onChange([...value, tag])}
          items={choices.filter(({ id }) => !value.includes(id))}
        />
      )}
      <ul className="chosen">
        {value.map((tag) => {
          const name = languageName(locale, tag)
          return (
            <li key={tag}>
              <Button
                className="chosen-entry"
                aria-label={t`Remove ${name}`}
                isDisabled={value.length === 1}
                onPress={() => onChange(value.filter((other) => other !== tag))}
              >
                {name}
                {value.length > 1 && <Icon name="close" />}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
