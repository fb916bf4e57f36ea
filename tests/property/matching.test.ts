import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MatchReason } from '../../core/api/matching.ts'
import type { OfferId } from '../../core/base/ids.ts'
import { bitsOf, blocksOf, sharedTime, type Facts, type Wish } from '../../core/matching/facts.ts'
import { keepPlaces, knownPersonas } from '../../core/matching/newcomers.ts'
import { rank, reasonsFor, type Ranked, type RankContext } from '../../core/matching/rank.ts'
import { board, now, plain, said, slowByTurn, space } from '../support/facts.ts'

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
          b.score - a.score || slowByTurn(a.one.id, b.one.id, context.day)
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

  /** Why, spelled out: each kind where it is so, and nowhere else. */
  function slowReasons(one: Facts, wish: Wish): MatchReason[] {
    const both = (mine: readonly string[], theirs: readonly string[]) => mine.filter((each) => theirs.includes(each))
    const reasons: MatchReason[] = []
    const back = context.inReturn(one, wish)
    if (back !== undefined) reasons.push({ kind: 'swap', topic: back })
    for (const topic of both(one.topics, wish.topics)) reasons.push({ kind: 'topic', topic })
    for (const tag of both(wish.tags, one.tags)) reasons.push({ kind: 'tag', tag })
    reasons.push({ kind: 'language', languages: both(wish.languages, one.languages) })
    const blocks = blocksOf(one.availability).filter((block) => blocksOf(wish.availability).includes(block))
    if (blocks.length > 0) reasons.push({ kind: 'availability', blocks })
    if (one.level === wish.level && one.level !== 'any') reasons.push({ kind: 'level', level: one.level })
    const formats = both(wish.formats, one.formats) as ('text' | 'voice')[]
    if (formats.length > 0) reasons.push({ kind: 'format', formats })
    if (now - one.seenAt < 7 * 86_400_000) reasons.push({ kind: 'new' })
    return reasons
  }

  it('is the same however the offers are laid out', () => {
    fc.assert(
      fc.property(
        board(6, 20).chain((offers) =>
          fc.tuple(fc.constant(offers), fc.shuffledSubarray(offers, { minLength: offers.length })),
        ),
        wishes,
        ([offers, shuffled], wanted) => {
          const ids = (list: Facts[]): string[] => rank(list, wanted, context).map(({ offer }) => offer.id)
          expect(ids(shuffled)).toEqual(ids(offers))
        },
      ),
    )
  })

  it('says why: each reason where it holds, and nowhere else', () => {
    const told = new Set<string>()
    const untold = new Set<string>()
    fc.assert(
      fc.property(board(6, 20), wishes, (offers, wanted) => {
        for (const one of rank(offers, wanted, context)) {
          const reasons = reasonsFor(one, context)
          const near = reasons.filter((reason) => reason.kind === 'near-topic')
          const same = one.offer.topics.some((topic) => one.wish.topics.includes(topic))
          const distances = one.offer.topics.flatMap((topic) =>
            one.wish.topics.map((wished) => space.distance(wished, topic) ?? 9),
          )
          const nearest = Math.min(...distances)
          expect(near).toHaveLength(!same && nearest < 9 ? 1 : 0)
          for (const { topic, wished } of near) {
            expect(one.offer.topics).toContain(topic)
            expect(one.wish.topics).toContain(wished)
            expect(space.distance(wished, topic)).toBe(nearest)
          }
          expect(reasons.filter(({ kind }) => kind !== 'near-topic')).toEqual(slowReasons(one.offer, one.wish))
          const kept = reasonsFor({ ...one, kept: true }, context)
          expect(kept).toEqual([{ kind: 'newcomer' }, ...reasons.filter(({ kind }) => kind !== 'new')])
          const kinds: Set<string> = new Set(reasons.map(({ kind }) => kind))
          for (const kind of every) (kinds.has(kind) ? told : untold).add(kind)
        }
      }),
      { numRuns: 500 },
    )
    // what is always so is told of everything, and all else was there and was not
    expect(told).toEqual(new Set(every))
    expect(untold).toEqual(new Set(every.filter((kind) => kind !== 'language')))
  })
  const every = ['swap', 'topic', 'near-topic', 'tag', 'language', 'availability', 'level', 'format', 'new']

  it('keeps every fifth place for somebody who is new, whoever they are and whatever else is there', () => {
    let places = 0
    fc.assert(
      fc.property(
        board(12, 40),
        wishes,
        fc.nat({ max: 400 }),
        fc.integer({ min: 1, max: 30 }),
        (all, wanted, day, count) => {
          const ranked = rank(all, wanted, { ...context, day })
          const firstRead = (persona: string) =>
            Math.min(...all.filter((one) => one.persona === persona).map(({ seenAt }) => seenAt))
          const isNew = ({ offer: { persona } }: Ranked) => now - firstRead(persona) < 7 * 86_400_000
          const kept = keepPlaces(ranked, { known: knownPersonas(all, now), day, count })
          expect(kept).toHaveLength(Math.min(count, ranked.length))
          expect(new Set(kept.map(({ offer }) => offer.id)).size).toBe(kept.length)
          const plain = kept.filter((one) => !one.kept)
          const taken = new Set(kept.filter((one) => one.kept).map(({ offer }) => offer.id))
          // all others stand as they were ranked
          expect(plain).toEqual(ranked.filter(({ offer }) => !taken.has(offer.id)).slice(0, plain.length))
          for (const [at, one] of kept.entries()) {
            const above = kept.slice(0, at).map(({ offer }) => offer.persona)
            const waiting = ranked.filter(
              (other) => isNew(other) && ranked.find(({ offer }) => offer.persona === other.offer.persona) === other,
            )
            const free = waiting.filter(({ offer }) => !above.includes(offer.persona))
            expect(one.kept === true).toBe(at % 5 === 4 && free.length > 0)
            if (!one.kept) continue
            places++
            expect(isNew(one)).toBe(true)
            expect(one.fit).toBe(Math.max(...free.map(({ fit }) => fit)))
          }
        },
      ),
      { numRuns: 400 },
    )
    expect(places).toBeGreaterThan(20)
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
