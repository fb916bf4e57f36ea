import { useRef, type ReactNode } from 'react'
import { Button, Menu as AriaMenu, MenuItem, MenuTrigger, Popover, SubmenuTrigger } from 'react-aria-components'
import { Icon, type IconName } from './icon.tsx'
import './button.css'
import './overlay.css'

export interface MenuEntry {
  readonly id: string
  readonly name: string
  /** Before the name; a picture of one's own (an emoji) instead of an icon is text. */
  readonly icon?: IconName
  readonly sign?: string
  readonly isDanger?: boolean
  readonly onAction?: () => void
  /** What opens beside it. */
  readonly entries?: readonly MenuEntry[]
}

interface MenuProps {
  /** What the button is for; it shows three dots. */
  readonly label: string
  readonly entries: readonly MenuEntry[]
  /** One of several that share a single stop of the Tab key. */
  readonly roving?: 'here' | 'elsewhere'
}

/** What can be done with a thing, behind a button. */
export function Menu({ label, entries, roving }: MenuProps) {
  const chosen = useRef<() => void>(undefined)
  const onOpenChange = (isOpen: boolean): void => {
    const action = chosen.current
    chosen.current = undefined
    // not before the menu has given the focus back: what it leads to may take it
    if (!isOpen && action !== undefined) requestAnimationFrame(() => requestAnimationFrame(() => action()))
  }
  const choose = (action: () => void): void => {
    chosen.current = action
  }
  return (
    <MenuTrigger onOpenChange={onOpenChange}>
      <Button
        className="button button-plain button-square menu-button"
        aria-label={label}
        excludeFromTabOrder={roving === 'elsewhere'}
        {...(roving === undefined ? {} : { 'data-roving': '' })}
      >
        <Icon name="more" />
      </Button>
      <Entries entries={entries} label={label} choose={choose} />
    </MenuTrigger>
  )
}

interface EntriesProps {
  readonly entries: readonly MenuEntry[]
  readonly label: string
  readonly choose: (action: () => void) => void
}

function Entries({ entries, label, choose }: EntriesProps) {
  return (
    <Popover className="popover menu">
      <AriaMenu aria-label={label}>
        {entries.map((entry) =>
          entry.entries === undefined ? (
            <Entry key={entry.id} entry={entry} choose={choose} />
          ) : (
            <SubmenuTrigger key={entry.id}>
              <Entry entry={entry} choose={choose} />
              <Entries entries={entry.entries} label={entry.name} choose={choose} />
            </SubmenuTrigger>
          ),
        )}
      </AriaMenu>
    </Popover>
  )
}

interface EntryProps {
  readonly entry: MenuEntry
  readonly choose: (action: () => void) => void
}

function Entry({ entry: { id, name, icon, sign, isDanger, onAction, entries }, choose }: EntryProps) {
  const picture: ReactNode = sign === undefined ? icon !== undefined && <Icon name={icon} /> : sign
  return (
    <MenuItem
      id={id}
      textValue={name}
      className={isDanger === true ? 'popover-item menu-item menu-item-danger' : 'popover-item menu-item'}
      {...(onAction === undefined ? {} : { onAction: () => choose(onAction) })}
    >
      <span className="menu-sign" aria-hidden="true">
        {picture}
      </span>
      <span>{name}</span>
      {entries !== undefined && <Icon name="chevron" />}
    </MenuItem>
  )
}
