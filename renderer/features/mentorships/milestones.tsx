import { useLingui } from '@lingui/react/macro'
import { Checkbox } from 'react-aria-components'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { Icon } from '../../ui/icon.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { freshId } from '../../api/fresh-id.ts'
import { OneLine } from './one-line.tsx'
import { useEntry } from './use-entry.tsx'
import { useEdit } from './use-mentorship.ts'

type Goal = MentorshipView['goals'][number]

interface MilestonesProps {
  readonly mentorshipId: string
  readonly goal: Goal
  readonly isClosed: boolean
}

/** The steps to a goal, ticked off by either of the two. */
export function Milestones({ mentorshipId, goal, isClosed }: MilestonesProps) {
  const { t } = useLingui()
  const edit = useEdit(mentorshipId)
  const { title, milestones } = goal
  return (
    <>
      {milestones.length > 0 && (
        <ul className="milestones" aria-label={t`Milestones: ${title}`}>
          {milestones.map((milestone) => (
            <MilestoneItem
              key={milestone.id}
              mentorshipId={mentorshipId}
              goalId={goal.id}
              milestone={milestone}
              isClosed={isClosed}
            />
          ))}
        </ul>
      )}
      <ProblemNotice problem={edit.problem} />
      {!isClosed && milestones.length < limits.milestones && (
        <OneLine
          draft={`milestone ${goal.id}`}
          label={t`A milestone`}
          action={t`Add`}
          limit={limits.title}
          isPending={edit.pending}
          onSave={(next) => edit.run({ kind: 'milestone', goalId: goal.id, milestoneId: freshId(), title: next })}
        />
      )}
    </>
  )
}

interface MilestoneItemProps {
  readonly mentorshipId: string
  readonly goalId: string
  readonly milestone: Goal['milestones'][number]
  readonly isClosed: boolean
}

function MilestoneItem({ mentorshipId, goalId, milestone: { id, title, done }, isClosed }: MilestoneItemProps) {
  const { t } = useLingui()
  const edit = useEdit(mentorshipId)
  const { menu, below } = useEntry({
    mentorshipId,
    id,
    title,
    rename: (next) => ({ kind: 'milestone', goalId, milestoneId: id, title: next }),
    words: {
      menu: t`What to do with this milestone`,
      title: t`Other words for this milestone`,
      removal: t`Remove this milestone?`,
      loss: t`It goes for both of you.`,
    },
  })
  return (
    <li className="milestone">
      <Checkbox
        className="choice"
        isSelected={done}
        isDisabled={isClosed}
        onChange={(next) => void edit.run({ kind: 'milestone', goalId, milestoneId: id, done: next })}
      >
        <span className="choice-mark">
          <Icon name="check" />
        </span>
        <span className="choice-words">
          <bdi>{title}</bdi>
        </span>
      </Checkbox>
      {!isClosed && menu}
      <ProblemNotice problem={edit.problem} />
      {below}
    </li>
  )
}
