import { useEffect, type RefObject } from 'react'

const focusable =
  'button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), summary, [tabindex]'

/** Where something stood: what holds it, from the inside out, and at which place in each. */
type Place = readonly { readonly holder: Element; readonly index: number }[]

/**
 * What has the focus may be taken off the page: a line that somebody removes, a
 * button whose work is done. Whoever uses the keyboard or hears the page would
 * then stand at its very beginning; so the focus goes to what comes next, or else
 * to what stood before.
 */
export function useKeptFocus(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: { readonly element: Element; readonly place: Place } | undefined
    let frame = 0
    const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body
    const keep = (): void => {
      if (last === undefined || !isNowhere()) return
      const { element, place } = last
      if (element.isConnected) {
        // the person left it, and not the window
        if (document.hasFocus()) last = undefined
        return
      }
      last = undefined
      near(place)?.focus()
    }
    // a page that arrives, and a dialog that closes, give the focus away first
    const soon = (): void => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(keep)
      })
    }
    const onFocus = ({ target }: FocusEvent): void => {
      if (target instanceof Element && main.current?.contains(target) === true) {
        last = { element: target, place: placeOf(target, main.current) }
      }
    }
    const observer = new MutationObserver(() => {
      if (last !== undefined && isNowhere()) soon()
    })
    document.addEventListener('focusin', onFocus)
    document.addEventListener('focusout', soon)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('focusout', soon)
      observer.disconnect()
    }
  }, [main])
}

function placeOf(element: Element, main: Element): Place {
  const place: { holder: Element; index: number }[] = []
  for (let child = element; child !== main && child.parentElement !== null; child = child.parentElement) {
    place.push({ holder: child.parentElement, index: [...child.parentElement.children].indexOf(child) })
  }
  return place
}

/** What can have the focus, and stands nearest to a place that is no more. */
function near(place: Place): HTMLElement | undefined {
  for (const { holder, index } of place) {
    if (!holder.isConnected) continue
    const children = [...holder.children]
    const before = children.slice(0, index).toReversed().flatMap(fromItsEnd)
    for (const child of [...children.slice(index), ...before]) {
      const found = [child, ...child.querySelectorAll(focusable)].find(
        (each): each is HTMLElement =>
          each instanceof HTMLElement &&
          each.matches(focusable) &&
          each.closest('[aria-hidden="true"], [inert]') === null &&
          each.checkVisibility({ visibilityProperty: true }),
      )
      if (found !== undefined) return found
    }
  }
  return undefined
}

/** Of a list that stood before, the last line is nearest; its beginning may be far out of sight. */
function fromItsEnd(child: Element): readonly Element[] {
  return child.matches('li') ? [child] : [...[...child.querySelectorAll('li')].toReversed(), child]
}
