import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equal, type Bytes } from '../../core/base/bytes.ts'
import { Fault, isFault } from '../../core/base/fault.ts'
import { decodeCircleMessage, encodeCircleMessage, type CircleMessage } from '../../core/circles/content.ts'
import { memberKeys } from '../../core/circles/keys.ts'
import { decodeNotice, encodeNotice, maxNotice, openChainKey, sealChainKey } from '../../core/circles/notice.ts'
import { decodeRoster, encodeRoster, isSmaller, maxRoster, type Roster } from '../../core/circles/roster.ts'
import { random } from '../../core/crypto/random.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import type { CircleFriend } from '../support/circle-friend.ts'
import { CircleVillage } from '../support/circle-village.ts'

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }) as fc.Arbitrary<Bytes>
const seeds = fc.uniqueArray(bytesOf(32), { minLength: 1, maxLength: 30, selector: String })
const names = fc.constantFrom('Maple Heron', 'Quiet River', 'Ąžuolas', '静かな川', 'n'.repeat(40), '静'.repeat(40))
const counter = fc.integer({ min: 0, max: 20_000 })

const rosterOf = (members: readonly Bytes[], name: string, epoch = 1): Roster => ({
  circle: new Uint8Array(16),
  epoch,
  name: 'Evening',
  members: members.map(memberKeys).map(({ sign, box }) => ({ key: sign.publicKey, box: box.publicKey, name })),
})

const message: fc.Arbitrary<CircleMessage> = fc
  .record({
    id: bytesOf(16),
    at: fc.maxSafeNat(),
    said: fc.oneof(
      fc.record({
        kind: fc.constant('text' as const),
        text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 500 }),
      }),
      fc.record({
        kind: fc.constant('resource' as const),
        title: fc.string({ minLength: 1, maxLength: 80 }),
        text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 500 }),
      }),
      fc.record({ kind: fc.constant('withdraw' as const), of: bytesOf(16) }),
    ),
  })
  .map(({ id, at, said }) => ({ ...said, id, at }))

describe('a roster', () => {
  it('comes back as it was, fits a record, and counts by its host’s signature alone', () => {
    fc.assert(
      fc.property(seeds, names, fc.nat({ max: 400 }), (members, name, at) => {
        const [host] = members.map(memberKeys)
        if (host === undefined) return
        const roster = rosterOf(members, name)
        const bytes = encodeRoster(roster, host.sign)
        expect(bytes.length).toBeLessThanOrEqual(maxRoster)
        expect(decodeRoster(bytes, host.sign.publicKey)).toEqual(roster)
        const changed = Uint8Array.from(bytes, (byte, nth) => (nth === at % bytes.length ? byte ^ 4 : byte))
        expect(faultOf(() => decodeRoster(changed, host.sign.publicKey))).toBeDefined()
        const stranger = signingKey(random(32))
        expect(faultOf(() => decodeRoster(encodeRoster(roster, stranger), host.sign.publicKey))).toBe('bad-signature')
        expect(faultOf(() => decodeRoster(encodeRoster(roster, stranger), stranger.publicKey))).toBe('malformed')
      }),
      { numRuns: 30 },
    )
  })

  it('names nobody twice, and is smaller than one that has somebody whom it has not', () => {
    fc.assert(
      fc.property(seeds, (members) => {
        const [first] = members
        const [host] = members.map(memberKeys)
        if (first === undefined || host === undefined || members.length > 29) return
        expect(faultOf(() => encodeRoster(rosterOf([...members, first], 'Twice'), host.sign))).toBe('bad-input')
        const whole = rosterOf(members, 'Name')
        const less = rosterOf(members.slice(1), 'Name')
        expect([isSmaller(whole, whole), isSmaller(less, whole), isSmaller(whole, less)]).toEqual([false, true, false])
      }),
      { numRuns: 20 },
    )
  })
})

describe('a notice', () => {
  it('fits a small box for thirty, opens for each of the others and for nobody else', () => {
    fc.assert(
      fc.property(seeds, fc.nat(), counter, (members, nth, count) => {
        const people = members.map(memberKeys)
        const at = nth % people.length
        const [own] = people.slice(at)
        if (own === undefined) return
        const others = people.filter((_, index) => index !== at)
        const chainKey = random(96)
        const keys = sealChainKey(
          chainKey,
          others.map(({ box }) => box.publicKey),
        )
        const notice = {
          member: at,
          turn: 0xffff_ffff,
          count,
          first: Math.floor(count / 2),
          seen: people.map(() => 20_000),
          roster: random(32),
          keys,
        }
        const place = { circle: random(16), epoch: 0xffff_ffff, day: 20_780 }
        const roster = people.map(({ sign }) => ({ key: sign.publicKey }))
        const bytes = encodeNotice(notice, place, own.sign)
        expect(bytes.length).toBeLessThanOrEqual(maxNotice)
        const read = decodeNotice(bytes, place, roster)
        expect(read).toEqual(notice)
        for (const [index, { box }] of others.entries()) {
          expect(equal(openChainKey(keys, index, box), chainKey)).toBe(true)
          expect(faultOf(() => openChainKey(keys, index, own.box))).toBe('unreadable')
        }
        // elsewhere, on another day, in another epoch or of somebody else it is nothing
        for (const elsewhere of [
          { ...place, day: 1 },
          { ...place, epoch: 1 },
          { ...place, circle: random(16) },
        ]) {
          expect(faultOf(() => decodeNotice(bytes, elsewhere, roster))).toBe('bad-signature')
        }
        expect(faultOf(() => decodeNotice(bytes, place, [...roster, { key: random(32) }]))).toBe('malformed')
      }),
      { numRuns: 12 },
    )
  })
})

describe('a message to a circle', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(message, (said) => {
        expect(decodeCircleMessage(encodeCircleMessage(said))).toEqual(said)
      }),
    )
  })
})

type Step =
  | { readonly do: 'say' | 'leave' | 'remove' | 'invite' | 'away' | 'back' | 'restart'; readonly who: number }
  | { readonly do: 'fail' | 'turn'; readonly who: number }

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('say', 'say', 'say', 'leave', 'remove', 'invite', 'away', 'back', 'restart', 'fail', 'turn'),
  who: fc.nat({ max: 3 }),
})

/** A circle to which things happen, and what of all that was said each may and must have. */
class Run {
  readonly #village = new CircleVillage()
  #friends: CircleFriend[] = []
  /** Who is out for good, and what the host said since. */
  readonly #out = new Map<string, string[]>()
  /** Who was in it when something was said, by whom. */
  readonly #said: { readonly text: string; readonly by: string; readonly heardBy: Set<string> }[] = []
  #nth = 0

  async play(steps: readonly Step[]): Promise<void> {
    try {
      this.#friends = await this.#village.start('Ada', 'Bea', 'Cleo')
      await this.#village.gather(...this.#friends.slice(0, 2))
      for (const each of steps) await this.#take(each)
      this.#village.away.clear()
      await this.#village.settled()
      this.#judge()
    } finally {
      await this.#village.end()
    }
  }

  get #host(): CircleFriend {
    return this.#village.host
  }

  #isIn(friend: CircleFriend): boolean {
    return this.#host.present().includes(friend.name) && friend.circles.list().some(({ state }) => state === 'active')
  }

  async #take({ do: what, who }: Step): Promise<void> {
    const everybody = this.#village.everybody
    const friend = everybody[who % everybody.length] ?? this.#host
    const isHost = friend === this.#host
    if (what === 'fail')
      this.#village.office.failures.push(new Fault('unreachable', 'Nobody answers', { retryable: true }))
    if (what === 'turn') await this.#village.turn()
    if (what === 'restart' && !isHost) await this.#village.restart(friend)
    if (what === 'away' && !isHost) this.#village.away.add(friend)
    if (what === 'back') this.#village.away.delete(friend)
    if (what === 'say' && this.#isIn(friend)) this.#say(friend)
    if (what === 'remove' && !isHost && this.#isIn(friend)) {
      this.#host.circles.remove(this.#host.circleId, this.#host.memberId(friend.name))
      this.#goes(friend)
    }
    if (what === 'leave' && !isHost && this.#isIn(friend)) {
      friend.circles.leave(friend.circleId)
      this.#goes(friend)
    }
    if (what === 'invite' && !isHost && !this.#out.has(friend.name) && friend.circles.list().length === 0) {
      if (!this.#village.away.has(friend)) await this.#village.gather(friend)
    }
  }

  #goes({ name }: CircleFriend): void {
    this.#out.set(name, [])
    for (const { heardBy } of this.#said) heardBy.delete(name)
  }

  #say(friend: CircleFriend): void {
    const text = `${friend.name} ${this.#nth++}`
    friend.say(text)
    const heardBy = new Set(this.#host.present().filter((name) => !this.#out.has(name)))
    this.#said.push({ text, by: friend.name, heardBy })
    if (friend === this.#host) for (const since of this.#out.values()) since.push(text)
  }

  #judge(): void {
    for (const friend of this.#village.everybody) {
      if (friend.circles.list().length === 0) continue
      const shown = friend.shown()
      expect(new Set(shown).size).toBe(shown.length)
      for (const text of this.#out.get(friend.name) ?? []) expect(shown).not.toContain(`Host: ${text}`)
      // what somebody said who then left before it was stored is with nobody
      const due = this.#said.filter(({ by, heardBy }) => heardBy.has(friend.name) && !this.#out.has(by))
      for (const { by, text } of due) expect(shown).toContain(`${by}: ${text}`)
      for (const by of ['Host', 'Ada', 'Bea', 'Cleo']) {
        const numbers = shown.filter((line) => line.startsWith(`${by}: `)).map((line) => Number(line.split(' ')[2]))
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
      }
    }
  }
}

/** What was stored, and not told of yet, when somebody was removed: it was lost. */
const found: Step[] = [
  { do: 'say', who: 0 },
  { do: 'say', who: 1 },
  { do: 'remove', who: 2 },
  { do: 'turn', who: 1 },
  { do: 'say', who: 1 },
]

describe('a circle to which anything happens', () => {
  it('has everything with everybody who is in it, once and in order, and nothing with those who are not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => new Run().play(steps)),
      { numRuns: 6, examples: [[found]] },
    )
  })
})

function faultOf(call: () => unknown): string | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (isFault(error)) return error.code
    throw error
  }
}
