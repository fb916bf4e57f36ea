import { useLingui } from '@lingui/react/macro'
import { Button } from 'react-aria-components'
import { Icon } from '../../ui/icon.tsx'
import { Select, type SelectGroup, type SelectItem } from '../../ui/select.tsx'
import './write.css'

interface ChosenPickerProps {
  readonly label: string
  readonly placeholder: string
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
  readonly nameOf: (id: string) => string
  readonly items?: readonly SelectItem[]
  readonly groups?: readonly SelectGroup[]
  readonly most: number
  /** So many stay. */
  readonly least?: number
}

/** Some of a long list: those chosen, and the list to add from. */
export function ChosenPicker({ value, onChange, nameOf, items, groups, most, least = 0, ...names }: ChosenPickerProps) {
  const open = (list: readonly SelectItem[] = []): readonly SelectItem[] => list.filter(({ id }) => !value.includes(id))
  return (
    <div className="stack stack-tight">
      {value.length < most && (
        <Select
          {...names}
          value={null}
          onChange={(id) => onChange([...value, id])}
          items={open(items)}
          groups={(groups ?? []).map((group) => ({ ...group, items: open(group.items) }))}
        />
      )}
      <Chosen
        value={value}
        nameOf={nameOf}
        isFixed={value.length <= least}
        onRemove={(id) => onChange(value.filter((other) => other !== id))}
      />
    </div>
  )
}

interface ChosenProps {
  readonly value: readonly string[]
  readonly nameOf: (id: string) => string
  readonly isFixed?: boolean
  readonly onRemove: (id: string) => void
}

/** What was chosen, each to be taken out again. */
export function Chosen({ value, nameOf, isFixed = false, onRemove }: ChosenProps) {
  const { t } = useLingui()
  return (
    <ul className="chosen">
      {value.map((id) => {
        const name = nameOf(id)
        return (
          <li key={id}>
            <Button
              className="chosen-entry"
              aria-label={t`Remove ${name}`}
              isDisabled={isFixed}
              onPress={() => onRemove(id)}
            >
              <bdi>{name}</bdi>
              {!isFixed && <Icon name="close" />}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
