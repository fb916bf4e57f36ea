import {
  Button,
  Collection,
  Header,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components'
import { Icon } from './icon.tsx'
import './overlay.css'

export interface SelectItem {
  readonly id: string
  readonly name: string
}

export interface SelectGroup {
  readonly id: string
  readonly name: string
  readonly items: readonly SelectItem[]
}

interface SelectProps {
  readonly label: string
  /** The name is read, and not seen. */
  readonly hideLabel?: boolean
  readonly hint?: string
  readonly placeholder?: string
  readonly value: string | null
  readonly onChange: (value: string) => void
  readonly items?: readonly SelectItem[]
  readonly groups?: readonly SelectGroup[]
}

/** One of many, out of sight until it is asked for. */
export function Select({ label, hideLabel, hint, items = [], groups = [], value, onChange, placeholder }: SelectProps) {
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => {
        if (typeof key === 'string') onChange(key)
      }}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(hideLabel === true ? { 'aria-label': label } : {})}
    >
      {hideLabel !== true && <Label className="field-label">{label}</Label>}
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <Button className="select-button">
        <SelectValue>
          {({ selectedText, defaultChildren, isPlaceholder }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <Icon name="chevron" />
      </Button>
      <Popover className="popover">
        <ListBox>
          <Collection items={items}>{Item}</Collection>
          <Collection items={groups}>
            {(group) => (
              <ListBoxSection id={`group.${group.id}`}>
                <Header className="popover-heading">{group.name}</Header>
                <Collection items={group.items}>{Item}</Collection>
              </ListBoxSection>
            )}
          </Collection>
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

function Item({ id, name }: SelectItem) {
  return (
    <ListBoxItem id={id} textValue={name} className="popover-item">
      <span>{name}</span>
      <Icon name="check" />
    </ListBoxItem>
  )
}
