import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Notice, ProblemNotice, type Tone } from '../../ui/notice.tsx'
import type { Part } from './parts.ts'
import { useDeed } from './use-mentorship.ts'

interface AwaitingProps {
  readonly mentorship: MentorshipView
  readonly onPart: (part: Part) => void
}

/** What waits for this person here, one line each, with the way to it. */
export function Awaiting({ mentorship, onPart }: AwaitingProps) {
  const { go } = useNavigation()
  const { id, waits, contact } = mentorship
  const name = contact.pseudonym
  /** The foremost is what the page is most about. */
  const kindOf = (wait: MentorshipView['waits'][number]) => (waits[0] === wait ? 'primary' : 'quiet')
  if (waits.length === 0) return null
  return (
    <div className="stack stack-tight">
      {waits.includes('session') && (
        <Wait
          kind={kindOf('session')}
          action={<Trans>See the time</Trans>}
          onPress={() => onPart('sessions')}
          icon="calendar"
        >
          <Trans>
            <bdi>{name}</bdi> proposes a time for a session.
          </Trans>
        </Wait>
      )}
      {waits.includes('took-place') && (
        <Wait
          kind={kindOf('took-place')}
          action={<Trans>Note it</Trans>}
          onPress={() => onPart('sessions')}
          icon="calendar"
        >
          <Trans>The time of a session is over. Did it take place?</Trans>
        </Wait>
      )}
      {waits.includes('agreement') && (
        <Wait kind={kindOf('agreement')} action={<Trans>Read it</Trans>} onPress={() => onPart('agreement')}>
          <Trans>The agreement was changed since you agreed.</Trans>
        </Wait>
      )}
      {waits.includes('finish') && (
        <Wait
          kind={kindOf('finish')}
          action={<Trans>See how to finish</Trans>}
          onPress={() => go({ at: 'farewell', id })}
        >
          <Trans>
            <bdi>{name}</bdi> would like to finish. It is finished once you say so too.
          </Trans>
        </Wait>
      )}
      {waits.includes('farewell') && (
        <Wait
          kind={kindOf('farewell')}
          action={<Trans>Look back</Trans>}
          onPress={() => go({ at: 'farewell', id })}
          tone="reached"
          icon="sparkle"
        >
          <Trans>You have finished together. Look back, say thank you, decide what stays.</Trans>
        </Wait>
      )}
      {waits.includes('check-in') && <CheckIn mentorship={mentorship} onPart={onPart} />}
    </div>
  )
}

interface WaitProps {
  readonly children: ReactNode
  readonly action: ReactNode
  readonly onPress: () => void
  readonly kind: 'primary' | 'quiet'
  readonly tone?: Tone
  readonly icon?: IconName
}

function Wait({ children, action, onPress, kind, tone = 'waiting', icon }: WaitProps) {
  return (
    <Notice tone={tone} {...(icon === undefined ? {} : { icon })}>
      <p>{children}</p>
      <Button kind={kind} onPress={onPress}>
        {action}
      </Button>
    </Notice>
  )
}

/** Nothing has moved for a while: asks, and blames nobody. */
function CheckIn({ mentorship: { id, conversationId }, onPart }: AwaitingProps) {
  const { go } = useNavigation()
  const dismiss = useDeed(id, (mentorships) => mentorships.dismissCheckIn({ mentorshipId: id }))
  return (
    <Notice icon="smile">
      <p>
        <Trans>
          It has been quiet here for three weeks. That may be just right. If you miss it, a short hello is enough.
        </Trans>
      </p>
      <ProblemNotice problem={dismiss.problem} />
      <div className="row">
        <Button onPress={() => go({ at: 'conversation', id: conversationId })}>
          <Trans>Write a few words</Trans>
        </Button>
        <Button onPress={() => onPart('sessions')}>
          <Trans>Propose a session</Trans>
        </Button>
        <Button kind="plain" isPending={dismiss.pending} onPress={() => void dismiss.run()}>
          <Trans>It is fine so</Trans>
        </Button>
      </div>
      <p className="small soft">
        <Trans>Only you see this. It can be turned off under “Only you”.</Trans>
      </p>
    </Notice>
  )
}
