import { author, done, id, many, notIds, only, spoilt, time, type Sample } from './sample-parts.ts'

const vouch = {
  id,
  personaId: id,
  conversationId: null,
  direction: 'received',
  contact: author,
  topic: 'sewing',
  state: 'given',
  at: time,
  endsAt: time,
  shown: true,
}
const count = { offerId: id, topic: 'sewing', mine: false, known: 2, near: 1 }
const aboutTopic = {
  input: { conversationId: id, topic: 'sewing' },
  refused: [
    ...spoilt({ topic: 'sewing' }, 'conversationId', notIds),
    ...spoilt({ conversationId: id }, 'topic', [undefined, '', 'Sewing', 'x'.repeat(41), 7]),
  ],
  ...done,
}

/** Those of vouches. */
export const vouchSamples: Readonly<Record<string, Sample>> = {
  'vouches.list': many(vouch),
  'vouches.give': aboutTopic,
  'vouches.ask': aboutTopic,
  'vouches.takeBack': { ...only('vouchId'), ...done },
  'vouches.remove': { ...only('vouchId'), ...done },
  'vouches.setShown': {
    input: { vouchId: id, shown: true },
    refused: [
      ...spoilt({ shown: true }, 'vouchId', notIds),
      ...spoilt({ vouchId: id }, 'shown', [undefined, 1, 'yes']),
    ],
    ...done,
  },
  'vouches.counts': {
    ...only('communityId'),
    output: [count],
    broken: [undefined, count, [{}], [{ ...count, known: -1 }]],
  },
  'vouches.beginning': {
    ...only('conversationId'),
    output: { kind: 'offer', topics: ['sewing'], languages: ['it'], learns: true },
    broken: [undefined, {}, { kind: 'swap', topics: [], languages: [], learns: true }],
  },
}
