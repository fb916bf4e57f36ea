import type { MentorshipView } from '../../../core/api/mentorships.ts'

/** A knot where the two threads meet. */
export interface Knot {
  readonly id: string
  readonly x: number
  readonly y: number
  /** A goal, at the end of its milestones, is a large one. */
  readonly isGoal: boolean
  readonly isDone: boolean
  /** How much of it is reached, 0 to 1. */
  readonly progress: number
  /** Whether the two have come so far, or at least set out for it from the knot before. */
  readonly isBegun: boolean
  /** Of a goal: its place among them, from 1. */
  readonly number: number | undefined
}

/** One stretch of both threads, from knot to knot. */
export interface Stretch {
  readonly from: Point
  readonly to: Point
  /** Which of the two lies above: they change at every knot. */
  readonly isTurned: boolean
  /** Whether the way is behind the two already. */
  readonly isGone: boolean
}

interface Point {
  readonly x: number
  readonly y: number
}

export interface PathShape {
  readonly width: number
  readonly height: number
  readonly knots: readonly Knot[]
  readonly stretches: readonly Stretch[]
}

/** Of the picture, in its own units: as wide as a small telephone, so that nothing gets tiny there. */
const width = 340
const edge = 22
const rowHeight = 64
/** Knots of one row. */
const most = 6

/**
 * Where everything lies: knots in the order of the goals on two threads that
 * begin at the upper start and go on, row by row, like lines of writing.
 */
export function pathShape(goals: MentorshipView['goals'], isFinished: boolean): PathShape {
  const marks = goals.flatMap((goal, index) => [
    ...goal.milestones.map(({ id, done }) => ({
      id,
      isGoal: false,
      isDone: done,
      progress: done ? 1 : 0,
      isBegun: done,
      number: undefined,
    })),
    {
      id: goal.id,
      isGoal: true,
      isDone: goal.progress >= 1,
      progress: goal.progress,
      isBegun: goal.milestones.length === 0 ? goal.progress > 0 : goal.progress >= 1,
      number: index + 1,
    },
  ])
  const rows = Math.max(1, Math.ceil(marks.length / most))
  // as many in each row, but for the last
  const perRow = Math.max(1, Math.ceil(marks.length / rows))
  const yOf = (row: number): number => rowHeight * (row + 0.5)
  const knots = marks.map((mark, index): Knot => {
    const place = (index % perRow) + 1
    return { ...mark, x: edge + (place * (width - 2 * edge)) / (perRow + 1), y: yOf(Math.floor(index / perRow)) }
  })
  const last = knots.findLastIndex(({ isBegun }) => isBegun)
  const stretches: Stretch[] = []
  for (let row = 0; row < rows; row++) {
    const inRow = knots.slice(row * perRow, (row + 1) * perRow)
    const y = yOf(row)
    const points = [{ x: row === 0 ? edge : 0, y }, ...inRow, { x: row === rows - 1 ? width - edge : width, y }]
    for (const [index, to] of points.slice(1).entries()) {
      const from = points[index] ?? to
      const before = row * perRow + index
      stretches.push({ from, to, isTurned: (before + row) % 2 === 1, isGone: isFinished || before <= last })
    }
  }
  return { width, height: rows * rowHeight, knots, stretches }
}
