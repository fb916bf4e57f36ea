import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { MentorshipView, SessionView } from '../../../core/api/mentorships.ts'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Expander } from '../../ui/page.tsx'
import { PlanSession } from './plan-session.tsx'
import { SessionItem } from './session-item.tsx'

/** What is planned, and what was. */
export function Sessions({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const now = useNow()
  const [isPlanning, setPlanning] = useState(false)
  const { sessions, state } = mentorship
  const canPlan = state === 'active' || state === 'paused'
  const ahead = sessions.filter((session) => isAhead(session, canPlan, now))
  const behind = sessions.filter((session) => !ahead.includes(session)).toReversed()
  const waits = ahead.some(({ state, proposedByMe }) => state === 'proposed' && !proposedByMe)
  return (
    <div className="stack stack-wide">
      {canPlan && isPlanning && <PlanSession mentorship={mentorship} onDone={() => setPlanning(false)} />}
      {ahead.length === 0 && !isPlanning && (
        <Empty title={t`No session is planned`}>
          {canPlan && (
            <p>
              <Trans>Propose a time. The other accepts it, or proposes another one.</Trans>
            </p>
          )}
        </Empty>
      )}
      {ahead.length > 0 && (
        <ul className="sessions" aria-label={t`Planned sessions`}>
          {ahead.map((session, index) => (
            <SessionItem
              key={session.id}
              mentorship={mentorship}
              session={session}
              isFirst={index === 0 && !isPlanning}
            />
          ))}
        </ul>
      )}
      {canPlan && !isPlanning && (
        <div className="row">
          <Button kind={waits ? 'quiet' : 'primary'} icon="calendar" onPress={() => setPlanning(true)}>
            <Trans>Propose a session</Trans>
          </Button>
        </div>
      )}
      {behind.length > 0 && (
        <Expander title={t`Before`} opens={ahead.length === 0 || !canPlan}>
          <ul className="sessions" aria-label={t`Earlier sessions`}>
            {behind.map((session) => (
              <SessionItem key={session.id} mentorship={mentorship} session={session} isFirst={false} />
            ))}
          </ul>
        </Expander>
      )}
    </div>
  )
}

/** Whether something can still become of it. */
function isAhead({ state, at, minutes, took }: SessionView, canPlan: boolean, now: number): boolean {
  if (!canPlan) return false
  if (state === 'proposed') return true
  return state === 'accepted' && (took.mine === null || at + minutes * 60_000 > now)
}
