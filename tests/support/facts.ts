import * as fc from 'fast-check'
import type { OfferId } from '../../core/base/ids.ts'
import { bitsOf, type Facts } from '../../core/matching/facts.ts'
import { topicSpace } from '../../core/topics/own.ts'

/** Few topics and languages, near and far, so that much fits and much does not; one of a newer version, two of the community's own. */
export const topics = [
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
export const space = topicSpace([
  { id: 'own-campfires', words: { en: { name: 'Campfires', also: [] } }, near: ['singing', 'own-ukuleles'] },
  { id: 'own-ukuleles', words: { en: { name: 'Ukuleles', also: [] } }, near: ['music'] },
])
export const now = Date.UTC(2026, 10, 18)

const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex') as OfferId)
export const said = {
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
export const plain = { languages: ['it'], level: 'any' as const, formats: ['text'], tags: [], availability: 0 }
export const board = (people: number, maxLength: number): fc.Arbitrary<Facts[]> =>
  fc.uniqueArray(offer(people), {
    minLength: Math.floor(maxLength / 3),
    maxLength,
    size: 'max',
    selector: ({ id }) => id,
  })

/** Which of equals stands first, spelled out: the first 32 bits of an id and the day, through MurmurHash3's finaliser. */
export function slowTurn(id: string, day: number): bigint {
  const bits = (value: bigint): bigint => value & 0xffff_ffffn
  let turn = bits(BigInt(`0x${id.slice(0, 8)}`) ^ bits(BigInt(day) * 0x9e37_79b1n))
  turn = bits((turn ^ (turn >> 16n)) * 0x85eb_ca6bn)
  turn = bits((turn ^ (turn >> 13n)) * 0xc2b2_ae35n)
  return turn ^ (turn >> 16n)
}

/** @returns below 0 where `a` stands first */
export function slowByTurn(a: string, b: string, day: number): number {
  const [first, second] = [slowTurn(a, day), slowTurn(b, day)]
  return first === second ? (a < b ? -1 : 1) : first < second ? -1 : 1
}
