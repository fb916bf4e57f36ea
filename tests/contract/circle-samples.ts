import { limits } from '../../core/api/limits.ts'
import { done, id, just, many, notIds, nothings, only, spoilt, time, weave, type Sample } from './sample-parts.ts'

const member = {
  id,
  name: 'Riva',
  weave,
  mine: false,
  host: true,
  present: true,
  muted: false,
  differs: false,
}
const message = {
  id,
  author: { id, name: 'Riva', weave },
  mine: true,
  kind: 'text',
  title: '',
  text: 'x',
  missing: 0,
  sentAt: time,
  delivery: { state: 'stored', seenBy: 1, of: 2 },
}
const circle = {
  id,
  communityId: id,
  personaId: id,
  name: 'History evening',
  role: 'host',
  state: 'active',
  conversationId: null,
  hostName: 'Riva',
  ownName: 'Riva',
  members: [member],
  guests: [{ conversationId: id, name: 'Onda', state: 'invited' }],
  joined: [id],
  reports: [{ by: 'Riva', about: 'Onda', text: 'x', at: time }],
  awaited: 0,
  unread: 0,
  lastMessage: message,
  createdAt: time,
}
const circleId = { circleId: id }
const names = (max: number): unknown[] => ['', '  ', 7, undefined, 'x'.repeat(max + 1), 'a\u202Eb', 'a\nb']
const both = (other: string): unknown[] => [
  ...nothings,
  ...spoilt({ ...circleId, [other]: id }, 'circleId', notIds),
  ...spoilt({ ...circleId, [other]: id }, other, notIds),
]
const said = { ...circleId, clientId: id, text: 'x' }
const tooLong = (bytes: number): unknown[] => [
  undefined,
  '',
  ' \n',
  7,
  'x'.repeat(bytes + 1),
  'è'.repeat(bytes / 2 + 1),
]
const resource = { ...said, title: 'x' }
const messages = {
  ...many(message),
  broken: [undefined, [{}], [{ ...message, kind: 'picture' }], [{ ...message, delivery: 'stored' }]],
}

export const circleSamples: Readonly<Record<string, Sample>> = {
  'circles.list': many(circle),
  'circles.create': {
    input: { personaId: id, name: 'History evening', ownName: 'Riva' },
    refused: [
      ...nothings,
      ...spoilt({ personaId: id, name: 'x', ownName: 'Riva' }, 'personaId', notIds),
      ...spoilt({ personaId: id, name: 'x', ownName: 'Riva' }, 'name', names(limits.circle.name)),
      ...spoilt({ personaId: id, name: 'x', ownName: 'Riva' }, 'ownName', [...names(limits.pseudonym.max), 'x']),
    ],
    ...just(circle),
  },
  'circles.invite': {
    input: { ...circleId, conversationIds: [id] },
    refused: [
      ...spoilt({ ...circleId, conversationIds: [id] }, 'circleId', notIds),
      ...spoilt(circleId, 'conversationIds', [
        undefined,
        [],
        id,
        ['x'],
        Array.from({ length: limits.circle.members + 1 }, () => id),
      ]),
    ],
    ...just(circle),
  },
  'circles.withdrawInvitation': {
    input: { ...circleId, conversationId: id },
    refused: both('conversationId'),
    ...just(circle),
  },
  'circles.accept': {
    input: { ...circleId, ownName: 'Onda' },
    refused: [
      ...nothings,
      ...spoilt({ ...circleId, ownName: 'Onda' }, 'circleId', notIds),
      ...spoilt({ ...circleId, ownName: 'Onda' }, 'ownName', [...names(limits.pseudonym.max), 'x']),
    ],
    ...just(circle),
  },
  'circles.decline': { ...only('circleId'), ...done },
  'circles.messages': {
    input: { ...circleId, before: id, limit: 50 },
    refused: [
      ...nothings,
      ...spoilt({ ...circleId, limit: 50 }, 'circleId', notIds),
      ...spoilt({ ...circleId, limit: 50 }, 'before', ['x', 7, null]),
      ...spoilt({ ...circleId, limit: 50 }, 'limit', [0, 201, 1.5, undefined]),
    ],
    ...messages,
  },
  'circles.send': {
    input: said,
    refused: [
      ...nothings,
      ...spoilt(said, 'circleId', notIds),
      ...spoilt(said, 'clientId', notIds),
      ...spoilt(said, 'text', tooLong(limits.circle.text)),
    ],
    ...just(message),
  },
  'circles.resources': { ...only('circleId'), ...messages },
  'circles.addResource': {
    input: resource,
    refused: [
      ...nothings,
      ...spoilt(resource, 'circleId', notIds),
      ...spoilt(resource, 'clientId', notIds),
      ...spoilt(resource, 'title', names(limits.title)),
      ...spoilt(resource, 'text', tooLong(limits.circle.resourceText)),
    ],
    ...just(message),
  },
  'circles.withdrawResource': { ...only('messageId'), ...done },
  'circles.read': { ...only('circleId'), ...done },
  'circles.setMuted': {
    input: { ...circleId, memberId: id, muted: true },
    refused: [...both('memberId'), ...spoilt({ ...circleId, memberId: id }, 'muted', [undefined, 1, 'yes'])],
    ...just(circle),
  },
  'circles.remove': { input: { ...circleId, memberId: id }, refused: both('memberId'), ...just(circle) },
  'circles.report': {
    input: { ...circleId, memberId: id, text: 'x' },
    refused: [
      ...both('memberId'),
      ...spoilt({ ...circleId, memberId: id }, 'text', [undefined, '', ' ', 7, 'x'.repeat(limits.circle.report + 1)]),
    ],
    ...done,
  },
  'circles.leave': { ...only('circleId'), ...just(circle) },
  'circles.end': { ...only('circleId'), ...just(circle) },
  'circles.forget': { ...only('circleId'), ...done },
}
