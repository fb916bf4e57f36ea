import * as fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { Correspondent, settle, type Damage } from '../support/correspondent.ts'
import { LossyNodes, type Failure } from '../support/lossy-nodes.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { introduce, pairSchema } from '../support/pair.ts'
import { scratch } from '../support/scratch.ts'

const hour = 3_600_000
const place = scratch()
afterAll(() => place.remove())
let runs = 0

const side = fc.constantFrom<0 | 1>(0, 1)
const failure = fc.constantFrom<Failure>('none', 'none', 'lost', 'unheard')
const damage = fc.constantFrom<Damage>('session-lost', 'session-damaged', 'identity-lost')
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('say' as const), side }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('look' as const), side }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('tell' as const), side, failure }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('post' as const), side, failure }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hand' as const), side, most: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('damage' as const), side, damage }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('later' as const), hours: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), side }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), nth: fc.nat() }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

class Pair {
  readonly clock = new ManualClock()
  readonly nodes = new LossyNodes(this.clock)
  readonly sides: readonly [Correspondent, Correspondent]
  readonly said: readonly [string[], string[]] = [[], []]

  private constructor(open: (pair: Pair) => [Correspondent, Correspondent]) {
    this.sides = open(this)
  }

  static async begin(): Promise<Pair> {
    const run = runs++
    const vault = (name: string) => place.database(`${name}-${run}`, pairSchema)
    const first = [vault('seeker'), vault('mentor')] as const
    const ids = await introduce(...first, new ManualClock())
    for (const database of first) database.close()
    return new Pair(({ clock, nodes }) => {
      const open = (name: string) => () => {
        const database = vault(name)
        return { database, ratchet: new Ratchet(database, clock), clock }
      }
      return [
        new Correspondent(open('seeker'), nodes, ids.seeker.id),
        new Correspondent(open('mentor'), nodes, ids.mentor.id),
      ]
    })
  }

  async take(step: Step): Promise<void> {
    const which = 'side' in step ? step.side : 0
    const [here, there] = which === 0 ? this.sides : ([this.sides[1], this.sides[0]] as const)
    if ('failure' in step) this.nodes.failures.push(step.failure)
    switch (step.do) {
      case 'say': {
        const text = `${which} says ${this.said[which].length}`
        // a changed key is a stop: the person goes on when they next want to say something
        if (here.keys.stopped !== undefined) await here.conversations.security.goOn(here.id)
        await here.say(text)
        this.said[which].push(text)
        break
      }
      case 'look':
        await here.look()
        break
      case 'tell':
        await here.tell()
        break
      case 'post':
        await here.post()
        break
      case 'hand':
        await here.hand(there, step.most)
        break
      case 'damage':
        here.damage(step.damage)
        break
      case 'later':
        this.clock.advance(step.hours * hour)
        break
      case 'restart':
        await here.restart()
        break
      case 'forget':
        this.nodes.forget(step.nth)
        break
    }
    this.nodes.failures.length = 0
    this.check()
  }

  /** What must hold at any time: nothing twice, nothing out of order, nothing missing in between. */
  check(): void {
    for (const [to, from] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const texts = this.sides[to].texts()
      expect(texts).toEqual(this.said[from].slice(0, texts.length))
      expect(this.sides[from].messages(true).map(({ text }) => text)).toEqual(this.said[from])
    }
  }

  /** Both are there a few times a day, and look at each other's new keys. */
  async heal(): Promise<boolean> {
    for (let week = 0; week < 4; week++) {
      const pass = (): void => this.clock.advance(6 * hour)
      if (await settle(this.sides, pass, 12)) return true
      for (const side of this.sides)
        if (side.keys.stopped !== undefined) await side.conversations.security.goOn(side.id)
    }
    return false
  }

  async end(): Promise<void> {
    for (const side of this.sides) await side.close()
    this.nodes.close()
  }
}

it('loses, repeats and reorders nothing when sessions break on either side at any moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 50 }), async (steps) => {
      const pair = await Pair.begin()
      try {
        for (const each of steps) await pair.take(each)
        expect(await pair.heal()).toBe(true)
        const [seeker, mentor] = pair.sides
        expect(mentor.texts()).toEqual(pair.said[0])
        expect(seeker.texts()).toEqual(pair.said[1])
        expect(seeker.state.generation).toBe(mentor.state.generation)
        // one that was overtaken by another may be seen by one side alone
        for (const side of pair.sides) expect(side.renewals() > 0).toBe(side.state.generation > 0)
        const numbers = pair.sides.map((side) => side.conversations.security.safetyNumber(side.id).digits)
        expect(numbers[0]).toBe(numbers[1])
        for (const { desk } of pair.sides) {
          expect(desk.database.all('SELECT id FROM ratchet_identities').length).toBe(1)
          for (const table of ['conversation_outbox', 'conversation_inbox', 'ratchet_renewals']) {
            expect(desk.database.all(`SELECT * FROM ${table}`)).toEqual([])
          }
        }
      } finally {
        await pair.end()
      }
    }),
    {
      numRuns: 60,
      examples: [
        // found once: an answer that another took the place of, because the other came with yet another key
        [
          [
            { do: 'damage', side: 1, damage: 'identity-lost' },
            { do: 'damage', side: 0, damage: 'session-lost' },
            { do: 'say', side: 0 },
            { do: 'damage', side: 0, damage: 'identity-lost' },
          ],
        ],
      ],
    },
  )
}, 240_000)
