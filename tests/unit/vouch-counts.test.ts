import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, hex, u16, u8, utf8, type Bytes } from '../../core/base/bytes.ts'
import type { OfferId } from '../../core/base/ids.ts'
import { sign, signingKey, type SigningKey } from '../../core/crypto/sign.ts'
import type { VouchedOffer } from '../../core/offers/seen-offers.ts'
import { countVouches, Signatures } from '../../core/vouches/counting.ts'
import { isCurrent, monthOf, signVouch, vouchEnd } from '../../core/vouches/vouch.ts'

const now = Date.UTC(2026, 10, 29)
const day = 86_400_000
const community = new Uint8Array(32).fill(7)
const person = (nth: number): SigningKey => signingKey(new Uint8Array(32).fill(nth))
const [me, friend, other, stranger, far, author] = [1, 2, 3, 4, 5, 6].map(person) as [
  SigningKey,
  SigningKey,
  SigningKey,
  SigningKey,
  SigningKey,
  SigningKey,
]

interface Wrong {
  readonly topic?: string
  readonly subject?: SigningKey
  readonly community?: Bytes
  readonly at?: number
}

const vouch = (by: SigningKey, subject: SigningKey, wrong: Wrong = {}): Bytes =>
  signVouch(by, {
    community: wrong.community ?? community,
    subject: (wrong.subject ?? subject).publicKey,
    topic: wrong.topic ?? 'sewing',
    now: wrong.at ?? now,
  })
const offer = (id: string, subject: SigningKey, vouches: readonly Bytes[], topics = ['sewing']): VouchedOffer => ({
  id: id as OfferId,
  subject: subject.publicKey,
  topics,
  vouches,
})
const keys = (...who: readonly SigningKey[]) => new Set(who.map(({ publicKey }) => hex(publicKey)))
const count = (
  offers: readonly VouchedOffer[],
  known: readonly SigningKey[] = [friend, other],
  signatures = new Signatures(),
) => countVouches(offers, { community, known: keys(...known), own: keys(me), now, signatures })

describe('vouches are counted', () => {
  it('by people whom this person knows, and by people whom those know', async () => {
    const offers = [
      offer('a', author, [vouch(friend, author), vouch(other, author), vouch(stranger, author), vouch(far, author)]),
      offer('b', stranger, [vouch(friend, stranger, { topic: 'law' })], ['law']),
    ]
    expect(await count(offers)).toEqual([
      { offerId: 'a', topic: 'sewing', mine: false, known: 2, near: 1 },
      { offerId: 'b', topic: 'law', mine: false, known: 1, near: 0 },
    ])
  })

  it('each for its topic, where the offer is about it', async () => {
    const both = [
      vouch(friend, author),
      vouch(friend, author, { topic: 'law' }),
      vouch(other, author, { topic: 'tea' }),
    ]
    expect(await count([offer('a', author, both, ['sewing', 'law'])])).toEqual([
      { offerId: 'a', topic: 'sewing', mine: false, known: 1, near: 0 },
      { offerId: 'a', topic: 'law', mine: false, known: 1, near: 0 },
    ])
  })

  it('by oneself without a number', async () => {
    expect(await count([offer('a', author, [vouch(me, author), vouch(friend, author)])])).toEqual([
      { offerId: 'a', topic: 'sewing', mine: true, known: 1, near: 0 },
    ])
  })

  it('until a year has passed', () => {
    const month = monthOf(now)
    expect(isCurrent({ month }, vouchEnd(month) - 1)).toBe(true)
    expect(isCurrent({ month }, vouchEnd(month))).toBe(false)
    expect(vouchEnd(month) - now).toBeGreaterThan(365 * day)
    expect(vouchEnd(month) - now).toBeLessThan(400 * day)
  })
})

describe('vouches are not counted', () => {
  const worthless: readonly (readonly [string, () => readonly Bytes[]])[] = [
    ['forged', () => [changed(vouch(friend, author))]],
    ['of another’s signature under a known name', () => [forgedName()]],
    ['for another persona', () => [vouch(friend, stranger)]],
    ['in another community', () => [vouch(friend, author, { community: new Uint8Array(32) })]],
    ['for another topic than the offer’s', () => [vouch(friend, author, { topic: 'law' })]],
    ['for oneself', () => [forgedSelf()]],
    ['from last year', () => [vouch(friend, author, { at: now - 400 * day })]],
    ['from next year', () => [vouch(friend, author, { at: now + 70 * day })]],
    ['by nobody known', () => [vouch(stranger, author), vouch(far, author)]],
    ['no vouches at all', () => [new Uint8Array(9), new Uint8Array(200).fill(1)]],
    ['behind the fourth', () => [...[4, 5, 7, 8].map((nth) => vouch(person(nth), author)), vouch(friend, author)]],
  ]

  it.each(worthless)('that are %s', async (_, make) => {
    expect(await count([offer('a', author, make())], [friend, other, author])).toEqual([])
  })

  it('twice', async () => {
    const again = [vouch(friend, author), vouch(friend, author), vouch(friend, author, { at: now - 40 * day })]
    expect(await count([offer('a', author, again)])).toEqual([
      { offerId: 'a', topic: 'sewing', mine: false, known: 1, near: 0 },
    ])
  })

  it('by those who are known to nobody but each other', async () => {
    const ring = Array.from({ length: 30 }, (_, nth) => person(20 + nth))
    const offers = ring.map((one, nth) =>
      offer(
        `${nth}`,
        one,
        [1, 2, 3, 4].map((step) => vouch(ring[(nth + step) % ring.length] as SigningKey, one)),
      ),
    )
    expect(await count(offers)).toEqual([])
  })

  it('of this person’s own', async () => {
    expect(await count([offer('a', me, [vouch(friend, me)])])).toEqual([])
  })

  it('and a flood of them by nobody is not even verified', async () => {
    let looked = 0
    class Counting extends Signatures {
      override isGenuine(...about: Parameters<Signatures['isGenuine']>): Promise<boolean> {
        looked++
        return super.isGenuine(...about)
      }
    }
    const flood = Array.from({ length: 500 }, (_, nth) => offer(`${nth}`, author, [vouch(stranger, author)]))
    const started = performance.now()
    await count([...flood, offer('a', author, [vouch(friend, author)])], undefined, new Counting())
    expect(looked).toBe(1)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  /** `signVouch` makes none: put together by hand. */
  function forgedSelf(): Bytes {
    const said = concat(u8(1), author.publicKey, u16(monthOf(now)), u8(6), utf8('sewing'))
    return concat(said, sign(concat(utf8('staffetta/vouch/1'), community, author.publicKey, said), author))
  }

  function changed(bytes: Bytes): Bytes {
    return bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))
  }

  function forgedName(): Bytes {
    const bytes = vouch(stranger, author)
    bytes.set(friend.publicKey, 1)
    return bytes
  }
})

it('agrees with a count by hand, whoever vouches for whom', async () => {
  const people = [1, 2, 3, 4, 5, 6].map(person)
  const edge = fc.record({ by: fc.nat(5), to: fc.nat(5), topic: fc.constantFrom('sewing', 'law') })
  const world = fc.record({
    edges: fc.uniqueArray(edge, { maxLength: 12, selector: ({ by, to, topic }) => `${by} ${to} ${topic}` }),
    known: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
  })
  const signatures = new Signatures()
  await fc.assert(
    fc.asyncProperty(world, async ({ edges, known }) => {
      const fitting = edges.filter(({ by, to }) => by !== to)
      const carried = people.map((_, to) => fitting.filter((each) => each.to === to).slice(0, 4))
      const offers = people.map((subject, to) =>
        offer(
          `${to}`,
          subject,
          (carried[to] ?? []).map(({ by, topic }) => vouch(people[by] as SigningKey, subject, { topic })),
        ),
      )
      const found = await count(
        offers,
        known.map((nth) => people[nth] as SigningKey),
        signatures,
      )
      const all = carried.flat().filter(({ to }) => to !== 0)
      const vouchedFor = all.filter(({ by }) => known.includes(by)).map(({ to }) => to)
      const expected = people.flatMap((_, to) => {
        const here = all.filter((each) => each.to === to && each.topic === 'sewing').map(({ by }) => by)
        const near = here.filter((by) => by !== 0 && !known.includes(by) && vouchedFor.includes(by)).length
        const counted = { mine: here.includes(0), known: here.filter((by) => known.includes(by)).length, near }
        const isNothing = !counted.mine && counted.known === 0 && near === 0
        return isNothing ? [] : [{ offerId: `${to}`, topic: 'sewing', ...counted }]
      })
      expect(found.toSorted((a, b) => Number(a.offerId) - Number(b.offerId))).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})
