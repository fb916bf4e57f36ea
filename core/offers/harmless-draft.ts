import { blocksOfWeek } from '../api/availability.ts'
import { limits } from '../api/limits.ts'
import type { OfferDraft } from '../api/offers.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'

/** A free tag as it is compared and shown: two people who mean the same word write it the same. Empty where nothing is left of it. */
export function tagOf(text: string): string {
  return harmlessLine(text.normalize('NFKC').toLowerCase())
    .replace(/^[#\s]+/u, '')
    .slice(0, limits.tag)
    .toWellFormed()
    .trim()
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)]
}

/** What somebody wrote, with nothing in it that deceives: as others see it, and as one's own is saved. */
export function harmlessDraft<Draft extends OfferDraft>(draft: Draft): Draft {
  return {
    ...draft,
    topics: unique(draft.topics),
    tags: unique(draft.tags.map(tagOf)).filter((tag) => tag !== ''),
    title: harmlessLine(draft.title),
    text: harmlessText(draft.text),
    languages: unique(draft.languages),
    formats: unique(draft.formats),
    availability: unique(draft.availability)
      .filter((block) => block < blocksOfWeek)
      .toSorted((a, b) => a - b),
    boundaries: harmlessText(draft.boundaries),
    inReturn: { topics: unique(draft.inReturn.topics), text: harmlessText(draft.inReturn.text) },
    meet: harmlessText(draft.meet),
  }
}

/** One's own, as it is saved and will be read: lists without repeats, no halves of characters, nothing that was pasted in unseen. */
export function ownDraft(draft: OfferDraft): OfferDraft {
  const title = draft.title.toWellFormed()
  return {
    ...harmlessDraft({
      ...draft,
      text: draft.text.toWellFormed(),
      boundaries: draft.boundaries.toWellFormed(),
      inReturn: { ...draft.inReturn, text: draft.inReturn.text.toWellFormed() },
      meet: draft.meet.toWellFormed(),
    }),
    title,
  }
}
