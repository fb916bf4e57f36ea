import { freshId } from '../api/fresh-id.ts'

/** Every place in the app. Kept in memory alone: the address bar and the browser's history say nothing. */
export type Route =
  | { readonly at: 'discover' }
  | { readonly at: 'offer'; readonly id: string }
  /** `offerId`: of one's own, which is changed. */
  | { readonly at: 'write'; readonly kind: 'offer' | 'request'; readonly draftId: string; readonly offerId?: string }
  | { readonly at: 'rings' }
  | { readonly at: 'people' }
  | { readonly at: 'introduction'; readonly id: string }
  | { readonly at: 'sent'; readonly id: string }
  /** `to`: the position of a message that is looked for; `options`: what can be set for it is open. */
  | { readonly at: 'conversation'; readonly id: string; readonly to?: number; readonly options?: true }
  | { readonly at: 'safety-number'; readonly id: string }
  /** `id`: of the conversation. */
  | { readonly at: 'the-two'; readonly id: string }
  | { readonly at: 'circle'; readonly id: string }
  | { readonly at: 'new-circle' }
  | { readonly at: 'mentorships' }
  | { readonly at: 'mentorship'; readonly id: string }
  /** `id`: of the conversation. */
  | { readonly at: 'propose-mentorship'; readonly id: string }
  | { readonly at: 'farewell'; readonly id: string }
  | { readonly at: 'hours' }
  | { readonly at: 'library' }
  | { readonly at: 'article'; readonly id: string; readonly language: string }
  /** Of an article: a version that is changed, or without language one more; a new article without id. */
  | { readonly at: 'write-article'; readonly id?: string; readonly language?: string }
  | { readonly at: 'community' }
  | { readonly at: 'charter' }
  /** A new one without id. */
  | { readonly at: 'own-topic'; readonly id?: string }
  | { readonly at: 'another-community' }
  | { readonly at: 'you' }
  | { readonly at: 'own-offer'; readonly id: string }
  | { readonly at: 'new-persona' }
  | { readonly at: 'personal-invites' }
  /** `id`: of the persona. */
  | { readonly at: 'card'; readonly id: string }
  | { readonly at: 'disclosures' }
  | { readonly at: 'vouches' }
  /** `about`: the conversation that the person came from. */
  | { readonly at: 'safety'; readonly about?: string }
  | { readonly at: 'safety-intro' }
  /** Of a conversation. */
  | { readonly at: 'evidence'; readonly id: string }
  | { readonly at: 'open-evidence' }
  | { readonly at: 'guardians' }
  | { readonly at: 'report'; readonly id: string }
  | { readonly at: 'write-notice'; readonly blocks?: { readonly reportId: string } | { readonly offerId: string } }

/** Where something new is written. */
export function newWriting(kind: 'offer' | 'request' = 'offer'): Route {
  return { at: 'write', kind, draftId: freshId() }
}

export const sections = ['discover', 'people', 'mentorships', 'library', 'community', 'you', 'safety'] as const
export type Section = (typeof sections)[number]

const sectionOfRoute: Readonly<Record<Route['at'], Section>> = {
  discover: 'discover',
  offer: 'discover',
  write: 'discover',
  rings: 'discover',
  people: 'people',
  introduction: 'people',
  sent: 'people',
  conversation: 'people',
  'safety-number': 'people',
  'the-two': 'people',
  circle: 'people',
  'new-circle': 'people',
  mentorships: 'mentorships',
  mentorship: 'mentorships',
  'propose-mentorship': 'mentorships',
  farewell: 'mentorships',
  hours: 'mentorships',
  library: 'library',
  article: 'library',
  'write-article': 'library',
  community: 'community',
  charter: 'community',
  'own-topic': 'community',
  'another-community': 'community',
  you: 'you',
  'own-offer': 'you',
  'new-persona': 'you',
  'personal-invites': 'you',
  card: 'you',
  disclosures: 'you',
  vouches: 'you',
  safety: 'safety',
  'safety-intro': 'safety',
  evidence: 'safety',
  'open-evidence': 'safety',
  guardians: 'safety',
  report: 'safety',
  'write-notice': 'safety',
}

/** Which entry of the rail a place belongs to. */
export function sectionOf(route: Route): Section {
  return sectionOfRoute[route.at]
}

/** The way to what helps, from anywhere: it knows whom it may be about. */
export function safetyFrom(route: Route): Route {
  if (route.at === 'safety') return route
  return route.at === 'conversation' ? { at: 'safety', about: route.id } : { at: 'safety' }
}

/** Whether a place is a section's own first page. */
export function isSection(route: Route): boolean {
  return route.at === sectionOf(route)
}

export function sameRoute(a: Route, b: Route): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
