import { limits } from '../../core/api/limits.ts'
import {
  author,
  conversation,
  done,
  id,
  just,
  many,
  message,
  notIds,
  only,
  spoilt,
  time,
  type Sample,
} from './sample-parts.ts'

const safetyNumber = { digits: '1234567890'.repeat(6), code: 'staffetta:safety:x', verified: false, changed: false }

const tooMuchText: readonly unknown[] = [
  '',
  7,
  null,
  'x'.repeat(limits.messageBytes + 1),
  'è'.repeat(limits.messageBytes / 2 + 1),
]

/** Those of conversations. */
export const conversationSamples: Readonly<Record<string, Sample>> = {
  'conversations.list': many(conversation),
  'conversations.messages': {
    input: { conversationId: id, limit: 50 },
    refused: [
      ...spoilt({ conversationId: id, limit: 50 }, 'conversationId', notIds),
      ...spoilt({ conversationId: id, limit: 50 }, 'limit', [0, 201, 1.5, '50', null, undefined]),
      ...spoilt({ conversationId: id, limit: 50 }, 'before', ['x', 1.5, null]),
    ],
    ...many(message),
  },
  'conversations.send': {
    input: { conversationId: id, clientId: id, text: 'hello' },
    refused: [
      ...spoilt({ conversationId: id, clientId: id, text: 'x' }, 'clientId', notIds),
      ...spoilt({ conversationId: id, clientId: id }, 'text', tooMuchText),
      ...spoilt({ conversationId: id, clientId: id, text: 'x' }, 'replyTo', notIds.slice(0, -4)),
    ],
    ...just(message),
  },
  'conversations.react': {
    input: { messageId: id, emoji: '👍🏽' },
    refused: [
      ...spoilt({ emoji: '👍' }, 'messageId', notIds),
      ...spoilt({ messageId: id }, 'emoji', ['x', 7, null, undefined, '👍👍', '1', '👍'.repeat(20)]),
    ],
    ...just(message),
  },
  'conversations.edit': {
    input: { messageId: id, text: 'hello' },
    refused: [...spoilt({ text: 'x' }, 'messageId', notIds), ...spoilt({ messageId: id }, 'text', tooMuchText)],
    ...just(message),
  },
  'conversations.deleteForBoth': { ...only('messageId'), ...just(message) },
  'conversations.deleteHere': { ...only('messageId'), ...done },
  'conversations.setTimer': {
    input: { conversationId: id, seconds: 3600 },
    refused: spoilt({ conversationId: id }, 'seconds', [1, -1, null, undefined, '3600', 3601]),
    ...just(conversation),
  },
  'conversations.saveDraft': {
    input: { conversationId: id, text: '' },
    refused: spoilt({ conversationId: id }, 'text', tooMuchText.slice(1)),
    ...done,
  },
  'conversations.search': {
    input: { text: 'thursday', limit: 20 },
    refused: [
      ...spoilt({ limit: 20 }, 'text', ['', ' ', 7, 'x'.repeat(limits.searchText + 1)]),
      ...spoilt({ text: 'x' }, 'limit', [0, 101, 1.5, '20', null, undefined]),
      ...spoilt({ text: 'x', limit: 20 }, 'conversationId', notIds.slice(0, -4)),
    ],
    output: [{ message, contact: author }],
    broken: [undefined, null, {}, [{ message }], [{ message: { ...message, kind: 'song' }, contact: author }]],
  },
  'conversations.waiting': {
    ...only('conversationId'),
    output: { queued: 2, reason: 'retrying', nextTryAt: time },
    broken: [undefined, null, {}, { queued: 2, reason: 'bored', nextTryAt: null }],
  },
  'conversations.setMuted': {
    input: { conversationId: id, muted: true },
    refused: spoilt({ conversationId: id }, 'muted', [undefined, 'yes', 1, null]),
    ...just(conversation),
  },
  'conversations.setBlocked': {
    input: { conversationId: id, blocked: true },
    refused: spoilt({ conversationId: id }, 'blocked', [undefined, 'yes', 1, null]),
    ...just(conversation),
  },
  'conversations.end': { ...only('conversationId'), ...just(conversation) },
  'conversations.forget': { ...only('conversationId'), ...done },
  'conversations.read': {
    input: { conversationId: id, upTo: 3 },
    refused: spoilt({ conversationId: id, upTo: 3 }, 'upTo', [undefined, 'x', 1.5, null]),
    ...done,
  },
  'conversations.safetyNumber': {
    ...only('conversationId'),
    output: safetyNumber,
    broken: [undefined, {}, { ...safetyNumber, digits: '12345' }, { ...safetyNumber, verified: 'yes' }],
  },
  'conversations.compareSafetyNumber': {
    input: { conversationId: id, code: 'staffetta:safety:x' },
    refused: [
      ...spoilt({ conversationId: id, code: 'x' }, 'conversationId', notIds),
      ...spoilt({ conversationId: id, code: 'x' }, 'code', ['', ' ', 7, null, 'x'.repeat(limits.safetyCode + 1)]),
    ],
    output: { match: true },
    broken: [undefined, {}, { match: 'yes' }],
  },
  'conversations.setVerified': {
    input: { conversationId: id, verified: true },
    refused: spoilt({ conversationId: id, verified: true }, 'verified', [undefined, 'yes', 1, null]),
    ...just(conversation),
  },
  'conversations.goOn': { ...only('conversationId'), ...just(conversation) },
  'conversations.allowDirect': {
    input: { conversationId: id, allowed: true },
    refused: spoilt({ conversationId: id, allowed: true }, 'allowed', [undefined, 'yes', 1, null]),
    ...just(conversation),
  },
}
