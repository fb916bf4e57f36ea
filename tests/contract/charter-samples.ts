import { limits } from '../../core/api/limits.ts'
import { id, notIds, spoilt, time, weave, type Sample } from './sample-parts.ts'

const key = 'a'.repeat(64)
const topic = {
  id: 'own-abcdefgh',
  words: [{ language: 'it', name: 'Coro', also: ['cantare insieme'] }],
  near: ['singing'],
}
const charter = {
  version: 2,
  signedAt: time,
  founder: 'mine',
  out: true,
  guardians: [{ key, name: 'Riva', mine: false }],
  editors: [{ key, name: 'Sole', weave, personaId: null }],
  topics: [topic],
}
const here = { communityId: id }
const handed = { ...here, name: 'Riva', code: 'staffetta:guardian:abc' }
const notKeys = ['', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(64)}\n`, 7, null, undefined]
const broken = [
  undefined,
  null,
  {},
  { ...charter, founder: 'nobody' },
  { ...charter, guardians: [{ key, name: 'Riva' }] },
  { ...charter, editors: [{ key: 'b', name: 'Sole', weave, personaId: null }] },
  { ...charter, topics: [{ ...topic, id: 'singing' }] },
]
const where = spoilt(handed, 'communityId', notIds)

const named: Sample = {
  input: handed,
  refused: [
    ...where,
    ...spoilt(handed, 'name', ['', '  ', 'a\u202eb', 'a\nb', 'x'.repeat(limits.charter.name + 1), 7]),
    ...spoilt(handed, 'code', ['', ' ', 'x'.repeat(limits.memberCode + 1), 7, undefined]),
  ],
  output: charter,
  broken,
}
const byKey: Sample = {
  input: { ...here, key },
  refused: [...spoilt({ ...here, key }, 'communityId', notIds), ...spoilt(here, 'key', notKeys)],
  output: charter,
  broken,
}
const written = { ...here, words: topic.words, near: topic.near }
const code = { output: { code: 'staffetta:editor:abc' }, broken: [undefined, {}, { code: 7 }] }

export const charterSamples: Readonly<Record<string, Sample>> = {
  'charter.view': { input: here, refused: spoilt(here, 'communityId', notIds), output: charter, broken },
  'charter.addGuardian': named,
  'charter.removeGuardian': byKey,
  'charter.addEditor': named,
  'charter.removeEditor': byKey,
  'charter.putTopic': {
    input: { ...written, id: topic.id },
    refused: [
      ...spoilt(written, 'communityId', notIds),
      ...spoilt(written, 'id', ['', 'singing', 'own-', 'own-A', null, 7]),
      ...spoilt(written, 'words', [
        [],
        [{ language: 'xx', name: 'Coro', also: [] }],
        [{ language: 'it', name: '', also: [] }],
        [{ language: 'it', name: 'x'.repeat(limits.charter.topicName + 1), also: [] }],
        [{ language: 'it', name: 'Coro', also: Array(limits.charter.topicWords + 1).fill('x') }],
      ]),
      ...spoilt(written, 'near', [undefined, ['A'], Array(limits.charter.neighbours + 1).fill('singing')]),
    ],
    output: charter,
    broken,
  },
  'charter.removeTopic': {
    input: { ...here, id: topic.id },
    refused: [...spoilt({ ...here, id: topic.id }, 'communityId', notIds), ...spoilt(here, 'id', ['', 'singing', 7])],
    output: charter,
    broken,
  },
  'charter.guardianCode': { input: here, refused: spoilt(here, 'communityId', notIds), ...code },
  'charter.editorCode': { input: { personaId: id }, refused: spoilt({}, 'personaId', notIds), ...code },
}
