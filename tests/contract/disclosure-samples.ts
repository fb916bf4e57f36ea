import { limits } from '../../core/api/limits.ts'
import { author, id, many, notIds, nothings, only, spoilt, time, type Sample } from './sample-parts.ts'

export const card = { pronouns: 'she/her', age: '25-34', region: 'the north', name: 'Mara', words: 'I like tea.' }
const shown = { words: card, hasVoice: true, since: [{ field: 'voice', at: time }] }
const view = { output: { mine: shown, theirs: { words: {}, hasVoice: false, since: [] }, changed: ['words'] } }
const badViews = [undefined, null, {}, { ...view.output, changed: ['shoe size'] }, { ...view.output, theirs: card }]
const voice = { mediaType: 'audio/webm', bytes: 'AAEC' }
const noVoices = [undefined, null, {}, { ...voice, mediaType: 'text/html' }, { ...voice, bytes: '' }]
const cardOutput = { output: { words: card, hasVoice: true }, broken: [undefined, null, {}, { words: card }] }
const fields = {
  input: { conversationId: id, fields: ['pronouns', 'voice'] },
  refused: [
    ...nothings,
    ...spoilt({ fields: ['age'] }, 'conversationId', notIds),
    ...spoilt({ conversationId: id }, 'fields', [undefined, [], 'age', ['shoe size'], Array(7).fill('age')]),
  ],
  ...view,
  broken: badViews,
}

/** Those of what people show of themselves. */
export const disclosureSamples: Readonly<Record<string, Sample>> = {
  'disclosure.card': { ...only('personaId'), ...cardOutput },
  'disclosure.saveCard': {
    input: { personaId: id, words: card },
    refused: [
      ...spoilt({ words: card }, 'personaId', notIds),
      ...spoilt({ personaId: id }, 'words', [
        undefined,
        null,
        { ...card, pronouns: 'x'.repeat(limits.card.pronouns + 1) },
        { ...card, age: '27' },
        { ...card, region: 'here\nthere' },
        { ...card, name: '\u202Earam' },
        { ...card, words: 'x'.repeat(limits.card.words + 1) },
      ]),
    ],
    ...cardOutput,
  },
  'disclosure.saveVoice': {
    input: { personaId: id, voice },
    refused: [
      ...spoilt({ voice: null }, 'personaId', notIds),
      ...spoilt({ personaId: id }, 'voice', [
        undefined,
        'x',
        { ...voice, mediaType: 'audio/x' },
        { ...voice, bytes: 'x y' },
        { ...voice, bytes: 'x'.repeat(limits.card.voice * 2) },
      ]),
    ],
    ...cardOutput,
  },
  'disclosure.ownVoice': { ...only('personaId'), output: voice, broken: noVoices },
  'disclosure.view': { ...only('conversationId'), ...view, broken: badViews },
  'disclosure.show': fields,
  'disclosure.takeBack': fields,
  'disclosure.voice': {
    input: { conversationId: id, mine: false },
    refused: [...spoilt({ mine: true }, 'conversationId', notIds), { conversationId: id, mine: 'yes' }],
    output: voice,
    broken: noVoices,
  },
  'disclosure.log': {
    ...many({ personaId: id, contact: author, conversationId: null, field: 'age', deed: 'taken-back', at: time }),
    broken: [
      undefined,
      [{}],
      [{ personaId: id, contact: author, conversationId: id, field: 'x', deed: 'shown', at: 1 }],
    ],
  },
}
