import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'
import type { MessageView } from '../../../core/api/views.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNow } from '../../shell/use-now.ts'
import { dayName } from '../../words/time.ts'
import { byDay } from './days.ts'
import { Fold } from './fold.tsx'
import { folded, type Entry } from './folds.ts'
import { isLine } from './line.tsx'
import type { MessageDeeds } from './message-menu.tsx'
import { Message } from './message.tsx'

interface MessageLogProps {
  readonly messages: readonly MessageView[]
  readonly author: string
  readonly deeds: MessageDeeds
  /** The position of a message that is looked for, and which time: looking again leads there again. */
  readonly wanted: { readonly position: number; readonly time: number } | undefined
  /** The wanted one was brought into sight. */
  readonly onFound: () => void
}

/**
 * The messages on the page. The Tab key stops at one of them, the last at first;
 * from there the arrow keys lead up and down, so that a long conversation is not
 * between a person and what they write.
 */
export function MessageLog({ messages, author, deeds, wanted, onFound }: MessageLogProps) {
  const { t } = useLingui()
  const region = useRegion()
  const now = useNow()
  const help = useId()
  const log = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string>()
  const found = useRef<number>(undefined)
  const target = messages.find(({ position }) => position === wanted?.position)?.id
  const days = byDay(messages).map((day) => ({ ...day, entries: folded(day.messages) }))
  const stops = days.flatMap(({ entries }) => entries).flatMap(stopOf)
  const stop = current !== undefined && stops.includes(current) ? current : stops.at(-1)

  useEffect(() => {
    if (wanted === undefined || target === undefined || found.current === wanted.time) return
    const element = log.current?.querySelector<HTMLElement>(`[data-message="${target}"]`)
    if (element == null) return
    found.current = wanted.time
    element.scrollIntoView({ block: 'center' })
    element.focus({ preventScroll: true })
    setCurrent(target)
    onFound()
  }, [wanted, target, onFound])

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, target } = event
    const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }
    const distance = steps[key]
    if (distance === undefined || !(target instanceof HTMLElement) || !target.matches('[data-roving], [data-message]'))
      return
    // a menu's button would open it
    event.preventDefault()
    event.stopPropagation()
    const buttons = [...(log.current?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])]
    const here = buttons.findIndex((button) => target.contains(button) || button === target)
    const next = buttons[Math.min(Math.max(here + distance, 0), buttons.length - 1)]
    next?.closest('[data-message]')?.scrollIntoView({ block: 'nearest' })
    next?.focus({ preventScroll: true })
  }
  const onFocus = ({ target }: FocusEvent): void => {
    const message = target.closest('[data-message]')?.getAttribute('data-message')
    if (message != null) setCurrent(message)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what has the focus is inside of it
    <div
      ref={log}
      className="talk-messages"
      role="log"
      aria-label={t`Messages`}
      aria-describedby={help}
      onKeyDownCapture={onKeyDown}
      onFocus={onFocus}
      onBlur={({ relatedTarget }) => {
        // whoever comes back begins at the newest
        if (log.current?.contains(relatedTarget) !== true) setCurrent(undefined)
      }}
    >
      <p id={help} hidden>
        <Trans>The arrow keys lead from message to message.</Trans>
      </p>
      {days.map((day) => (
        <section key={day.key}>
          <h2 className="talk-day">{dayName(region, day.time, now)}</h2>
          <ul className="talk-messages">
            {day.entries.map((entry) =>
              entry.kind === 'fold' ? (
                <Fold
                  key={entry.id}
                  id={entry.id}
                  events={entry.events}
                  author={author}
                  isCurrent={entry.id === stop}
                />
              ) : (
                <Message
                  key={entry.message.id}
                  message={entry.message}
                  author={author}
                  isCurrent={entry.message.id === stop}
                  deeds={deeds}
                />
              ),
            )}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** Where the Tab key can stop: at messages and folds, and not at what merely happened. */
function stopOf(entry: Entry<MessageView>): string[] {
  if (entry.kind === 'fold') return [entry.id]
  return isLine(entry.message) ? [] : [entry.message.id]
}
