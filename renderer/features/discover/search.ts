import type { OfferView } from '../../../core/api/views.ts'

export interface Search {
  /** What the person typed: every word of it must be somewhere in the offer. */
  readonly text: string
  readonly kind: OfferView['kind'] | 'all'
  readonly topic: string | undefined
}

/** Letters as people type them in a hurry: no capitals, no accents. */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/**
 * What is shown of what this device has read. Nobody is asked, so nobody learns
 * what is looked for.
 *
 * @param topicNames names of a topic and its group in the language on screen
 */
export function searchOffers(
  offers: readonly OfferView[],
  { text, kind, topic }: Search,
  topicNames: (topic: string) => string,
): readonly OfferView[] {
  const words = plain(text).split(/\s+/).filter(Boolean)
  return offers.filter((offer) => {
    if (kind !== 'all' && offer.kind !== kind) return false
    if (topic !== undefined && !offer.topics.includes(topic)) return false
    if (words.length === 0) return true
    const names = offer.topics.map(topicNames)
    const all = plain([offer.title, offer.text, offer.author.pseudonym, ...names].join('\n'))
    return words.every((word) => all.includes(word))
  })
}

/** How many offers each topic has. */
export function countTopics(offers: readonly OfferView[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { topics } of offers) for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  return counts
}
