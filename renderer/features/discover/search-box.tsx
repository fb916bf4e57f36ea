import { useLingui } from '@lingui/react/macro'
import { Input, SearchField } from 'react-aria-components'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import './discover.css'

/** Searches what is on this device already. */
export function SearchBox({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useLingui()
  return (
    <SearchField className="search-box" aria-label={t`Search`} value={value} onChange={onChange} spellCheck="false">
      <Icon name="search" />
      <Input className="field-input" dir="auto" placeholder={t`Search by word, name or topic`} />
      <IconButton icon="close" label={t`Clear the search`} />
    </SearchField>
  )
}
