import { mentorshipLimits as limits } from '../api/mentorship-limits.ts'
import { day, rhythm, usualMinutes } from '../api/mentorships.ts'

/**
 * What the document that both edit may hold. PROTOCOL.md section "Workspace"
 *
 * Everything is bounded for each writer alone, by what of theirs is there: such a
 * bound that held where something was written holds wherever it arrives, whatever
 * the other did meanwhile. A bound of the whole could be broken by two who each
 * kept to it, and then each would refuse the other's change for ever.
 */

/** Texts, by how many characters of one writer they may hold. */
export const texts = {
  what: limits.agreementText,
  boundaries: limits.agreementText,
  fallback: limits.agreementText,
  notes: limits.notes,
} as const

type Check = (value: unknown) => boolean

const maybe = (schema: { safeParse(value: unknown): { success: boolean } }): Check => {
  return (value) => value === null || schema.safeParse(value).success
}
const short =
  (max: number): Check =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= max
const id: Check = (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)
const place: Check = (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 1_000_000

/** Single values, of which the last written stands. */
export const terms: Readonly<Record<string, Check>> = {
  rhythm: maybe(rhythm),
  until: maybe(day),
  minutes: maybe(usualMinutes),
}

interface Shelf {
  /** Of one writer. */
  readonly most: number
  readonly fields: Readonly<Record<string, Check>>
}

/** Things that can be added and removed, by their ids. `nth`: their order. */
export const shelves = {
  goals: {
    most: limits.goals,
    fields: {
      nth: place,
      title: short(limits.title),
      progress: (value) => typeof value === 'number' && value >= 0 && value <= 1,
    },
  },
  milestones: {
    most: limits.goals * limits.milestones,
    fields: { nth: place, goal: id, title: short(limits.title), done: (value) => typeof value === 'boolean' },
  },
  links: { most: limits.links, fields: { nth: place, title: short(limits.title), address: short(limits.address) } },
  /** `by`: who offered the file in the conversation; `offer`: the id in that offer. */
  files: {
    most: limits.files,
    fields: { nth: place, by: (value) => value === 'seeker' || value === 'mentor', offer: id },
  },
} as const satisfies Readonly<Record<string, Shelf>>

export type TextName = keyof typeof texts
export type ShelfName = keyof typeof shelves

export const textNames = Object.keys(texts) as TextName[]
export const shelfNames = Object.keys(shelves) as ShelfName[]
export const isId: Check = id
