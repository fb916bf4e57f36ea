import { useLingui } from '@lingui/react/macro'
import { Input, SearchField } from 'react-aria-components'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import './field.css'

interface SearchBoxProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength?: number
}

/** Searches what is on this device already. */
export function SearchBox({ label, placeholder, value, onChange, maxLength }: SearchBoxProps) {
  const { t } = useLingui()
  return (
    <SearchField
      className="search-box"
      aria-label={label}
      value={value}
      onChange={onChange}
      spellCheck="false"
      {...(maxLength === undefined ? {} : { maxLength })}
    >
      <Icon name="search" />
      <Input className="field-input" dir="auto" placeholder={placeholder} />
      <IconButton icon="close" label={t`Clear the search`} />
    </SearchField>
  )
}
