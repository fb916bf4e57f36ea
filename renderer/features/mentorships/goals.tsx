import { Trans, useLingui } from '@lingui/react/macro'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { freshId } from '../../api/fresh-id.ts'
import { isOver } from './parts.ts'
import { Milestones } from './milestones.tsx'
import { OneLine } from './one-line.tsx'
import { Reached } from './path-picture.tsx'
import { ProgressSlider } from './progress-slider.tsx'
import { useEntry } from './use-entry.tsx'
import { useEdit } from './use-mentorship.ts'

type Goal = MentorshipView['goals'][number]

/** Where the two want to get, step by step. */
export function Goals({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const { id, goals } = mentorship
  const isClosed = isOver(mentorship)
  const edit = useEdit(id)
  return (
    <div className="stack stack-wide">
      {goals.length === 0 && (
        <Empty title={isClosed ? t`No goals` : t`Where do you want to get?`}>
          {!isClosed && (
            <p>
              <Trans>
                Write one goal that you could recognise when you are there. Then cut it into milestones, small enough
                for a few weeks each: they become the knots on your thread.
              </Trans>
            </p>
          )}
        </Empty>
      )}
      <ol className="goals" aria-label={t`Goals`}>
        {goals.map((goal, index) => (
          <GoalItem key={goal.id} mentorshipId={id} goal={goal} number={index + 1} isClosed={isClosed} />
        ))}
      </ol>
      <ProblemNotice problem={edit.problem} />
      {!isClosed && goals.length < limits.goals && (
        <OneLine
          draft={`goal ${id}`}
          label={t`A new goal`}
          placeholder={t`I can sew a shirt without a pattern`}
          action={t`Add the goal`}
          kind="primary"
          limit={limits.title}
          isPending={edit.pending}
          onSave={(title) => edit.run({ kind: 'goal', goalId: freshId(), title })}
        />
      )}
    </div>
  )
}

interface GoalItemProps {
  readonly mentorshipId: string
  readonly goal: Goal
  readonly number: number
  readonly isClosed: boolean
}

function GoalItem({ mentorshipId, goal, number, isClosed }: GoalItemProps) {
  const { t } = useLingui()
  const { id, title, milestones, progress } = goal
  const edit = useEdit(mentorshipId)
  const { menu, below } = useEntry({
    mentorshipId,
    id,
    title,
    rename: (next) => ({ kind: 'goal', goalId: id, title: next }),
    words: {
      menu: t`What to do with this goal`,
      title: t`Other words for this goal`,
      removal: t`Remove this goal?`,
      loss: t`It goes for both of you, with its milestones.`,
    },
  })
  return (
    <li className="goal">
      <div className="goal-head">
        <span className="path-number" data-done={progress >= 1} aria-hidden="true">
          {number}
        </span>
        <h3>
          <bdi>{title}</bdi>
        </h3>
        <Tag tone={progress >= 1 ? 'reached' : 'plain'} icon={progress >= 1 ? 'check' : 'mentorships'}>
          <Reached done={milestones.filter(({ done }) => done).length} all={milestones.length} progress={progress} />
        </Tag>
        {!isClosed && menu}
      </div>
      {below}
      <Milestones mentorshipId={mentorshipId} goal={goal} isClosed={isClosed} />
      <ProblemNotice problem={edit.problem} />
      {milestones.length === 0 && !isClosed && (
        <ProgressSlider
          value={progress}
          onChange={(next) => void edit.run({ kind: 'goal', goalId: id, progress: next })}
        />
      )}
    </li>
  )
}
