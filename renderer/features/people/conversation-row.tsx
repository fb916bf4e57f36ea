import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ConversationView } from '../../../core/api/views.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Lookalike } from '../../ui/lookalike.tsx'
import { Tag } from '../../ui/notice.tsx'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { relativeTime } from '../../words/time.ts'
import { EventWords } from '../conversation/line.tsx'

/** Whoever one talks with: the last words, and what is new. */
export function ConversationRow({ conversation }: { readonly conversation: ConversationView }) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const { go, route } = useNavigation()
  const now = useNow()
  const { contact, lastMessage, unread, muted, blocked, ending, keys } = conversation
  const isCurrent =
    (route.at === 'conversation' || route.at === 'safety-number' || route.at === 'the-two') &&
    route.id === conversation.id
  return (
    <Row
      picture={<Weave weave={contact.weave} />}
      title={contact.pseudonym}
      side={
        <>
          <span>{relativeTime(region, lastMessage?.sentAt ?? conversation.createdAt, now)}</span>
          {unread > 0 && (
            <>
              <span className={muted ? 'count count-muted' : 'count'} aria-hidden="true">
                {i18n.number(unread)}
              </span>
              <span className="hidden-but-read">
                {t({ message: plural({ count: unread }, { one: '# new message', other: '# new messages' }) })}
              </span>
            </>
          )}
        </>
      }
      isCurrent={isCurrent}
      onPress={() => go({ at: 'conversation', id: conversation.id })}
    >
      <Lookalike author={contact} />
      <span className="row-line" dir="auto">
        <LastWords conversation={conversation} isCurrent={isCurrent} />
      </span>
      {(muted || blocked || ending !== 'none' || keys === 'changed') && (
        <span className="row-meta">
          {keys === 'changed' && (
            <Tag tone="danger">
              <Trans>Perhaps somebody else</Trans>
            </Tag>
          )}
          {ending !== 'none' && (
            <Tag icon="close">
              <Trans>Ended</Trans>
            </Tag>
          )}
          {blocked && (
            <Tag icon="block">
              <Trans>Blocked</Trans>
            </Tag>
          )}
          {muted && (
            <Tag icon="mute">
              <Trans>Muted</Trans>
            </Tag>
          )}
        </span>
      )}
    </Row>
  )
}

interface LastWordsProps {
  readonly conversation: ConversationView
  /** What is being written stands in its box then. */
  readonly isCurrent: boolean
}

function LastWords({ conversation: { contact, draft, lastMessage, offerTitle }, isCurrent }: LastWordsProps) {
  if (draft !== '' && !isCurrent) return <Trans>Draft: {draft}</Trans>
  if (lastMessage === null) return offerTitle
  const { mine, text } = lastMessage
  switch (lastMessage.kind) {
    case 'text':
      return mine ? <Trans>You: {text}</Trans> : text
    case 'file':
      return mine ? <Trans>You: the file {text}</Trans> : <Trans>The file {text}</Trans>
    case 'unreadable':
      return <Trans>A message that could not be opened</Trans>
    case 'deleted':
      return <Trans>Deleted</Trans>
    case 'timer':
      return <Trans>Disappearing messages were set</Trans>
    case 'session-reset':
      return <Trans>The conversation was secured anew</Trans>
    case 'event':
      return <EventWords message={lastMessage} author={contact.pseudonym} />
    default:
      return lastMessage.kind satisfies never
  }
}
