import type { OfferDraft } from '../../core/api/views.ts'
import { author, id, time } from './sample-parts.ts'

export const draft: OfferDraft = {
  kind: 'offer',
  topics: ['rights'],
  title: 'First steps',
  text: 'What I learned when I began.',
  languages: ['it'],
  level: 'any',
  formats: ['text'],
}
export const offer = {
  ...draft,
  id,
  communityId: id,
  author,
  hints: ['lookalike'],
  mine: false,
  introduced: false,
  seenAt: time,
  expiresAt: time,
}
