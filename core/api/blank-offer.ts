import type { OfferDraft } from './offers.ts'

/** What an offer says that says no more than it must. Free of zod, for the windows. */
export const unsaid: Pick<
  OfferDraft,
  'tags' | 'availability' | 'capacity' | 'duration' | 'boundaries' | 'inReturn' | 'meet'
> = {
  tags: [],
  availability: [],
  capacity: 1,
  duration: 'open',
  boundaries: '',
  inReturn: { topics: [], text: '' },
  meet: '',
}
