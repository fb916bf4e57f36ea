import { describe, expect, it } from 'vitest'
import { unsaid } from '../../core/api/blank-offer.ts'
import type { OfferView } from '../../core/api/offers.ts'
import type { AuthorView } from '../../core/api/views.ts'
import { topicGroups } from '../../core/topics/words.ts'
import { isAlike, lookalikesOf } from '../../renderer/features/discover/lookalikes.ts'
import { countTopics, filterOffers, plain, type Search } from '../../renderer/features/discover/search.ts'
import { matchingTopics } from '../../renderer/features/write/topic-search.ts'

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
    ...unsaid,
    author: author('Quiet Heron'),
    mine: false,
    introduced: false,
    seenAt: 0,
    expiresAt: 0,
    ...words,
  }
}

const all: Search = { text: '', kind: 'all', topic: undefined }
const filter = (offers: readonly OfferView[], wish: Partial<Search>): string[] =>
  filterOffers(offers, { ...all, ...wish }).map(({ title }) => title)

describe('what is shown', () => {
  const offers = [
    offer({}),
    offer({ title: 'Perché cantare', text: 'Voce e respiro', topics: ['music'], author: author('Città Blu') }),
    offer({ title: 'Wanted: a tailor', kind: 'request', topics: ['sewing', 'music'] }),
  ]

  it('is everything where nothing is chosen', () => {
    expect(filter(offers, {})).toHaveLength(3)
  })

  it('keeps to a kind and a topic', () => {
    expect(filter(offers, { kind: 'request' })).toEqual(['Wanted: a tailor'])
    expect(filter(offers, { topic: 'music' })).toEqual(['Perché cantare', 'Wanted: a tailor'])
    expect(filter(offers, { topic: 'music', kind: 'offer' })).toEqual(['Perché cantare'])
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

describe('the topics of the picker', () => {
  const groups = topicGroups('it')
  const found = (text: string): string[] =>
    matchingTopics(groups, text).flatMap(({ topics }) => topics.map(({ id }) => id))

  it('are all where nothing is typed, and those that are called so otherwise', () => {
    expect(matchingTopics(groups, '  ')).toBe(groups)
    expect(found('CURA DI SE')).toEqual(['self-care'])
    expect(found('insonnia')).toEqual(['sleep-and-rest'])
    expect(found('mestieri')).toContain('woodwork')
    expect(found('(')).toEqual([])
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
