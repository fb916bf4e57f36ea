import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { freshId } from '../conversation/fresh-id.ts'
import { OneLine } from './one-line.tsx'
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
  const [isNaming, setNaming] = useState(false)
  const [asking, setAsking] = useState(false)
  const edit = useEdit(mentorshipId)
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
      {!isClosed && (
        <Menu
          label={t`What to do with this milestone`}
          entries={[
            { id: 'name', name: t`Other words`, icon: 'write', onAction: () => setNaming(true) },
            { id: 'remove', name: t`Remove`, icon: 'remove', isDanger: true, onAction: () => setAsking(true) },
          ]}
        />
      )}
      <ProblemNotice problem={edit.problem} />
      {isNaming && (
        <OneLine
          draft={`milestone ${id}`}
          label={t`Other words for this milestone`}
          initial={title}
          limit={limits.title}
          isPending={edit.pending}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person chose to write here
          autoFocus
          onSave={async (next) => {
            const went = await edit.run({ kind: 'milestone', goalId, milestoneId: id, title: next })
            if (went) setNaming(false)
            return went
          }}
          onLeave={() => setNaming(false)}
        />
      )}
      <Confirm
        isOpen={asking}
        title={t`Remove this milestone?`}
        action={t`Remove`}
        onClose={() => setAsking(false)}
        onConfirm={() => void edit.run({ kind: 'remove', id })}
      >
        <p>{t`It goes for both of you.`}</p>
      </Confirm>
    </li>
  )
}
