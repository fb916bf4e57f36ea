import type { OfferView } from '../../../core/api/offers.ts'

export interface Search {
  /** What the person typed: core looks for it. */
  readonly text: string
  readonly kind: OfferView['kind'] | 'all'
  readonly topic: string | undefined
}

/** Letters as people type them in a hurry: no capitals, no accents. */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** Of all that this device has read, what is of a kind and a topic. */
export function filterOffers(offers: readonly OfferView[], { kind, topic }: Search): readonly OfferView[] {
  return offers.filter(
    (offer) => (kind === 'all' || offer.kind === kind) && (topic === undefined || offer.topics.includes(topic)),
  )
}

/** How many offers each topic has. */
export function countTopics(offers: readonly OfferView[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { topics } of offers) for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  return counts
}
