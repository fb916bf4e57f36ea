import { sameRoute, type Route } from './route.ts'

/** Where the person has been: places in order, and which of them is shown. Immutable. */
export interface Trail {
  readonly places: readonly Route[]
  readonly index: number
}

export const start: Trail = { places: [{ at: 'discover' }], index: 0 }

/** Goes on to a place; what lay ahead is forgotten. Going to where one is changes nothing. */
export function goOn(trail: Trail, route: Route): Trail {
  if (sameRoute(current(trail), route)) return trail
  const places = [...trail.places.slice(0, trail.index + 1), route]
  return { places, index: places.length - 1 }
}

/** Puts a place where the current one is: a form that led to its result. */
export function goInstead(trail: Trail, route: Route): Trail {
  return { ...trail, places: trail.places.with(trail.index, route) }
}

/** Goes to step `index`, as the browser's own buttons ask; one that is not there leads to the nearest. */
export function goTo(trail: Trail, index: number): Trail {
  return { ...trail, index: Math.min(Math.max(index, 0), trail.places.length - 1) }
}

export function current(trail: Trail): Route {
  return trail.places[trail.index] ?? { at: 'discover' }
}
