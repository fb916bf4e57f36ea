import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Pixels from the end within which a person counts as being there. */
const near = 80
/** Pixels from an edge of what is loaded from which more of it is asked for. */
const soon = 400

interface ScrollingOptions {
  /** What is on the page; another one whenever it changed. */
  readonly content: unknown
  /** Whether the end of the conversation is on the page. */
  readonly hasEnd: boolean
  readonly onOlder: () => void
  readonly onNewer: () => void
}

interface Scrolling {
  readonly area: RefObject<HTMLDivElement | null>
  readonly onScroll: () => void
  /** Goes to the end at the next change: the person wrote something. */
  readonly toEnd: () => void
  /** Something else of the page was brought into sight: it stays there. */
  readonly stay: () => void
  /** Whether the person sees the end of the conversation. */
  readonly atEnd: boolean
}

/** What is read now, and how far it is from the top of the area. */
interface Anchor {
  readonly id: string
  readonly offset: number
}

/**
 * Keeps the place while messages come and go and the window changes: at the end,
 * new ones push the old ones up; elsewhere what is read stays where it is, also
 * when older ones appear above it and newer ones leave the page.
 */
export function useScrolling({ content, hasEnd, onOlder, onNewer }: ScrollingOptions): Scrolling {
  const area = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const end = useRef(true)
  const size = useRef('')
  const anchor = useRef<Anchor>(undefined)
  /** What the place was found for last. */
  const placed = useRef<{ readonly content: unknown; readonly hasEnd: boolean }>({ content: undefined, hasEnd: true })

  const setEnd = (isThere: boolean): void => {
    end.current = isThere
    setAtEnd(isThere)
  }

  useLayoutEffect(() => {
    const element = area.current
    if (element === null || (placed.current.content === content && placed.current.hasEnd === hasEnd)) return
    placed.current = { content, hasEnd }
    keep(element, end.current && hasEnd, anchor.current)
    anchor.current = anchorIn(element)
  })

  useEffect(() => {
    const element = area.current
    if (element === null) return undefined
    // a turned telephone, a keyboard on the screen, a picture that was opened: whoever was at the end stays there
    const observer = new ResizeObserver(() => {
      const isTurned = size.current !== sizeOf(element)
      size.current = sizeOf(element)
      // in a narrower window everything is elsewhere: what was read is near, and no more can be said
      if (end.current || !isTurned) keep(element, end.current, anchor.current)
    })
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])

  return {
    area,
    onScroll: () => {
      const element = area.current
      // what another size moves, no person moved
      if (element === null || size.current !== sizeOf(element)) return
      anchor.current = anchorIn(element)
      const below = element.scrollHeight - element.scrollTop - element.clientHeight
      setEnd(hasEnd && below < near)
      if (element.scrollTop < soon) onOlder()
      if (below < soon && !hasEnd) onNewer()
    },
    toEnd: () => {
      setEnd(true)
      if (area.current !== null && hasEnd) area.current.scrollTop = area.current.scrollHeight
    },
    stay: () => {
      const element = area.current
      if (element === null) return
      setEnd(hasEnd && element.scrollHeight - element.scrollTop - element.clientHeight < near)
      anchor.current = anchorIn(element)
    },
    atEnd,
  }
}

/** Puts the end, or what was read, where it was. */
function keep(area: Element, atEnd: boolean, anchor: Anchor | undefined): void {
  if (atEnd) area.scrollTop = area.scrollHeight
  else if (anchor !== undefined) {
    const read = area.querySelector(`[data-message="${anchor.id}"]`)
    if (read !== null) area.scrollTop += offsetOf(read, area) - anchor.offset
  }
}

/** The first message of which something is in sight. */
function anchorIn(area: Element): Anchor | undefined {
  for (const element of area.querySelectorAll('[data-message]')) {
    const offset = offsetOf(element, area)
    if (offset + element.clientHeight > 0) return { id: element.getAttribute('data-message') ?? '', offset }
  }
  return undefined
}

function offsetOf(element: Element, area: Element): number {
  return element.getBoundingClientRect().top - area.getBoundingClientRect().top
}

function sizeOf({ clientWidth, clientHeight }: Element): string {
  return `${clientWidth} ${clientHeight}`
}
