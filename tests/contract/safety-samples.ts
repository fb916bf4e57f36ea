import { limits } from '../../core/api/limits.ts'
import { author, done, id, just, many, notIds, nothings, only, spoilt, time, type Sample } from './sample-parts.ts'

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

const key = 'cd'.repeat(32)
const notKeys = [undefined, '', 'x', 'CD'.repeat(32), `${key}0`, 7, null]
const guardian = { communityId: id, key, name: 'The oak', fingerprint, mine: false, follows: true }
const sent = {
  id,
  communityId: id,
  guardian: 'The oak',
  about: 'Riva',
  signed: true,
  createdAt: time,
  state: 'preparing',
  progress: { phase: 'working', fraction: 0.5 },
}
const received = { id, communityId: id, about: 'Riva', from: null, receivedAt: time, opened: false }
const notice = {
  id,
  communityId: id,
  guardian: 'The oak',
  guardianKey: key,
  mine: false,
  madeAt: time,
  until: time,
  language: 'it',
  words: 'x',
  blocked: [author],
}
const said = { communityId: id, language: 'it', words: 'x', days: 30, blocked: [{ offerId: id }, { reportId: id }] }

export const safetySamples: Readonly<Record<string, Sample>> = {
  'safety.guardians': {
    output: [guardian],
    broken: [undefined, guardian, [{}], [{ ...guardian, key: 'x' }], [{ ...guardian, fingerprint: key }]],
  },
  'safety.report': {
    input: { ...wish, guardian: key },
    refused: [...refusedWishes, ...spoilt(wish, 'guardian', notKeys)],
    ...just(sent),
  },
  'safety.sentReports': many(sent),
  'safety.retryReport': { ...only('reportId'), ...done },
  'safety.takeBackReport': { ...only('reportId'), ...done },
  'safety.receivedReports': many(received),
  'safety.openReport': {
    ...only('reportId'),
    output: { report: received, bundle, evidence },
    broken: [{}, { report: received, bundle, evidence: {} }, { report: {}, bundle, evidence }],
  },
  'safety.deleteReport': { ...only('reportId'), ...done },
  'safety.notices': { ...only('communityId'), ...many(notice) },
  'safety.hidden': {
    ...only('communityId'),
    output: { offers: [{ id, guardians: ['The oak'] }], introductions: [] },
    broken: [{}, { offers: [{ id, guardians: [] }], introductions: [] }, { offers: [], introductions: [{ id: 7 }] }],
  },
  'safety.follow': {
    input: { communityId: id, guardian: key, follows: false },
    refused: [
      ...spoilt({ guardian: key, follows: true }, 'communityId', notIds),
      ...spoilt({ communityId: id, follows: true }, 'guardian', notKeys),
      ...spoilt({ communityId: id, guardian: key }, 'follows', [undefined, 'yes', 1]),
    ],
    ...done,
  },
  'safety.publishNotice': {
    input: said,
    refused: [
      ...spoilt(said, 'communityId', notIds),
      ...spoilt(said, 'language', ['', 'italiano', 7]),
      ...spoilt(said, 'words', [undefined, 7, 'x'.repeat(limits.notices.words + 1)]),
      ...spoilt(said, 'days', [0, 181, 1.5, '7']),
      ...spoilt(said, 'blocked', [
        undefined,
        [{}],
        [{ offerId: 'x' }],
        Array.from({ length: limits.notices.blocked + 1 }, () => ({ offerId: id })),
      ]),
    ],
    ...done,
  },
  'safety.withdrawNotice': {
    input: { communityId: id, noticeId: id },
    refused: [...spoilt({ noticeId: id }, 'communityId', notIds), ...spoilt({ communityId: id }, 'noticeId', notIds)],
    ...done,
  },
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
