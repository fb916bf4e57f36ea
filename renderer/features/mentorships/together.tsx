import { Trans, useLingui } from '@lingui/react/macro'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { appointment, fullDate, relativeTime } from '../../words/time.ts'
import { Awaiting } from './awaiting.tsx'
import { isOver, type Part } from './parts.ts'
import { Over } from './over.tsx'
import { PathPicture } from './path-picture.tsx'
import { useConversation } from './use-mentorship.ts'
import { Ways } from './ways.tsx'

interface TogetherProps {
  readonly mentorship: MentorshipView
  readonly onPart: (part: Part) => void
}

/** Where the two are: what waits, the way behind them and ahead, and when they meet next. */
export function Together({ mentorship, onPart }: TogetherProps) {
  const { personas } = useBelonging()
  const conversation = useConversation(mentorship.conversationId)
  const { contact, goals, state, erasure } = mentorship
  const mine = personas.find(({ id }) => id === conversation?.personaId)?.weave
  const isClosed = isOver(mentorship)
  return (
    <div className="stack stack-wide">
      <Awaiting mentorship={mentorship} onPart={onPart} />
      {isClosed && <Over mentorship={mentorship} />}
      {erasure.workspace === 'kept' && (
        <section className="stack">
          <h2>
            <Trans>Your way</Trans>
          </h2>
          <PathPicture goals={goals} isFinished={state === 'finished'} weaves={[mine, contact.weave]} />
          {goals.length === 0 && !isClosed && (
            <div className="row">
              <Button kind="plain" icon="plus" onPress={() => onPart('goals')}>
                <Trans>Write the first goal</Trans>
              </Button>
            </div>
          )}
        </section>
      )}
      {!isClosed && <Next mentorship={mentorship} onPart={onPart} />}
      {!isClosed && <Ways mentorship={mentorship} />}
    </div>
  )
}

function Next({ mentorship, onPart }: TogetherProps) {
  const { t } = useLingui()
  const region = useRegion()
  const now = useNow()
  const { nextSession, agreement, beganAt, waits } = mentorship
  const since = beganAt === null ? undefined : fullDate(region, beganAt)
  const { until } = agreement
  const days = until === null ? undefined : relativeTime(region, new Date(`${until}T12:00`).getTime(), now)
  return (
    <section className="stack stack-tight">
      <h2>{t`Next session`}</h2>
      {nextSession === null ? (
        <p className="soft">
          <Trans>None is agreed.</Trans>
        </p>
      ) : (
        <p className="session-when">
          <time dateTime={new Date(nextSession.at).toISOString()}>{appointment(region, nextSession.at, now)}</time>
          <span className="soft small">{relativeTime(region, nextSession.at, now)}</span>
        </p>
      )}
      <div className="row">
        <Button
          kind={waits.every((wait) => wait === 'check-in') ? 'primary' : 'quiet'}
          icon="calendar"
          onPress={() => onPart('sessions')}
        >
          {nextSession === null ? t`Propose a session` : t`See the sessions`}
        </Button>
      </div>
      <p className="small soft">
        {since !== undefined && <Trans>Since {since}</Trans>}
        {days !== undefined && (
          <>
            {' · '}
            <Trans>Agreed to end: {days}</Trans>
          </>
        )}
      </p>
    </section>
  )
}
