import { Trans, useLingui } from '@lingui/react/macro'
import type { ConversationView } from '../../../core/api/views.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { appointment } from '../../words/time.ts'
import { isOver } from './parts.ts'
import { Leave } from './leave.tsx'
import { StateTag, WaitTag } from './mentorship-state.tsx'
import { useMentorships } from './use-mentorship.ts'
import './mentorships.css'

/** Under the head of a conversation: the mentorship of the two, or how to begin one; and the way out. */
export function MentorshipBar({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const { go } = useNavigation()
  const region = useRegion()
  const now = useNow()
  const { data } = useMentorships()
  const [latest] = data?.filter(({ conversationId }) => conversationId === conversation.id) ?? []
  const canPropose = conversation.ending === 'none' && !conversation.blocked
  const isOpen = latest !== undefined && !isOver(latest)
  if (data === undefined || (latest === undefined && !canPropose)) return null
  const next = latest?.nextSession ?? null
  return (
    <nav className="desk-bar" aria-label={t`Mentorship`}>
      {latest !== undefined && (
        <Button kind="plain" icon="mentorships" onPress={() => go({ at: 'mentorship', id: latest.id })}>
          <Trans>Mentorship</Trans>
        </Button>
      )}
      {isOpen && latest.waits.length === 0 && latest.state !== 'active' && <StateTag state={latest.state} />}
      {isOpen && <WaitTag waits={latest.waits} />}
      {isOpen && next !== null && <span className="desk-bar-next">{appointment(region, next.at, now, 'short')}</span>}
      {!isOpen && canPropose && (
        <Button kind="plain" icon="plus" onPress={() => go({ at: 'propose-mentorship', id: conversation.id })}>
          <Trans>Propose a mentorship</Trans>
        </Button>
      )}
      {isOpen && latest.state !== 'proposed' && (
        <div className="desk-bar-out">
          <Leave mentorship={latest} />
        </div>
      )}
    </nav>
  )
}
