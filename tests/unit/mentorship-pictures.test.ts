import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MentorshipView } from '../../core/api/mentorships.ts'
import { pathShape } from '../../renderer/features/mentorships/path-shape.ts'
import { mostStitches, stitchesOf } from '../../renderer/features/mentorships/stitches.ts'
import { changeOf } from '../../renderer/features/mentorships/text-change.ts'

function goal(id: string, done: readonly boolean[], progress = 0): MentorshipView['goals'][number] {
  const milestones = done.map((done, index) => ({ id: `${id}${index}`, title: '', done }))
  const reached = done.filter((each) => each).length / done.length
  return { id, title: '', milestones, progress: done.length === 0 ? progress : reached }
}

const goals = fc.array(
  fc
    .tuple(fc.array(fc.boolean(), { maxLength: 12 }), fc.constantFrom(0, 0.5, 1))
    .map(([done, progress]) => [done, progress] as const),
  { maxLength: 12 },
)

describe('the path of a mentorship', () => {
  it('ties a knot for each milestone and a large one for each goal, in their order', () => {
    const { knots } = pathShape([goal('a', [true, false]), goal('b', [], 0.5)], false)
    expect(knots.map(({ id, isGoal, isDone, number }) => [id, isGoal, isDone, number])).toEqual([
      ['a0', false, true, undefined],
      ['a1', false, false, undefined],
      ['a', true, false, 1],
      ['b', true, false, 2],
    ])
  })

  it('is behind the two as far as the last knot that they came to, or all of it', () => {
    const isGone = (isFinished: boolean) =>
      pathShape([goal('a', [true, false])], isFinished).stretches.map(({ isGone }) => isGone)
    expect(isGone(false)).toEqual([true, false, false, false])
    expect(isGone(true)).toEqual([true, true, true, true])
  })

  it('lies inside of its picture, without a gap in a row, and no knot on another', () => {
    fc.assert(
      fc.property(goals, fc.boolean(), (all, isFinished) => {
        const { width, height, knots, stretches } = pathShape(
          all.map(([done, progress], index) => goal(`goal ${index} `, done, progress)),
          isFinished,
        )
        for (const { x, y } of knots) {
          expect(x).toBeGreaterThanOrEqual(12)
          expect(x).toBeLessThanOrEqual(width - 12)
          expect(y).toBeLessThan(height)
        }
        for (const [index, { x, y }] of knots.entries()) {
          const next = knots[index + 1]
          if (next !== undefined) expect(Math.abs(next.x - x) + Math.abs(next.y - y)).toBeGreaterThan(22)
        }
        for (const [index, { to }] of stretches.entries()) {
          const next = stretches[index + 1]?.from
          if (next?.y === to.y) expect(next.x).toBe(to.x)
        }
        expect(new Set(stretches.map(({ from }) => `${from.x} ${from.y}`)).size).toBe(stretches.length)
      }),
    )
  })
})

describe('what changed in a text', () => {
  it('is the stretch of words that differs', () => {
    expect(changeOf('Draw every day', 'Draw nearly every day')).toEqual({
      before: 'Draw ',
      changed: 'nearly ',
      after: 'every day',
    })
    expect(changeOf('one two three', 'one three')).toEqual({ before: 'one ', changed: '', after: 'three' })
    expect(changeOf('', 'new')).toEqual({ before: '', changed: 'new', after: '' })
  })

  it('reads as the new text, whatever stood there before', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '🌱', '\n')).map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (old, next) => {
        const { before, changed, after } = changeOf(old, next)
        expect(before + changed + after).toBe(next)
        if (old === next) expect(changed).toBe('')
      }),
    )
  })
})

describe('the seam of hours', () => {
  it('has a stitch for each hour, and a shorter one for what is left', () => {
    expect(stitchesOf(90, 0)).toEqual({ hours: 1, given: { whole: 1, rest: 0.5 }, received: { whole: 0, rest: 0 } })
  })

  it('fits however long it is', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (given, received) => {
        const stitches = stitchesOf(given, received)
        for (const [minutes, { whole, rest }] of [
          [given, stitches.given],
          [received, stitches.received],
        ] as const) {
          expect(whole + rest).toBeLessThanOrEqual(mostStitches)
          expect((whole + rest) * stitches.hours * 60).toBeCloseTo(minutes, 3)
        }
      }),
    )
  })
})
