import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OfferId } from '../../core/base/ids.ts'
import type { Facts } from '../../core/matching/facts.ts'
import {
  findRings,
  standings,
  traders,
  type Ring,
  type RingWish,
  type Standing,
  type Trader,
} from '../../core/matching/rings.ts'
import { board, now, plain, slowByTurn, space } from '../support/facts.ts'

describe('rings', () => {
  /** What one thing somebody wrote gives or looks for. */
  interface Said {
    readonly id: OfferId
    readonly topics: readonly string[]
    readonly languages: readonly string[]
  }

  type SlowPerson = Readonly<Record<'gives' | 'seeks', readonly Said[]>>

  /** As docs/PROTOCOL.md has it: of both, the first ten are looked at, and what is said in return stands after the rest. */
  function slowPerson(facts: readonly Facts[], persona: string): SlowPerson {
    const wrote = facts.filter((one) => one.persona === persona)
    const plainly = (kind: Facts['kind']): Said[] => wrote.filter((one) => one.kind === kind)
    const inReturn = (kind: Facts['kind']): Said[] =>
      wrote
        .filter((one) => one.kind === kind && one.inReturn.length > 0)
        .map(({ id, languages, inReturn }) => ({ id, languages, topics: inReturn }))
    return {
      gives: [...plainly('offer'), ...inReturn('request')].slice(0, 10),
      seeks: [...plainly('request'), ...inReturn('offer')].slice(0, 10),
    }
  }

  type SlowGift = readonly [offer: OfferId, request: OfferId, topic: string, wished: string, distance: number]

  /** The best of all that one could give to the other. */
  function slowGift(giver?: SlowPerson, taker?: SlowPerson): SlowGift | undefined {
    const all = (giver?.gives ?? []).flatMap((offer) =>
      (taker?.seeks ?? []).flatMap((request) =>
        offer.languages.some((language) => request.languages.includes(language))
          ? offer.topics.flatMap((topic) =>
              request.topics.flatMap((wished): SlowGift[] => {
                if (topic === wished)
                  return space.distance(topic, topic) === 0 ? [[offer.id, request.id, topic, wished, 0]] : []
                return space.near(topic).has(wished) ? [[offer.id, request.id, topic, wished, 1]] : []
              }),
            )
          : [],
      ),
    )
    return all.toSorted((a, b) => a[4] - b[4] || (a.slice(0, 4).join(' ') < b.slice(0, 4).join(' ') ? -1 : 1))[0]
  }

  type SlowRing = readonly [people: readonly string[], gifts: readonly SlowGift[], standing: Standing]

  /** All pairs and all triples, in order, then those that nobody's share forbids. */
  function slowRings(
    facts: readonly Facts[],
    me: string,
    { limit, perPerson, day, standing }: Pick<RingWish, 'limit' | 'perPerson' | 'day' | 'standing'>,
  ): SlowRing[] {
    const personas = [...new Set(facts.map(({ persona }) => persona))]
    const others = personas.filter((persona) => persona !== me)
    const wrote = new Map(personas.map((persona) => [persona, slowPerson(facts, persona)]))
    const gifts = new Map(
      personas.flatMap((giver) =>
        personas.map((taker) => [`${giver} ${taker}`, slowGift(wrote.get(giver), wrote.get(taker))]),
      ),
    )
    const turn = (persona: string): string =>
      facts
        .filter((one) => one.persona === persona)
        .map(({ id }) => id)
        .toSorted()[0] ?? ''
    const worst = (partners: readonly string[]): number =>
      Math.max(...partners.map((persona) => ['open', 'introduced', 'hidden'].indexOf(standing(persona))))
    const all: { people: string[]; gifts: SlowGift[]; standing: number; total: number }[] = []
    const consider = (people: string[]): void => {
      const given = people
        .map((persona, at) => gifts.get(`${persona} ${people[(at + 1) % people.length]}`))
        .filter((gift) => gift !== undefined)
      if (given.length < people.length) return
      const total = given.reduce((sum, [, , , , distance]) => sum + distance, 0)
      all.push({ people, gifts: given, standing: worst(people.slice(1)), total })
    }
    for (const second of others) {
      consider([me, second])
      for (const third of others) if (third !== second) consider([me, second, third])
    }
    all.sort((a, b) => {
      const order = a.standing - b.standing || a.people.length - b.people.length || a.total - b.total
      if (order !== 0) return order
      const at = a.people.findIndex((persona, index) => persona !== b.people[index])
      return slowByTurn(turn(a.people[at] ?? ''), turn(b.people[at] ?? ''), day)
    })
    const used = new Map<string, number>()
    const rings: SlowRing[] = []
    for (const { people, gifts, standing } of all) {
      const isHidden = standing === 2
      const partners = people.slice(1)
      if (rings.filter(([, , as]) => (as === 'hidden') === isHidden).length === limit) continue
      if (partners.some((persona) => (used.get(persona) ?? 0) >= perPerson)) continue
      for (const persona of partners) used.set(persona, (used.get(persona) ?? 0) + 1)
      rings.push([people, gifts, standings[standing] ?? 'open'])
    }
    return rings
  }

  /** The one who asks has most to give and to take. */
  const withMe = (facts: readonly Facts[]): [Trader, Trader[]] => {
    const richness = (persona: string): number => {
      const { gives, seeks } = slowPerson(facts, persona)
      return Math.min(gives.length, seeks.length)
    }
    const [me, ...others] = traders(facts).toSorted((a, b) => richness(b.persona) - richness(a.persona))
    if (me === undefined) throw new Error('An empty board')
    return [me, others]
  }

  const short = ({ people, gifts, standing }: Ring): SlowRing => [
    people.map(({ persona }) => persona),
    gifts.map(({ offer, request, topic, wished, distance }) => [offer.id, request.id, topic, wished, distance]),
    standing,
  ]

  it.each([
    ['many people', 9, 40, 400],
    ['few people who wrote more than is looked at', 3, 90, 60],
  ])('of %s are those that a twin finds who compares everybody with everybody', (_, persons, offers, numRuns) => {
    const found: SlowRing[] = []
    let most = 0
    fc.assert(
      fc.property(
        board(persons, offers),
        fc.record({
          limit: fc.integer({ min: 1, max: 12 }),
          perPerson: fc.integer({ min: 1, max: 3 }),
          day: fc.nat({ max: 400 }),
        }),
        fc.array(fc.constantFrom(...standings, 'open' as const), { minLength: persons, maxLength: persons }),
        (facts, wish, stands) => {
          const [me, others] = withMe(facts)
          const standing = (persona: string): Standing => stands[Number(persona.slice(1))] ?? 'open'
          const rings = findRings(me, others, { ...wish, topics: space, standing }).map(short)
          expect(rings).toEqual(slowRings(facts, me.persona, { ...wish, standing }))
          found.push(...rings)
          most = Math.max(most, facts.filter(({ persona, kind }) => persona === me.persona && kind === 'offer').length)
        },
      ),
      { numRuns },
    )
    // the boards are such that there is something to find
    expect(found.length).toBeGreaterThan(numRuns / 2)
    for (const kind of standings) expect(found.some(([, , standing]) => standing === kind)).toBe(true)
    if (persons === 9) expect(found.filter(([people]) => people.length === 3).length).toBeGreaterThan(100)
    else expect(most).toBeGreaterThan(10)
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
        for (const { people, gifts } of findRings(me, others, {
          limit: 50,
          perPerson: 3,
          day: 1,
          topics: space,
          standing: () => 'open',
        })) {
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
        const found = findRings(me, others, { limit: 50, perPerson: 50, day: 1, topics: space, standing: () => 'open' })
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
    const rings = findRings(me, others, { limit: 20, perPerson: 2, day: 1, topics: space, standing: () => 'open' })
    expect(performance.now() - from).toBeLessThan(2000)
    expect(rings).toHaveLength(20)
    for (const { people } of rings) expect(people).toHaveLength(3)
  })
})
