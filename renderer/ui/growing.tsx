import { useLingui } from '@lingui/react/macro'
import { useRef, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { Button } from './button.tsx'

interface GrowingProps<Item> {
  readonly label: string
  readonly items: readonly Item[]
  /** What the items answer: another one is shown from its beginning. */
  readonly of: unknown
  readonly children: (item: Item) => ReactNode
}

/** Thousands of rows would keep each letter that is typed waiting. */
const step = 50

/** A long list, so many rows at a time. */
export function Growing<Item>({ label, items, of, children }: GrowingProps<Item>) {
  const { t } = useLingui()
  const [grown, setGrown] = useState({ of, count: step })
  const count = grown.of === of ? grown.count : step
  const list = useRef<HTMLUListElement>(null)
  const more = Math.min(step, items.length - count)
  const grow = (): void => {
    flushSync(() => setGrown({ of, count: count + step }))
    // who asked for more goes on with the first of them
    list.current?.children[count]?.querySelector('button')?.focus()
  }
  return (
    <>
      <ul className="rows" aria-label={label} ref={list}>
        {items.slice(0, count).map(children)}
      </ul>
      {more > 0 && (
        <Button kind="plain" onPress={grow}>
          {t`Show ${more} more`}
        </Button>
      )}
    </>
  )
}
