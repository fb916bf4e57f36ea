import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { sectionOf, type Route } from './route.ts'
import { current, goInstead, goOn, goTo, start, type Trail } from './trail.ts'

export interface Navigation {
  readonly route: Route
  /** Rises with every step, so that a page knows that it was arrived at. */
  readonly step: number
  readonly go: (route: Route) => void
  readonly replace: (route: Route) => void
  /** A real step back; from the first place to its section. */
  readonly back: () => void
}

const Context = createContext<Navigation | undefined>(undefined)

/**
 * Keeps the trail in memory. The browser's history holds a number a step, so
 * that its own back button works and tells nothing of where the person was.
 */
export function NavigationProvider({ children }: { readonly children: ReactNode }) {
  const [trail, setTrail] = useState<Trail>(start)
  const [step, setStep] = useState(0)
  const latest = useRef(trail)

  const move = useCallback((next: Trail, write: 'push' | 'replace' | 'none') => {
    if (next === latest.current) return
    latest.current = next
    if (write === 'push') window.history.pushState({ step: next.index }, '')
    if (write === 'replace') window.history.replaceState({ step: next.index }, '')
    setTrail(next)
    setStep((step) => step + 1)
  }, [])

  useEffect(() => {
    window.history.replaceState({ step: 0 }, '')
    const follow = ({ state }: PopStateEvent): void => {
      const step: unknown = (state as { step?: unknown } | null)?.step
      move(goTo(latest.current, typeof step === 'number' ? step : 0), 'none')
    }
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [move])

  const navigation = useMemo<Navigation>(
    () => ({
      route: current(trail),
      step,
      go: (route) => move(goOn(latest.current, route), 'push'),
      replace: (route) => move(goInstead(latest.current, route), 'replace'),
      back: () => {
        if (latest.current.index > 0) window.history.back()
        else move(goInstead(latest.current, { at: sectionOf(current(latest.current)) }), 'replace')
      },
    }),
    [trail, step, move],
  )
  return <Context value={navigation}>{children}</Context>
}

export function useNavigation(): Navigation {
  const navigation = useContext(Context)
  if (navigation === undefined) throw new Error('Outside of NavigationProvider')
  return navigation
}
