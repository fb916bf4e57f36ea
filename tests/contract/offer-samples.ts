import type { OfferDraft } from '../../core/api/offers.ts'
import { limits } from '../../core/api/limits.ts'
import { author, done, id, just, many, notIds, only, spoilt, time, type Sample } from './sample-parts.ts'

export const draft: OfferDraft = {
  kind: 'offer',
  topics: ['rights'],
  title: 'First steps',
  text: 'What I learned when I began.',
  languages: ['it'],
  level: 'any',
  formats: ['text'],
  tags: ['ukulele'],
  availability: [0, 41],
  capacity: 2,
  duration: 'weeks',
  boundaries: 'No calls at night.',
  inReturn: { topics: ['cooking'], text: 'Or a coffee.' },
  meet: 'Anyone who begins.',
}
export const offer = {
  ...draft,
  id,
  communityId: id,
  author: { ...author, lookalike: true as const },
  mine: false,
  introduced: false,
  seenAt: time,
  expiresAt: time,
}
const ownOffer = {
  ...draft,
  id,
  personaId: id,
  communityId: id,
  createdAt: time,
  expiresAt: time,
  endsSoon: true,
  accepted: 2,
  state: 'publishing',
  progress: { phase: 'working', fraction: 0.5 },
}
const blank = { ...draft, topics: [], title: '', text: '', languages: [], formats: [] }
export const writing = { id, personaId: id, communityId: id, offerId: null, draft: blank, changedAt: time }

/** What neither a draft nor an offer may say. */
const wrongWords = [
  { ...draft, tags: ['a', 'b', 'c', 'd', 'e', 'f'] },
  { ...draft, tags: [''] },
  { ...draft, tags: ['x'.repeat(limits.tag + 1)] },
  { ...draft, tags: ['a\u202eb'] },
  { ...draft, availability: [42] },
  { ...draft, availability: [0.5] },
  { ...draft, capacity: 0 },
  { ...draft, capacity: limits.capacity + 1 },
  { ...draft, duration: 'for ever' },
  { ...draft, boundaries: 'x'.repeat(limits.boundaries + 1) },
  { ...draft, inReturn: { topics: ['A b'], text: '' } },
  { ...draft, inReturn: { topics: [], text: 'x'.repeat(limits.inReturn + 1) } },
  { ...draft, inReturn: null },
  { ...draft, meet: 7 },
]

export const offerSamples: Readonly<Record<string, Sample>> = {
  'offers.browse': {
    input: { communityId: id, topic: 'rights', kind: 'offer' },
    refused: [
      ...spoilt({ communityId: id }, 'communityId', notIds),
      ...spoilt({ communityId: id }, 'topic', ['', '../x', 'A', 'x'.repeat(41), 7]),
      ...spoilt({ communityId: id }, 'kind', ['', 'swap', 7]),
    ],
    ...many(offer),
  },
  'offers.refresh': {
    input: { communityId: id },
    refused: spoilt({ communityId: id }, 'communityId', notIds),
    output: { found: 3 },
    broken: [{}, { found: 0.5 }],
  },
  'offers.mine': many(ownOffer),
  'offers.publish': {
    input: { personaId: id, draft },
    refused: [
      ...spoilt({ personaId: id, draft }, 'personaId', notIds),
      ...spoilt({ personaId: id, draft }, 'draft', [
        undefined,
        {},
        { ...draft, kind: 'swap' },
        { ...draft, topics: [] },
        { ...draft, topics: ['a', 'b', 'c', 'd'] },
        { ...draft, title: ' ' },
        { ...draft, title: 'x'.repeat(limits.title + 1) },
        { ...draft, text: 'x'.repeat(limits.offerText + 1) },
        { ...draft, languages: ['italiano'] },
        { ...draft, level: 'expert' },
        { ...draft, formats: [] },
        ...wrongWords,
      ]),
      ...spoilt(
        { personaId: id, draft },
        'draftId',
        notIds.filter((each) => each !== undefined),
      ),
    ],
    ...just(ownOffer),
  },
  'offers.retry': { ...only('offerId'), ...done },
  'offers.withdraw': { ...only('offerId'), ...done },
  'offers.edit': {
    input: { offerId: id, draft, draftId: id },
    refused: [
      ...spoilt({ offerId: id, draft }, 'offerId', notIds),
      ...spoilt({ offerId: id, draft }, 'draft', [undefined, {}, blank, ...wrongWords]),
    ],
    ...just(ownOffer),
  },
  'offers.preview': {
    input: { personaId: id, draft: blank },
    refused: [
      ...spoilt({ personaId: id, draft }, 'personaId', notIds),
      ...spoilt({ personaId: id, draft }, 'draft', [undefined, {}, ...wrongWords]),
    ],
    output: { ...draft, author },
    broken: [undefined, {}, draft],
  },
  'offers.pause': { ...only('offerId'), ...done },
  'offers.resume': { ...only('offerId'), ...done },
  'offers.renew': { ...only('offerId'), ...just(ownOffer) },
  'offers.drafts': many(writing),
  'offers.saveDraft': {
    input: { draftId: id, personaId: id, draft: blank },
    refused: [
      ...spoilt({ draftId: id, personaId: id, draft }, 'draftId', notIds),
      ...spoilt({ draftId: id, personaId: id, draft }, 'personaId', notIds),
      ...spoilt({ draftId: id, personaId: id, draft }, 'draft', [undefined, {}, ...wrongWords]),
    ],
    ...just(writing),
  },
  'offers.discardDraft': { ...only('draftId'), ...done },
}
