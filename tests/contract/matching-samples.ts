import { limits } from '../../core/api/limits.ts'
import { draft, offer } from './offer-samples.ts'
import { author, id, notIds, spoilt, type Sample } from './sample-parts.ts'

const { kind, topics, tags, languages, level, formats, availability } = draft
const wish = { kind, topics, tags, languages, level, formats, availability }
const here = { communityId: id, limit: 10 }
const suggestion = {
  offer,
  reasons: [
    { kind: 'swap', topic: 'rights' },
    { kind: 'topic', topic: 'rights' },
    { kind: 'near-topic', topic: 'rights', wished: 'housing' },
    { kind: 'tag', tag: 'ukulele' },
    { kind: 'availability', blocks: [0, 41] },
    { kind: 'language', languages: ['it'] },
    { kind: 'level', level: 'some' },
    { kind: 'format', formats: ['voice'] },
    { kind: 'new' },
    { kind: 'newcomer' },
  ],
}
const step = { mine: true, giver: author, offerId: id, requestId: id, topic: 'rights', wished: 'housing' }
const ring = { personaId: id, steps: [step, { ...step, mine: false }] }

const limit = (most: number): unknown[] => spoilt(here, 'limit', [0, most + 1, 1.5, '5', null, undefined])

export const matchingSamples: Readonly<Record<string, Sample>> = {
  'matching.suggest': {
    input: { ...here, wish },
    refused: [
      ...spoilt(here, 'communityId', notIds),
      ...limit(100),
      ...spoilt(here, 'wish', [
        null,
        {},
        { ...wish, kind: 'swap' },
        { ...wish, topics: [] },
        { ...wish, topics: ['No Topic'] },
        { ...wish, languages: ['italiano'] },
        { ...wish, formats: [] },
        { ...wish, availability: [42] },
        { ...wish, tags: undefined },
      ]),
    ],
    output: [suggestion],
    broken: [
      undefined,
      suggestion,
      [{ ...suggestion, reasons: [] }],
      [{ ...suggestion, reasons: [{ kind: 'because' }] }],
      [{ ...suggestion, offer: { ...offer, author: { ...author, lookalike: 'nice' } } }],
    ],
  },
  'matching.search': {
    input: { ...here, text: 'cura di sé', kind: 'offer', topic: 'rights' },
    refused: [
      ...spoilt({ ...here, text: 'x' }, 'communityId', notIds),
      ...spoilt(here, 'text', [undefined, '', '  ', 7, 'x'.repeat(limits.searchText + 1)]),
      ...spoilt({ ...here, text: 'x' }, 'kind', ['', 'swap', 7]),
      ...spoilt({ ...here, text: 'x' }, 'topic', ['', '../x', 'A', 7]),
      { communityId: id, text: 'x', limit: 201 },
    ],
    output: [offer],
    broken: [undefined, offer, [{}]],
  },
  'matching.rings': {
    input: here,
    refused: [...spoilt(here, 'communityId', notIds), ...limit(50)],
    output: [ring],
    broken: [undefined, ring, [{ ...ring, steps: [step] }], [{ ...ring, steps: [step, step, step, step] }]],
  },
}
