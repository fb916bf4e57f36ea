import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OfferId } from '../../core/base/ids.ts'
import { bitsOf, blocksOf, sharedTime, type Facts, type Wish } from '../../core/matching/facts.ts'
import { rank, reasonsFor, type RankContext } from '../../core/matching/rank.ts'
import { findRings, giftOf, traders, type Ring, type Trader } from '../../core/matching/rings.ts'
import { byTurn } from '../../core/matching/rotation.ts'
import { topicSpace } from '../../core/topics/own.ts'

/** Few topics and languages, near and far, so that much fits and much does not; one of a newer version, two of the community's own. */
const topics = [
  'music',
  'singing',
  'dance',
  'ballroom',
  'taxes',
  'debt',
  'of-a-newer-version',
  'own-campfires',
  'own-ukuleles',
]
const space = topicSpace([
  { id: 'own-campfires', words: { en: { name: 'Campfires', also: [] } }, near: ['singing', 'own-ukuleles'] },
  { id: 'own-ukuleles', words: { en: { name: 'Ukuleles', also: [] } }, near: ['music'] },
])
const now = Date.UTC(2026, 10, 18)

const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex') as OfferId)
const said = {
  kind: fc.constantFrom('offer' as const, 'request' as const),
  topics: fc.uniqueArray(fc.constantFrom(...topics), { minLength: 1, maxLength: 3 }),
  languages: fc.uniqueArray(fc.constantFrom('it', 'en', 'ar'), { minLength: 1, maxLength: 2 }),
  level: fc.constantFrom('any' as const, 'beginner' as const, 'some' as const, 'experienced' as const),
  formats: fc.uniqueArray(fc.constantFrom('text', 'voice'), { minLength: 1 }),
  tags: fc.uniqueArray(fc.constantFrom('ukulele', 'campfire', 'choir'), { maxLength: 3 }),
  // few blocks from both halves of the week, so that some are shared and some are not
  availability: fc.subarray([0, 1, 20, 21, 31, 32, 41], { maxLength: 3 }).map(bitsOf),
}
const offer = (people: number): fc.Arbitrary<Facts> =>
  fc.record({
    ...said,
    id,
    persona: fc.nat({ max: people - 1 }).map((number) => `p${number}`),
    introduced: fc.constant(false),
    // one in three wishes or gives something in return
    inReturn: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...topics), { minLength: 1, maxLength: 2 }) },
    ),
    seenAt: fc.nat({ max: 20 }).map((days) => now - days * 86_400_000),
  })
const plain = { languages: ['it'], level: 'any' as const, formats: ['text'], tags: [], availability: 0 }
const board = (people: number, maxLength: number): fc.Arbitrary<Facts[]> =>
  fc.uniqueArray(offer(people), {
    minLength: Math.floor(maxLength / 3),
    maxLength,
    size: 'max',
    selector: ({ id }) => id,
  })

describe('ranking', () => {
  const context: RankContext = {
    now,
    day: 5,
    topics: space,
    inReturn: ({ kind, persona }) => (kind === 'offer' && persona === 'p1' ? 'taxes' : undefined),
  }
  const wishes: fc.Arbitrary<Wish[]> = fc.array(fc.record(said), { minLength: 1, maxLength: 3 })

  /** The points of one offer for one wish, spelled out. */
  function slowScore(one: Facts, wish: Wish): number {
    if (one.kind === wish.kind || !one.languages.some((language) => wish.languages.includes(language))) return 0
    const distances = one.topics.map((topic) =>
      Math.min(...wish.topics.map((other) => space.distance(topic, other) ?? 9)),
    )
    const nearest = Math.min(...distances)
    const tags = one.tags.filter((tag) => wish.tags.includes(tag)).length
    if (nearest === 9 && tags === 0) return 0
    let score = [90, 45, 15][nearest] ?? 0
    if (tags > 0 && score < 45) score = 45
    if (tags > 0) score += tags === 1 ? 4 : 8
    if (one.availability === 0 || wish.availability === 0) score += 4
    else if ((BigInt(one.availability) & BigInt(wish.availability)) !== 0n) score += 8
    score += 4 * Math.max(0, distances.filter((distance) => distance < 2).length - 1)
    if (one.languages.filter((language) => wish.languages.includes(language)).length > 1) score += 2
    const steps = ['beginner', 'some', 'experienced']
    if (one.level === 'any' || wish.level === 'any') score += 4
    else score += [8, 2, 0][Math.abs(steps.indexOf(one.level) - steps.indexOf(wish.level))] ?? 0
    if (one.formats.some((format) => wish.formats.includes(format))) score += 4
    if (context.inReturn(one, wish) !== undefined) score += 30
    if (now - one.seenAt < 7 * 86_400_000) score += 4
    return score
  }

  it('is what a slow twin says', () => {
    fc.assert(
      fc.property(board(4, 25), wishes, (offers, wanted) => {
        const first = (a: { one: Facts; score: number }, b: { one: Facts; score: number }): number =>
          b.score - a.score || byTurn(a.one.id, b.one.id, context.day)
        const scored = offers
          .map((one) => ({ one, score: Math.max(...wanted.map((wish) => slowScore(one, wish))) }))
          .filter(({ score }) => score > 0)
          .toSorted(first)
        const expected = scored
          .map(({ one, score }, at) => ({
            one,
            score: score - 24 * scored.slice(0, at).filter((other) => other.one.persona === one.persona).length,
          }))
          .toSorted(first)
        expect(rank(offers, wanted, context).map(({ offer, score }) => [offer.id, score])).toEqual(
          expected.map(({ one, score }) => [one.id, score]),
        )
      }),
      { numRuns: 400 },
    )
  })

  it('is the same however the offers are laid out, and says why', () => {
    fc.assert(
      fc.property(
        board(6, 20).chain((offers) =>
          fc.tuple(fc.constant(offers), fc.shuffledSubarray(offers, { minLength: offers.length })),
        ),
        wishes,
        ([offers, shuffled], wanted) => {
          const ids = (list: Facts[]): string[] => rank(list, wanted, context).map(({ offer }) => offer.id)
          expect(ids(shuffled)).toEqual(ids(offers))
          for (const one of rank(offers, wanted, context)) {
            const reasons = reasonsFor(one, context)
            const kinds = reasons.map(({ kind }) => kind)
            expect(['topic', 'near-topic', 'tag'].some((kind) => kinds.some((one) => one === kind))).toBe(true)
            expect(kinds).toContain('language')
            expect(kinds.includes('swap')).toBe(context.inReturn(one.offer, one.wish) !== undefined)
            for (const reason of reasons) {
              if (reason.kind === 'tag') expect(one.wish.tags).toContain(reason.tag)
              if (reason.kind === 'availability') {
                expect(reason.blocks).toEqual(
                  blocksOf(one.offer.availability).filter((block) => blocksOf(one.wish.availability).includes(block)),
                )
              }
              if (reason.kind === 'near-topic') {
                expect(one.offer.topics).toContain(reason.topic)
                expect(one.wish.topics).toContain(reason.wished)
                expect(reason.topic).not.toBe(reason.wished)
              }
            }
          }
        },
      ),
    )
  })

  it('lets each of equals stand first on some day', () => {
    const wish: Wish = { ...plain, kind: 'request', topics: ['music'] }
    const equals = Array.from({ length: 8 }, (_, index): Facts => ({
      ...wish,
      kind: 'offer',
      id: Buffer.alloc(16, index * 29 + 1).toString('hex') as OfferId,
      persona: `p${index}`,
      inReturn: [],
      introduced: false,
      seenAt: now,
    }))
    const firsts = Array.from(
      { length: 120 },
      (_, day) => rank(equals, [wish], { ...context, day, inReturn: () => undefined })[0]?.offer.id,
    )
    const times = equals.map((one) => firsts.filter((first) => first === one.id).length)
    // 15 each on average
    for (const count of times) expect(count).toBeGreaterThanOrEqual(4)
  })
})

describe('rings', () => {
  /** All pairs and all triples, in order, then those that nobody's share forbids. */
  function slowRings(me: Trader, others: readonly Trader[], limit: number, perPerson: number, day: number): Ring[] {
    const all: { ring: Ring; total: number }[] = []
    const consider = (people: Trader[]): void => {
      const gifts = people.map((person, at) => giftOf(person, people[(at + 1) % people.length] ?? person, space))
      if (gifts.some((gift) => gift === undefined)) return
      const given = gifts.filter((gift) => gift !== undefined)
      all.push({ ring: { people, gifts: given }, total: given.reduce((sum, { distance }) => sum + distance, 0) })
    }
    for (const second of others) {
      consider([me, second])
      for (const third of others) if (third !== second) consider([me, second, third])
    }
    all.sort((a, b) => {
      const length = a.ring.people.length - b.ring.people.length || a.total - b.total
      if (length !== 0) return length
      const at = a.ring.people.findIndex((person, index) => person !== b.ring.people[index])
      return byTurn(a.ring.people[at]?.turn ?? '', b.ring.people[at]?.turn ?? '', day)
    })
    const used = new Map<string, number>()
    const rings: Ring[] = []
    for (const { ring } of all) {
      const partners = ring.people.slice(1).map(({ persona }) => persona)
      if (rings.length === limit || partners.some((persona) => (used.get(persona) ?? 0) >= perPerson)) continue
      for (const persona of partners) used.set(persona, (used.get(persona) ?? 0) + 1)
      rings.push(ring)
    }
    return rings
  }

  /** The one who asks has most to give and to take. */
  const withMe = (facts: readonly Facts[]): [Trader, Trader[]] => {
    const [me, ...others] = traders(facts).toSorted((a, b) => richness(b) - richness(a))
    if (me === undefined) throw new Error('An empty board')
    return [me, others]
  }
  const richness = ({ offers, requests }: Trader): number => Math.min(offers.length, requests.length)

  const short = ({ people, gifts }: Ring): unknown => [
    people.map(({ persona }) => persona),
    gifts.map(({ offer, request, topic, wished, distance }) => [offer.id, request.id, topic, wished, distance]),
  ]

  it('are those that a twin finds who compares everybody with everybody', () => {
    let found = 0
    let ofThree = 0
    fc.assert(
      fc.property(
        board(9, 40),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat({ max: 400 }),
        (facts, limit, perPerson, day) => {
          const [me, others] = withMe(facts)
          const rings = findRings(me, others, { limit, perPerson, day, topics: space })
          expect(rings.map(short)).toEqual(slowRings(me, others, limit, perPerson, day).map(short))
          found += rings.length
          ofThree += rings.filter(({ people }) => people.length === 3).length
        },
      ),
      { numRuns: 600 },
    )
    // the boards are such that there is something to find
    expect(found).toBeGreaterThan(300)
    expect(ofThree).toBeGreaterThan(100)
  })

  /** Topics that one thing somebody wrote gives, and those that it looks for, with what is said in return. */
  const given = ({ kind, topics, inReturn }: Facts): readonly string[] => (kind === 'offer' ? topics : inReturn)
  const sought = ({ kind, topics, inReturn }: Facts): readonly string[] => (kind === 'offer' ? inReturn : topics)

  it('join only what lies together, in a language that both speak', () => {
    fc.assert(
      fc.property(board(9, 40), (facts) => {
        const writtenBy = (id: OfferId): Facts => {
          const one = facts.find((other) => other.id === id)
          if (one === undefined) throw new Error('Nobody wrote that')
          return one
        }
        const [me, others] = withMe(facts)
        for (const { people, gifts } of findRings(me, others, { limit: 50, perPerson: 3, day: 1, topics: space })) {
          expect(people).toHaveLength(gifts.length)
          expect(new Set(people).size).toBe(people.length)
          for (const [at, gift] of gifts.entries()) {
            expect(gift.offer.persona).toBe(people[at]?.persona)
            expect(gift.request.persona).toBe(people[(at + 1) % people.length]?.persona)
            expect(given(writtenBy(gift.offer.id))).toContain(gift.topic)
            expect(sought(writtenBy(gift.request.id))).toContain(gift.wished)
            expect(gift.topic === gift.wished || space.near(gift.topic).has(gift.wished)).toBe(true)
            expect(gift.offer.languages.some((language) => gift.request.languages.includes(language))).toBe(true)
          }
        }
      }),
    )
  })

  it('begin with what two people wrote, and with what they say in return', () => {
    let swaps = 0
    fc.assert(
      fc.property(board(4, 16), (facts) => {
        const [me, others] = withMe(facts)
        const wroteBy = (persona: string): Facts[] => facts.filter((one) => one.persona === persona)
        const couldGive = (from: string, to: string): boolean =>
          wroteBy(from).some((one) =>
            wroteBy(to).some(
              (other) =>
                one.languages.some((language) => other.languages.includes(language)) &&
                given(one).some((topic) =>
                  sought(other).some((wished) => topic === wished || space.near(topic).has(wished)),
                ),
            ),
          )
        const pairs = others
          .map(({ persona }) => persona)
          .filter((persona) => couldGive(me.persona, persona) && couldGive(persona, me.persona))
        const found = findRings(me, others, { limit: 50, perPerson: 50, day: 1, topics: space })
        const partners = found.filter(({ people }) => people.length === 2).map(({ people }) => people[1]?.persona)
        expect(new Set(partners)).toEqual(new Set(pairs))
        swaps += pairs.length
      }),
      { numRuns: 300 },
    )
    expect(swaps).toBeGreaterThan(50)
  })

  it('are found at once where everybody fits everybody', () => {
    const wrote = (person: number, kind: Facts['kind'], about: string): Facts => ({
      ...plain,
      kind,
      topics: [about],
      inReturn: [],
      id: `${person.toString(16).padStart(8, '0')}${kind === 'offer' ? '0' : '1'}`.padEnd(32, '0') as OfferId,
      persona: `p${person}`,
      introduced: false,
      seenAt: now,
    })
    const me = traders([wrote(0, 'offer', 'music'), wrote(0, 'request', 'taxes')])[0]
    if (me === undefined) throw new Error('nobody')
    // half take singing and give ballroom, the others take dance and give self-employment: rings of three with neighbours only
    const others = traders(
      Array.from({ length: 2000 }, (_, index) => [
        wrote(index + 1, 'request', index % 2 === 0 ? 'singing' : 'dance'),
        wrote(index + 1, 'offer', index % 2 === 0 ? 'ballroom' : 'self-employment'),
      ]).flat(),
    )
    const from = performance.now()
    const rings = findRings(me, others, { limit: 20, perPerson: 2, day: 1, topics: space })
    expect(performance.now() - from).toBeLessThan(2000)
    expect(rings).toHaveLength(20)
    for (const { people } of rings) expect(people).toHaveLength(3)
  })
})

describe('blocks of the week', () => {
  const blocks = fc.uniqueArray(fc.nat({ max: 41 }))

  it('are numbers that know what they share', () => {
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        expect(blocksOf(bitsOf(a))).toEqual(a.toSorted((one, other) => one - other))
        expect(blocksOf(sharedTime(bitsOf(a), bitsOf(b)))).toEqual(blocksOf(bitsOf(a.filter((one) => b.includes(one)))))
      }),
    )
  })
})
