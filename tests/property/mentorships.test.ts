import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkspaceChange } from '../../core/api/mentorships.ts'
import { isFault } from '../../core/base/fault.ts'
import { MentorshipStore } from '../../core/mentorships/store.ts'
import { tell } from '../../core/mentorships/life.ts'
import { Workspace } from '../../core/mentorships/workspace.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Crash, MentorPost } from '../support/mentor-post.ts'
import { noAgreement } from '../support/mentors.ts'
import { mirrored, seen } from '../support/mirrored-mentorship.ts'

const hour = 3_600_000
const idOf = (what: string, nth: number): string => Buffer.from(`${what}${nth}`.padEnd(16, '.')).toString('hex')

const words = fc.constantFrom('', 'fold', 'sew\nand glue', 'a 🧵 thread', 'needle', 'x'.repeat(600))

const change: fc.Arbitrary<WorkspaceChange> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    field: fc.constantFrom('what', 'notes', 'boundaries'),
    from: words,
    to: words,
  }),
  fc.record({
    kind: fc.constant('terms' as const),
    terms: fc.record({ rhythm: fc.constantFrom('weekly', 'monthly', null), minutes: fc.constantFrom(30, 60) }),
  }),
  fc.record({
    kind: fc.constant('goal' as const),
    goalId: fc.nat(1).map((nth) => idOf('goal', nth)),
    title: fc.constantFrom('A book', 'A box'),
  }),
  fc.record(
    {
      kind: fc.constant('milestone' as const),
      goalId: fc.nat(1).map((nth) => idOf('goal', nth)),
      milestoneId: fc.nat(1).map((nth) => idOf('step', nth)),
      title: fc.constantFrom('Fold', 'Sew'),
      done: fc.boolean(),
    },
    { requiredKeys: ['kind', 'goalId', 'milestoneId'] },
  ),
  fc.record({
    kind: fc.constant('link' as const),
    linkId: fc.nat(1).map((nth) => idOf('link', nth)),
    title: fc.constant('Stitches'),
    address: fc.constantFrom('one', 'two'),
  }),
  fc.record({
    kind: fc.constant('remove' as const),
    id: fc.oneof(
      fc.nat(1).map((nth) => idOf('goal', nth)),
      fc.nat(1).map((nth) => idOf('step', nth)),
    ),
  }),
)

const of = <const What extends string>(...whats: readonly What[]): fc.Arbitrary<{ do: What }> =>
  fc.record({ do: fc.constantFrom(...whats) })
const many = <const What>(what: What, times: number): What[] => Array.from({ length: times }, () => what)

const act = fc.oneof(
  { weight: 7, arbitrary: fc.record({ do: fc.constant('edit' as const), change }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('bring' as const), count: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'plan' as const,
        'take' as const,
        'take' as const,
        'held' as const,
        'cancel' as const,
        'held' as const,
      ),
      nth: fc.nat(1),
      hours: fc.nat(3),
    }),
  },
  { weight: 3, arbitrary: of('accept', 'accept', 'agree', 'agree', 'pause', 'resume', 'thank', 'propose', 'propose') },
  { weight: 2, arbitrary: of(...many('finish', 3), ...many('go-on', 2), ...many('debrief', 3), 'thank') },
  { weight: 1, arbitrary: of(...many('erase', 5), ...many('settle', 5), 'end', 'end-and-erase') },
  { weight: 1, arbitrary: of('restart', 'crash') },
)

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never

const goalId = idOf('goal', 0)
const milestone = { kind: 'milestone', goalId, milestoneId: idOf('step', 0) } as const
const plain = (side: number, ...whats: readonly Exclude<Act['do'], 'edit' | 'bring'>[]): [number, Act][] =>
  whats.map((what): [number, Act] => [side, { do: what, nth: 0, hours: 0 }])
const edits = (side: number, ...changes: readonly WorkspaceChange[]): [number, Act][] =>
  changes.map((change) => [side, { do: 'edit', change }])
const meet: [number, Act][] = [0, 1, 0].map((side) => [side, { do: 'bring', count: 99 }])

/** What chance seldom comes to: each thing in its time, and what crosses it. */
const wholeLives: [number, Act][][] = [
  // one takes the wish to finish back while the other finishes, and deletes
  [...plain(0, 'finish'), ...meet, ...plain(1, 'finish', 'erase'), ...plain(0, 'go-on', 'plan'), ...meet],
  [
    ...edits(0, { kind: 'goal', goalId, title: 'A book' }, { ...milestone, title: 'Fold' }),
    ...meet,
    ...edits(1, { ...milestone, done: true }, { kind: 'text', field: 'notes', from: '', to: 'glue' }),
    ...edits(0, { kind: 'text', field: 'notes', from: '', to: 'wax' }, { kind: 'remove', id: goalId }),
    ...plain(0, 'crash', 'pause'),
    ...plain(1, 'plan', 'pause', 'resume'),
    ...meet,
    ...plain(0, 'take'),
    ...plain(1, 'held', 'agree'),
    ...meet,
    ...plain(1, 'held'),
    ...plain(0, 'held', 'finish', 'go-on', 'finish'),
    ...meet,
    ...plain(1, 'thank', 'finish', 'debrief'),
    ...plain(0, 'go-on', 'cancel'),
    ...meet,
    ...plain(0, 'debrief', 'erase'),
    ...plain(1, 'thank', 'debrief'),
    ...meet,
  ],
  [
    ...plain(0, 'finish'),
    ...meet,
    ...plain(1, 'finish', 'erase'),
    ...plain(0, 'go-on', 'plan', 'end-and-erase', 'propose'),
    ...edits(0, { kind: 'terms', terms: { minutes: 30 } }),
    ...meet,
    ...plain(1, 'accept', 'plan'),
    ...plain(0, 'end'),
    ...meet,
    ...plain(0, 'propose'),
    ...plain(1, 'propose'),
    ...meet,
    ...plain(0, 'accept'),
    ...plain(1, 'accept'),
  ],
]

/** Says or does something, if it makes sense where it is said. */
async function perform(here: MentorPost, there: MentorPost, act: Act, nth: number): Promise<void> {
  const { app, clock } = here
  clock.advance(60_000)
  const id = app.list()[0]?.id
  if (act.do === 'bring') return here.receive(there, act.count)
  if (act.do === 'restart') return here.restart()
  if (act.do === 'crash') {
    here.failing = 1
    return
  }
  if (act.do === 'settle') return here.settle()
  if (act.do === 'propose') {
    const wish = { teaches: 'both', agreement: { ...noAgreement, what: `proposal ${nth}` } } as const
    return app.saying.propose(idOf(here.role, nth), here.id, wish)
  }
  if (id === undefined) return
  const { agreement, sessions } = app.view(id)
  switch (act.do) {
    case 'edit':
      return app.saying.edit(id, act.change)
    case 'accept':
    case 'agree':
      return app.saying.agree(id, act.do, agreement.version)
    case 'thank':
      return app.saying.thank(id, `thanks ${nth}`)
    case 'debrief':
      return app.debrief(id, { well: `well ${nth}` }, true)
    case 'end':
    case 'end-and-erase':
      return app.end(id, { erase: act.do === 'end' ? 'nothing' : 'workspace', block: false })
    case 'erase':
      return app.erase(id, { workspace: true, files: nth % 2 === 0 })
    case 'plan':
      return app.saying.plan(id, {
        session: idOf('session', act.nth),
        at: clock.now() - hour + act.hours * hour,
        minutes: 30,
        format: 'text',
        note: '',
        teaches: act.hours === 1 ? 'me' : 'them',
      })
    case 'take':
      return app.saying.take(
        id,
        idOf('session', act.nth),
        sessions.find((each) => each.id === idOf('session', act.nth))?.plan ?? 0,
      )
    case 'held':
      return app.saying.held(id, idOf('session', act.nth), 20 + act.hours)
    case 'cancel':
      return app.saying.say(id, () => ({ kind: 'cancel', session: idOf('session', act.nth) }))
    default: {
      const { do: kind } = act
      return app.saying.say(id, () => ({ kind }))
    }
  }
}

/** What both must have in common, in the words of neither side. */
function common({ database, id }: MentorPost) {
  const store = new MentorshipStore(database)
  const lives = [...tell(store.entries(id)).lives.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    lives,
    documents: store
      .list(id)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id: of, kept, erased }) => ({
        of,
        erased,
        // of what is gone nothing more is counted
        used: erased ? undefined : kept.used,
        written: new Workspace(kept.state).read(),
      })),
  }
}

/**
 * Both do and bring what they are told to, and then bring all that is left until
 * nothing is said any more.
 *
 * @param isLost which of the items that are brought before the end cannot be read
 */
async function live(acts: readonly [number, Act][], done: Map<string, number>, isLost?: () => boolean): Promise<void> {
  const clock = new ManualClock()
  const [ada, bo] = [new MentorPost('seeker', clock), new MentorPost('mentor', clock)]
  const both = [
    [ada, bo],
    [bo, ada],
  ] as const
  try {
    await perform(ada, bo, { do: 'propose' }, 0)
    bo.receive(ada, 1)
    await perform(bo, ada, { do: 'accept' }, 0)
    for (const [nth, [side, what]] of acts.entries()) {
      const [here, there] = side === 0 ? both[0] : both[1]
      const before = here.failing > 0 ? JSON.stringify([common(here), here.sent.length]) : undefined
      try {
        if (what.do === 'bring') here.receive(there, what.count, isLost)
        else await perform(here, there, what, nth + 1)
        done.set(what.do, (done.get(what.do) ?? 0) + 1)
      } catch (error) {
        if (error instanceof Crash) {
          here.restart()
          expect(JSON.stringify([common(here), here.sent.length])).toBe(before)
        } else if (!isFault(error, 'wrong-state', 'changed', 'too-large', 'not-found', 'bad-input')) throw error
      }
    }
    let said = -1
    for (let round = 0; said < ada.sent.length + bo.sent.length; round++) {
      expect(round, 'rounds until nothing is left to say').toBeLessThan(20)
      said = ada.sent.length + bo.sent.length
      // what is asked for again is asked for the next day
      clock.advance(24 * hour)
      for (const [here, there] of both) {
        here.failing = 0
        here.receive(there, Infinity)
        await here.settle()
      }
    }
    if (isLost === undefined) expect([ada.refused, bo.refused]).toEqual([0, 0])
    expect(common(bo)).toEqual(common(ada))
    const views = ({ app }: MentorPost) => app.list().map(({ id }) => app.view(id))
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
    const [theirs, ours] = [views(bo), views(ada)]
    // which of two came here first is lost with them
    if (isLost !== undefined) for (const list of [theirs, ours]) list.sort(byId)
    expect(theirs.map(mirrored)).toEqual(ours.map(seen))
    expect(ours.filter(({ state }) => ['proposed', 'active', 'paused'].includes(state)).length).toBeLessThan(2)
  } finally {
    ada.database.close()
    bo.database.close()
  }
}

describe('two sides of a mentorship', () => {
  const lives = fc.array(fc.tuple(fc.nat(1), act), { minLength: 30, maxLength: 100 })
  const all = ['take', 'held', 'finish', 'go-on', 'debrief', 'thank', 'erase', 'end-and-erase', 'crash', 'resume']

  it('have the same in the end, whatever both did offline, in whatever order it came, through crashes', async () => {
    /** How often each thing made sense where it was done. */
    const done = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(lives, (acts) => live(acts, done)),
      { numRuns: 25, examples: wholeLives.map((acts) => [acts]) },
    )
    for (const what of ['edit', 'bring', 'plan', ...all]) expect(done.get(what) ?? 0, what).toBeGreaterThan(0)
  })

  it('have the same in the end also where much of it was lost on the way', async () => {
    let lost = 0
    const losses = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 20, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(lives, losses, async (acts, dice) => {
        let nth = 0
        await live(acts, new Map(), () => {
          const isLost = (dice[nth++ % dice.length] ?? 0) < 3
          if (isLost) lost++
          return isLost
        })
      }),
      { numRuns: 25, examples: wholeLives.map((acts) => [acts, [9, 0, 9, 9, 0, 0, 9]]) },
    )
    expect(lost).toBeGreaterThan(30)
  })
})
