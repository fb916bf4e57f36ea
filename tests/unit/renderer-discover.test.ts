import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuthorView, OfferView } from '../../core/api/views.ts'
import { isAlike, lookalikesOf } from '../../renderer/features/discover/lookalikes.ts'
import { countTopics, plain, searchOffers, type Search } from '../../renderer/features/discover/search.ts'

const author = (pseudonym: string, motif = 0): AuthorView => ({
  pseudonym,
  weave: { threads: [0, 1], motif, cells: Array.from({ length: 64 }, () => 0) },
})

function offer(words: Partial<OfferView>): OfferView {
  return {
    id: '0'.repeat(32),
    communityId: '1'.repeat(32),
    kind: 'offer',
    topics: ['sewing'],
    title: 'Sewing your own clothes',
    text: 'Slowly, by hand.',
    languages: ['en'],
    level: 'any',
    formats: ['text'],
    author: author('Quiet Heron'),
    hints: [],
    mine: false,
    introduced: false,
    seenAt: 0,
    expiresAt: 0,
    ...words,
  }
}

const all: Search = { text: '', kind: 'all', topic: undefined }
const names: Record<string, string> = { sewing: 'Cucito Mestieri', music: 'Musica Arti' }
const search = (offers: readonly OfferView[], wish: Partial<Search>): string[] =>
  searchOffers(offers, { ...all, ...wish }, (topic) => names[topic] ?? '').map(({ title }) => title)

describe('search', () => {
  const offers = [
    offer({}),
    offer({ title: 'Perché cantare', text: 'Voce e respiro', topics: ['music'], author: author('Città Blu') }),
    offer({ title: 'Wanted: a tailor', kind: 'request', topics: ['sewing', 'music'] }),
  ]

  it('shows everything where nothing is looked for', () => {
    expect(search(offers, {})).toHaveLength(3)
    expect(search(offers, { text: '   ' })).toHaveLength(3)
  })

  it('finds by title, text, pseudonym and topic name, without accents or capitals', () => {
    expect(search(offers, { text: 'PERCHE' })).toEqual(['Perché cantare'])
    expect(search(offers, { text: 'respiro' })).toEqual(['Perché cantare'])
    expect(search(offers, { text: 'citta' })).toEqual(['Perché cantare'])
    expect(search(offers, { text: 'cucito' })).toEqual(['Sewing your own clothes', 'Wanted: a tailor'])
  })

  it('wants every word, in any order', () => {
    expect(search(offers, { text: 'clothes sewing' })).toEqual(['Sewing your own clothes'])
    expect(search(offers, { text: 'clothes singing' })).toEqual([])
  })

  it('keeps to a kind and a topic', () => {
    expect(search(offers, { kind: 'request' })).toEqual(['Wanted: a tailor'])
    expect(search(offers, { topic: 'music' })).toEqual(['Perché cantare', 'Wanted: a tailor'])
    expect(search(offers, { topic: 'music', kind: 'offer' })).toEqual(['Perché cantare'])
  })

  it('takes what is typed as words and never as a pattern', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const found = searchOffers([offer({ text: `a ${text} b` })], { ...all, text }, () => '')
        expect(found).toHaveLength(1)
      }),
    )
  })

  it('counts the offers of each topic', () => {
    expect([...countTopics(offers)]).toEqual([
      ['sewing', 2],
      ['music', 2],
    ])
  })

  it('is plain about letters', () => {
    expect(plain('ÀÉÎõü ﬁn')).toBe('aeiou fin')
  })
})

describe('lookalikes', () => {
  it.each([
    ['Quiet Heron', 'Quiet Heron'],
    ['Quiet Heron', 'quiet heron'],
    ['Quiet Heron', 'Quiet Herón'],
    ['Quiet Heron', 'Qu1et Her0n'],
    ['Quiet Heron', 'Quiet Неrоn'],
    ['Quiet Heron', 'Quiet-Heron'],
    ['Quiet Heron', 'Quiet Herons'],
    ['Quiet Heron', 'Quiet Hern'],
    ['Quiet Heron', 'Quiet Haron'],
  ])('%s and %s', (a, b) => {
    expect(isAlike(a, b)).toBe(true)
    expect(isAlike(b, a)).toBe(true)
  })

  it.each([
    ['Quiet Heron', 'Quiet Robin'],
    ['Quiet Heron', 'Amber Fern'],
    ['Ada', 'Ida'],
  ])('not %s and %s', (a, b) => {
    expect(isAlike(a, b)).toBe(false)
  })

  it('points out another weave, each once, and never the same person', () => {
    const [me, other, same] = [author('Quiet Heron'), author('Quiet Her0n', 1), author('Quiet Heron')]
    expect(lookalikesOf(me, [me, same, other, other, author('Amber Fern', 2)])).toEqual([other])
  })
})
