import type { OfferDraft } from './offers.ts'
import { utf8Length } from './utf8-length.ts'

/**
 * How many bytes an offer's words take in its box, of `limits.offerRoom`: all
 * texts in UTF-8, and two bytes more for each entry of a list. PROTOCOL.md
 * section "Offer content"
 */
export function offerRoom({ title, text, boundaries, meet, inReturn, ...lists }: OfferDraft): number {
  const texts = [title, text, boundaries, meet, inReturn.text]
  const entries = [...lists.topics, ...lists.tags, ...lists.languages, ...inReturn.topics]
  return [...texts, ...entries].reduce((sum, words) => sum + utf8Length(words), 2 * entries.length)
}
