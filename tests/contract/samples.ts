import { limits } from '../../core/api/limits.ts'
import { charterSamples } from './charter-samples.ts'
import { circleSamples } from './circle-samples.ts'
import { fileSamples } from './file-samples.ts'
import { card, disclosureSamples } from './disclosure-samples.ts'
import { conversationSamples } from './conversation-samples.ts'
import { librarySamples } from './library-samples.ts'
import { matchingSamples } from './matching-samples.ts'
import { mentorshipSamples } from './mentorship-samples.ts'
import { safetySamples } from './safety-samples.ts'
import { offerSamples } from './offer-samples.ts'
import { vouchSamples } from './vouch-samples.ts'
import {
  author,
  conversation,
  done,
  id,
  just,
  many,
  nothings,
  notIds,
  only,
  spoilt,
  time,
  weave,
  type Sample,
} from './sample-parts.ts'

const network = { state: 'reached', privacyMode: 'relay', nodesReached: 1, nodesKnown: 2 }
const community = { id, name: 'Lanterna', joinedAt: time, hosting: true, network }
const persona = { id, communityId: id, pseudonym: 'Riva', weave, createdAt: time }
const introduction = {
  id,
  personaId: id,
  offerId: id,
  offerTitle: 'x',
  from: author,
  text: 'x',
  card,
  receivedAt: time,
  work: 9,
  invited: { tokenId: id, note: 'for the choir' },
}
const inviteToken = { id, personaId: id, note: 'for the choir', text: 'abcd-efgh', createdAt: time }
const sent = {
  id,
  personaId: id,
  to: author,
  offerTitle: 'x',
  text: 'x',
  card: {},
  createdAt: time,
  state: 'waiting',
  progress: null,
  workBits: 8,
  invited: false,
  crowded: false,
}
const settings = {
  privacyMode: 'relay',
  language: 'system',
  theme: 'dark',
  autoLockMinutes: 15,
  readReceipts: false,
  fetchVoice: false,
  safetyIntro: 'seen',
}

const passphrase = {
  input: { passphrase: 'correct horse battery' },
  refused: [...nothings, {}, ...spoilt({}, 'passphrase', ['', 7, null, 'x'.repeat(limits.passphrase.max + 1)])],
}
const link = {
  input: { link: 'staffetta:x' },
  refused: [...nothings, {}, ...spoilt({}, 'link', ['', ' ', 7, 'x'.repeat(limits.link + 1)])],
}
const vaultView = { output: { state: 'open' }, broken: [undefined, null, {}, { state: 'ajar' }] }

/** Every procedure of the contract but `events`, by its path. */
export const samples: Readonly<Record<string, Sample>> = {
  'vault.view': vaultView,
  'vault.create': { ...passphrase, ...vaultView },
  'vault.unlock': { ...passphrase, ...vaultView },
  'vault.lock': vaultView,

  'communities.list': many(community),
  'communities.create': {
    input: { name: 'Lanterna' },
    refused: [
      ...nothings,
      {},
      ...spoilt({}, 'name', ['', '   ', 7, 'x'.repeat(limits.communityName + 1)]),
      ...spoilt({ name: 'x' }, 'nodeLink', ['', 7, 'x'.repeat(limits.link + 1)]),
    ],
    ...just(community),
  },
  'communities.nodeLink': { ...only('communityId'), output: { link: 'x' }, broken: [{}, { link: 7 }] },
  'communities.addNode': {
    input: { communityId: id, link: 'staffetta:x' },
    refused: [{}, ...spoilt({ communityId: id, link: 'x' }, 'communityId', notIds), { communityId: id, link: '' }],
    ...just(community),
  },
  'communities.invite': {
    input: { communityId: id, days: 7 },
    refused: [
      ...spoilt({ communityId: id, days: 7 }, 'communityId', notIds),
      ...spoilt({ communityId: id, days: 7 }, 'days', [0, 31, 1.5, -1, '7', null, Infinity, NaN]),
    ],
    output: { link: 'x', expiresAt: time },
    broken: [{}, { link: 'x' }, { link: 7, expiresAt: time }],
  },
  'communities.inspect': {
    ...link,
    output: { communityName: 'Lanterna', expiresAt: time, nodes: 1, alreadyMember: false },
    broken: [{}, { communityName: 'x', expiresAt: -1, nodes: 1, alreadyMember: false }],
  },
  'communities.join': { ...link, ...just(community) },
  'communities.check': { ...only('communityId'), ...done },
  'communities.reconnect': { ...only('communityId'), ...done },

  'personas.list': many(persona),
  'personas.propose': {
    input: { language: 'it' },
    refused: [...nothings, {}, ...spoilt({}, 'language', ['', 'xx', 7, 'IT'])],
    output: ['Riva', 'Onda', 'Vela', 'Faro', 'Scia', 'Molo'],
    broken: [[], ['one'], undefined],
  },
  'personas.create': {
    input: { communityId: id, pseudonym: 'Riva' },
    refused: [
      ...spoilt({ communityId: id, pseudonym: 'Riva' }, 'communityId', notIds),
      ...spoilt({ communityId: id, pseudonym: 'Riva' }, 'pseudonym', [
        'x',
        'x'.repeat(limits.pseudonym.max + 1),
        // a direction override would turn the name of a neighbour round
        'Ri\u202Eva',
        'Ri\u200Bva',
        'Ri\nva',
        7,
      ]),
    ],
    ...just(persona),
  },

  'topics.list': {
    input: { language: 'tr' },
    refused: [
      ...nothings,
      {},
      ...spoilt({}, 'language', ['', 'xx', 'system', 7]),
      { language: 'tr', communityId: 'x' },
    ],
    output: [{ id: 'rights', name: 'Haklar', topics: [{ id: 'housing', name: 'Kira', also: ['ev'] }] }],
    broken: [
      undefined,
      [{ id: 'No Topic', name: 'x', topics: [] }],
      [{ id: 'rights', name: 'x', topics: [{ id: 'housing', name: '', also: [] }] }],
    ],
  },
  ...charterSamples,

  ...librarySamples,

  ...matchingSamples,
  ...mentorshipSamples,

  ...offerSamples,

  'introductions.pending': many(introduction),
  'introductions.sent': many(sent),
  'introductions.send': {
    input: { personaId: id, offerId: id, text: 'I would like to learn' },
    refused: [
      ...spoilt({ personaId: id, offerId: id, text: 'x' }, 'personaId', notIds),
      ...spoilt({ personaId: id, offerId: id, text: 'x' }, 'offerId', notIds),
      ...spoilt({ personaId: id, offerId: id }, 'text', ['', '  ', 7, 'x'.repeat(limits.introductionText + 1)]),
      ...spoilt({ personaId: id, offerId: id, text: 'x' }, 'token', ['', ' ', 7, 'x'.repeat(limits.tokenText + 1)]),
      ...spoilt({ personaId: id, offerId: id, text: 'x' }, 'workBits', [7, 15, 8.5, '9', null]),
      ...spoilt({ personaId: id, offerId: id, text: 'x' }, 'show', ['age', ['voice'], ['shoe size']]),
    ],
    ...just(sent),
  },
  'introductions.cancel': { ...only('introductionId'), ...done },
  'introductions.retry': {
    input: { introductionId: id, workBits: 10 },
    refused: [
      ...spoilt({}, 'introductionId', notIds),
      ...spoilt({ introductionId: id }, 'workBits', [7, 15, 8.5, '9', null]),
    ],
    ...done,
  },
  'introductions.tokens': many(inviteToken),
  'introductions.makeToken': {
    input: { personaId: id, note: 'for the choir' },
    refused: [
      ...spoilt({ note: 'x' }, 'personaId', notIds),
      ...spoilt({ personaId: id }, 'note', [undefined, null, 7, 'a\nb', 'x'.repeat(limits.tokenNote + 1)]),
    ],
    ...just(inviteToken),
  },
  'introductions.revokeToken': { ...only('tokenId'), ...done },
  'introductions.accept': { ...only('introductionId'), ...just(conversation) },
  'introductions.decline': { ...only('introductionId'), ...done },

  ...conversationSamples,

  ...fileSamples,

  ...disclosureSamples,

  ...vouchSamples,

  ...safetySamples,
  ...circleSamples,

  'settings.view': just(settings),
  'settings.change': {
    input: { theme: 'dark' },
    refused: [
      ...nothings,
      ...spoilt({}, 'privacyMode', ['', 'off', 7]),
      ...spoilt({}, 'autoLockMinutes', [-1, 241, 0.5, '15']),
      ...spoilt({}, 'theme', ['pink', null]),
      ...spoilt({}, 'fetchVoice', ['yes', 1, null]),
      ...spoilt({}, 'safetyIntro', ['', true, null]),
    ],
    ...just(settings),
  },
}
