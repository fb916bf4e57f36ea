import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/** Pixels from the end within which a person counts as being there. */
const near = 80

interface Shown {
  readonly first: string | undefined
  readonly last: string | undefined
  readonly height: number
}

interface Scrolling {
  readonly area: RefObject<HTMLDivElement | null>
  readonly onScroll: () => void
  /** Goes to the end at the next change: the person wrote something. */
  readonly toEnd: () => void
}

/**
 * Keeps the place while messages come and go and the window changes: at the end,
 * new ones push the old ones up; elsewhere what is read stays where it is, also
 * when older ones appear above it.
 *
 * @param first identifies the oldest message shown, `last` the newest
 */
export function useScrolling(first: string | undefined, last: string | undefined): Scrolling {
  const area = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const size = useRef('')
  const before = useRef<Shown>({ first: undefined, last: undefined, height: 0 })

  useLayoutEffect(() => {
    const element = area.current
    if (element === null) return
    const grown = element.scrollHeight - before.current.height
    if (atEnd.current) element.scrollTop = element.scrollHeight
    else if (before.current.first !== first && before.current.first !== undefined) element.scrollTop += grown
    before.current = { first, last, height: element.scrollHeight }
  }, [first, last])

  useEffect(() => {
    const element = area.current
    if (element === null) return undefined
    // a turned telephone, a keyboard on the screen: whoever was at the end stays there
    const observer = new ResizeObserver(() => {
      size.current = sizeOf(element)
      if (atEnd.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  return {
    area,
    onScroll: () => {
      const element = area.current
      // what another size moves, no person moved
      if (element === null || size.current !== sizeOf(element)) return
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < near
    },
    toEnd: () => {
      atEnd.current = true
    },
  }
}

function sizeOf({ clientWidth, clientHeight }: Element): string {
  return `${clientWidth} ${clientHeight}`
}
