import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { MentorshipView, SessionView } from '../../../core/api/mentorships.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice, Tag, type Tone } from '../../ui/notice.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { sessionStateWords } from '../../words/mentorships.ts'
import { formatWords } from '../../words/offers.ts'
import { appointment, duration, relativeTime } from '../../words/time.ts'
import { CalendarFile } from './calendar-file.tsx'
import { PlanSession } from './plan-session.tsx'
import { TookPlace } from './took-place.tsx'
import { useDeed } from './use-mentorship.ts'

interface SessionItemProps {
  readonly mentorship: MentorshipView
  readonly session: SessionView
  /** Whether its answer is what the page is most about. */
  readonly isFirst: boolean
}

const tones: Readonly<Record<SessionView['state'], readonly [Tone, IconName]>> = {
  proposed: ['waiting', 'queued'],
  accepted: ['reached', 'check'],
  held: ['plain', 'check'],
  cancelled: ['plain', 'close'],
}

/** One session: when, how, and what can be done about it now. */
export function SessionItem({ mentorship, session, isFirst }: SessionItemProps) {
  const { i18n } = useLingui()
  const region = useRegion()
  const now = useNow()
  const [isMoving, setMoving] = useState(false)
  const { at, minutes, format, note, state, proposedByMe, moves, took, near } = session
  const name = mentorship.contact.pseudonym
  const [tone, icon] = tones[state]
  const span = duration(region, took.mine ?? minutes)
  const isLive = mentorship.state === 'active' || mentorship.state === 'paused'
  return (
    <li className="session" data-state={state}>
      <p className="session-when">
        <time dateTime={new Date(at).toISOString()}>{appointment(region, at, now)}</time>
        {state !== 'held' && state !== 'cancelled' && (
          <span className="soft small">{relativeTime(region, at, now)}</span>
        )}
      </p>
      <p className="row small soft">
        <Tag tone={tone} icon={icon}>
          {state === 'proposed' ? (
            proposedByMe ? (
              <Trans>
                Waits for <bdi>{name}</bdi>
              </Trans>
            ) : (
              <Trans>Waits for your answer</Trans>
            )
          ) : (
            i18n._(sessionStateWords[state])
          )}
        </Tag>
        {near && (
          <Tag tone="waiting" icon="timer">
            {at > now ? <Trans>Soon</Trans> : <Trans>Under way</Trans>}
          </Tag>
        )}
        <span>{span}</span>
        <span>{i18n._(formatWords[format])}</span>
        {mentorship.teaches === 'both' && (
          <span>
            {session.teaches === 'me' ? (
              <Trans>You teach</Trans>
            ) : (
              <Trans>
                <bdi>{name}</bdi> teaches
              </Trans>
            )}
          </span>
        )}
        {moves > 0 && state === 'proposed' && (
          <span>
            <Trans>moved</Trans>
          </span>
        )}
      </p>
      {note !== '' && (
        <p className="prose" dir="auto">
          {note}
        </p>
      )}
      {state === 'accepted' && took.mine !== null && (
        <p className="small soft">
          <Trans>
            You noted it. It counts for you; <bdi>{name}</bdi> notes it for themselves.
          </Trans>
        </p>
      )}
      {isMoving ? (
        <PlanSession mentorship={mentorship} session={session} onDone={() => setMoving(false)} />
      ) : (
        <Answers
          mentorship={mentorship}
          session={session}
          isFirst={isFirst}
          isLive={isLive}
          isPast={at <= now}
          onMove={() => setMoving(true)}
        />
      )}
    </li>
  )
}

interface AnswersProps extends SessionItemProps {
  readonly isLive: boolean
  readonly isPast: boolean
  readonly onMove: () => void
}

function Answers({ mentorship: { id }, session, isFirst, isLive, isPast, onMove }: AnswersProps) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const { state, proposedByMe, plan, took } = session
  const of = { mentorshipId: id, sessionId: session.id }
  const accept = useDeed(id, (mentorships) => mentorships.acceptSession({ ...of, plan }))
  const cancel = useDeed(id, (mentorships) => mentorships.cancelSession(of))
  const isOpen = isLive && (state === 'proposed' || state === 'accepted')
  const canAccept = isOpen && state === 'proposed' && !proposedByMe
  const wasThere = state === 'accepted' && isPast && took.mine === null
  const cancelName = canAccept
    ? t`Decline`
    : wasThere
      ? t`It did not take place`
      : proposedByMe && state === 'proposed'
        ? t`Take it back`
        : t`Cancel the session`
  return (
    <>
      <ProblemNotice problem={accept.problem ?? cancel.problem} />
      <div className="row">
        {canAccept && (
          <Button
            kind={isFirst ? 'primary' : 'quiet'}
            icon="check"
            isPending={accept.pending}
            onPress={() => void accept.run()}
          >
            <Trans>Accept this time</Trans>
          </Button>
        )}
        {wasThere && <TookPlace mentorshipId={id} session={session} isFirst={isFirst} />}
        {isOpen && !wasThere && took.mine === null && (
          <Button icon="calendar" onPress={onMove}>
            <Trans>Propose another time</Trans>
          </Button>
        )}
        {state === 'accepted' && !isPast && <CalendarFile mentorshipId={id} sessionId={session.id} />}
        {isOpen && took.mine === null && (
          <Button kind="plain" isPending={cancel.pending} onPress={() => setAsking(true)}>
            {cancelName}
          </Button>
        )}
      </div>
      <Confirm
        isOpen={asking}
        title={canAccept ? t`Decline this session?` : wasThere ? t`Did it not take place?` : t`Cancel this session?`}
        action={cancelName}
        isDanger={!wasThere}
        onClose={() => setAsking(false)}
        onConfirm={() => void cancel.run()}
      >
        <p>
          <Trans>The other sees it, without a reason. You can propose a new one at any time.</Trans>
        </p>
      </Confirm>
    </>
  )
}
