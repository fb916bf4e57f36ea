import { limits } from '../../core/api/limits.ts'
import { id, notIds, spoilt, time, type Sample } from './sample-parts.ts'

const article = {
  articleId: id,
  language: 'it',
  title: 'La nostra storia',
  topics: ['queer-history'],
  version: 3,
  signedAt: time,
  signedBy: { name: 'Rosa', guardian: false, mine: true },
  out: false,
}
const whole = { ...article, text: '# Anni' }
const here = { communityId: id }
const version = { ...here, articleId: id, language: 'it' }
const written = { ...here, language: 'it', title: 'Anni', topics: ['queer-history'], text: '# Anni' }
const where = (of: object): unknown[] => spoilt(of, 'communityId', notIds)
const broken = [undefined, {}, { ...whole, version: 0 }, { ...whole, signedBy: 'Rosa' }, { ...whole, text: undefined }]

export const librarySamples: Readonly<Record<string, Sample>> = {
  'library.list': {
    input: here,
    refused: where(here),
    output: { signsAs: null, articles: [article] },
    broken: [undefined, {}, { signsAs: null, articles: [{}] }, { signsAs: 7, articles: [] }],
  },
  'library.read': {
    input: version,
    refused: [
      ...where(version),
      ...spoilt(version, 'articleId', notIds),
      ...spoilt(version, 'language', ['', 'IT', 'italian', 7, null]),
    ],
    output: whole,
    broken,
  },
  'library.search': {
    input: { ...here, text: 'storia', limit: 20 },
    refused: [
      ...where({ ...here, text: 'x', limit: 20 }),
      ...spoilt({ ...here, limit: 20 }, 'text', ['', ' ', 7, 'x'.repeat(limits.searchText + 1)]),
      ...spoilt({ ...here, text: 'x' }, 'limit', [0, 101, 1.5, null]),
    ],
    output: [{ article, excerpt: 'una storia' }],
    broken: [undefined, [{}], [{ article, excerpt: 7 }]],
  },
  'library.publish': {
    input: { ...written, articleId: id },
    refused: [
      ...where(written),
      ...spoilt(written, 'articleId', ['', 'x', null, 7]),
      ...spoilt(written, 'title', ['', ' ', 'a\u202eb', 'x'.repeat(limits.library.title + 1), 7]),
      ...spoilt(written, 'topics', [['A'], Array(limits.topics + 1).fill('taxes'), 'taxes']),
      ...spoilt(written, 'text', ['', 'x'.repeat(limits.library.text + 1), 'è'.repeat(limits.library.text / 2 + 1), 7]),
    ],
    output: whole,
    broken,
  },
  'library.withdraw': {
    input: version,
    refused: [...where(version), ...spoilt(version, 'articleId', notIds)],
    output: {},
    broken: [undefined, 7],
  },
  'library.refresh': { input: here, refused: where(here), output: {}, broken: [undefined, 7] },
}
