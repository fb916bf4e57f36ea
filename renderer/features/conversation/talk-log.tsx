import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react'
import { useRegion } from '../../locales/use-region.ts'
import { useNow } from '../../shell/use-now.ts'
import { dayName } from '../../words/time.ts'
import { byDay } from './days.ts'

interface TalkLogProps<Message> {
  readonly messages: readonly Message[]
  /** Whether the Tab key may stop at one: each such has something of `data-roving` inside, or is it. */
  readonly isStop: (message: Message) => boolean
  /** One list item with the message's id as `data-message`. */
  readonly children: (message: Message, isCurrent: boolean) => ReactNode
  /** A message that is looked for, and which time: looking again leads there again. */
  readonly wanted?: { readonly id: string | undefined; readonly time: number } | undefined
  /** The wanted one was brought into sight. */
  readonly onFound?: () => void
}

/**
 * The messages on the page, by days; new ones are read out. The Tab key stops at
 * one of them, the last at first; from there the arrow keys lead up and down, so
 * that a long conversation is not between a person and what they write.
 */
export function TalkLog<Message extends { readonly id: string; readonly sentAt: number }>({
  messages,
  isStop,
  children,
  wanted,
  onFound,
}: TalkLogProps<Message>) {
  const { t } = useLingui()
  const region = useRegion()
  const now = useNow()
  const help = useId()
  const log = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string>()
  const found = useRef<number>(undefined)
  const { id: target, time } = wanted ?? {}
  const isHere = messages.some((message) => message.id === current && isStop(message))
  const stop = isHere ? current : messages.findLast(isStop)?.id

  useEffect(() => {
    if (time === undefined || target === undefined || found.current === time) return
    const element = log.current?.querySelector<HTMLElement>(`[data-message="${target}"]`)
    if (element == null) return
    found.current = time
    element.scrollIntoView({ block: 'center' })
    element.focus({ preventScroll: true })
    setCurrent(target)
    onFound?.()
  }, [time, target, onFound])

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, target } = event
    const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }
    const distance = steps[key]
    if (distance === undefined || !(target instanceof HTMLElement) || !target.matches('[data-roving], [data-message]'))
      return
    // a menu's button would open it
    event.preventDefault()
    event.stopPropagation()
    const stops = [...(log.current?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])]
    const here = stops.findIndex((stop) => target.contains(stop))
    const next = stops[Math.min(Math.max(here + distance, 0), stops.length - 1)]
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
      {byDay(messages).map((day) => (
        <section key={day.key}>
          <h2 className="talk-day">{dayName(region, day.time, now)}</h2>
          <ul className="talk-messages">{day.messages.map((message) => children(message, message.id === stop))}</ul>
        </section>
      ))}
    </div>
  )
}
