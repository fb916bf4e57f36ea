import { limits } from '../../core/api/limits.ts'
import { author, id, notIds, nothings, spoilt, time, type Sample } from './sample-parts.ts'

const fingerprint = Array.from({ length: 8 }, () => '0f9a').join(' ')
const evidence = {
  madeAt: time,
  communityName: 'Lanterna',
  exporter: { ...author, fingerprint, mine: true },
  contact: { ...author, fingerprint, keyOf: 'persona' },
  offerTitle: 'x',
  begunAt: time,
  offer: { proven: true, pseudonym: 'Riva', title: 'x', text: 'x' },
  note: '',
  messages: [{ own: false, kind: 'text', text: 'x', sentAt: time, edited: false, gap: false }],
}
const brokenEvidence = [
  {},
  { ...evidence, exporter: undefined },
  { ...evidence, exporter: { ...author, fingerprint: 'key', mine: true } },
  { ...evidence, offer: { proven: true } },
  { ...evidence, contact: { ...evidence.contact, keyOf: 'nobody' } },
  { ...evidence, messages: [{ own: false, kind: 'video', text: 'x', sentAt: time, edited: false, gap: false }] },
]
const wish = { conversationId: id, messageIds: [id], personaId: id, note: 'It began in March.' }
const bundle = 'o2F2AQ'
const refusedWishes = [
  ...nothings,
  ...spoilt(wish, 'conversationId', notIds),
  ...spoilt(wish, 'messageIds', [
    undefined,
    id,
    [],
    ['x'],
    Array.from({ length: limits.evidence.messages + 1 }, () => id),
  ]),
  ...spoilt(wish, 'personaId', [undefined, '', 'x', 7]),
  ...spoilt(wish, 'note', [undefined, null, 7, 'x'.repeat(limits.evidence.note + 1)]),
]

export const safetySamples: Readonly<Record<string, Sample>> = {
  'safety.makeEvidence': {
    input: wish,
    refused: refusedWishes,
    output: { bundle, evidence },
    broken: [
      undefined,
      { bundle },
      { bundle: 'not base64!', evidence },
      ...brokenEvidence.map((evidence) => ({ bundle, evidence })),
    ],
  },
  'safety.openEvidence': {
    input: { bundle },
    refused: [
      ...nothings,
      ...spoilt({}, 'bundle', ['', 7, 'not base64!', 'x'.repeat(Math.ceil((limits.evidence.bytes * 4) / 3) + 1)]),
    ],
    output: evidence,
    broken: brokenEvidence,
  },
}
