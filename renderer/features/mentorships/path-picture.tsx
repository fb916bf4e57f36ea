import { Trans, useLingui } from '@lingui/react/macro'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import type { Weave } from '../../../core/api/views.ts'
import { pathShape, type Knot, type Stretch } from './path-shape.ts'
import './path.css'

interface PathPictureProps {
  readonly goals: MentorshipView['goals']
  readonly isFinished: boolean
  /** Of the two: each has a thread in a colour of their own. */
  readonly weaves: readonly [mine: Weave | undefined, theirs: Weave]
}

/** The way of two people: their threads, tied at each milestone, and with a large knot at each goal. */
export function PathPicture({ goals, isFinished, weaves }: PathPictureProps) {
  const { t } = useLingui()
  const { width, height, knots, stretches } = pathShape(goals, isFinished)
  const goalShare = shareOf(knots.filter(({ isGoal }) => isGoal))
  const stepShare = shareOf(knots.filter(({ isGoal }) => !isGoal))
  const words =
    knots.length === 0
      ? t`The way you go together; no goal is on it yet`
      : t`Your way together. Goals reached: ${goalShare}. Milestones done: ${stepShare}.`
  const [mine, theirs] = weaves
  const end = stretches.at(-1)?.to
  return (
    <figure className="path">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img would need a data URL, which the page's policy refuses */}
      <svg className="path-picture" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
        <g className={`path-thread thread-${threadOf(theirs)}`}>
          {stretches.map((stretch, index) => (
            <Thread key={keyOf(stretch)} stretch={stretch} isUpper={index % 2 === 1} />
          ))}
        </g>
        <g
          className={`path-thread path-thread-mine ${mine === undefined ? 'path-thread-plain' : `thread-${threadOf(mine, threadOf(theirs))}`}`}
        >
          {stretches.map((stretch, index) => (
            <Thread key={keyOf(stretch)} stretch={stretch} isUpper={index % 2 === 0} />
          ))}
        </g>
        <circle className="path-start" cx={stretches[0]?.from.x} cy={stretches[0]?.from.y} r="4" />
        {knots.map((knot) => (
          <KnotMark key={knot.id} knot={knot} />
        ))}
        {end !== undefined && isFinished && <path className="path-end" d={`M${end.x - 7} ${end.y}l7 -7 7 7 -7 7Z`} />}
      </svg>
      {goals.length > 0 && (
        <ol className="path-goals" aria-label={t`Goals`}>
          {goals.map(({ id, title, milestones, progress }, index) => (
            <li key={id}>
              <span className="path-number" data-done={progress >= 1} aria-hidden="true">
                {index + 1}
              </span>
              <span>
                <bdi>{title}</bdi>{' '}
                <span className="soft small">
                  <Reached
                    done={milestones.filter(({ done }) => done).length}
                    all={milestones.length}
                    progress={progress}
                  />
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </figure>
  )
}

/** How much of a goal is there. */
export function Reached({
  done,
  all,
  progress,
}: {
  readonly done: number
  readonly all: number
  readonly progress: number
}) {
  const { i18n } = useLingui()
  if (progress >= 1) return <Trans>Reached</Trans>
  if (all > 0)
    return (
      <Trans>
        {done} of {all}
      </Trans>
    )
  return i18n.number(progress, { style: 'percent' })
}

/** `2 / 5`, read as a fraction of all. */
function shareOf(knots: readonly Knot[]): string {
  return `${knots.filter(({ isDone }) => isDone).length} / ${knots.length}`
}

function keyOf({ from }: Stretch): string {
  return `${from.x} ${from.y}`
}

/** The thread of a weave that is most seen, and is not `other`. */
function threadOf({ threads: [ground = 0, most = ground, least = ground] }: Weave, other?: number): number {
  return [most, least, ground].find((thread) => thread !== other) ?? most
}

function Thread({ stretch: { from, to, isGone }, isUpper }: { readonly stretch: Stretch; readonly isUpper: boolean }) {
  const third = (to.x - from.x) / 3
  const bow = Math.min(18, third) * (isUpper ? -1 : 1)
  const d = `M${from.x} ${from.y}C${from.x + third} ${from.y + bow} ${to.x - third} ${to.y + bow} ${to.x} ${to.y}`
  return <path className={isGone ? 'path-gone' : 'path-ahead'} d={d} />
}

function KnotMark({ knot: { x, y, isGoal, isDone, progress, number } }: { readonly knot: Knot }) {
  if (!isGoal) {
    return (
      <g className="knot" data-done={isDone}>
        <circle cx={x} cy={y} r="6" />
        {isDone && <circle className="knot-core" cx={x} cy={y} r="2" />}
      </g>
    )
  }
  const round = 2 * Math.PI * 11
  return (
    <g className="knot knot-goal" data-done={isDone}>
      <circle cx={x} cy={y} r="11" />
      {!isDone && progress > 0 && (
        <circle
          className="knot-progress"
          cx={x}
          cy={y}
          r="11"
          strokeDasharray={`${round * progress} ${round}`}
          transform={`rotate(-90 ${x} ${y})`}
        />
      )}
      <text x={x} y={y}>
        {number}
      </text>
    </g>
  )
}
