import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { CircleView } from '../../../core/api/circles.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Row } from '../../ui/rows.tsx'
import { relativeTime } from '../../words/time.ts'
import { CircleStateTag } from './circle-state.tsx'
import { Ring } from './ring.tsx'

/** A circle in the list of people: its last words, and what is new. */
export function CircleRow({ circle }: { readonly circle: CircleView }) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const { go, route } = useNavigation()
  const now = useNow()
  const { id, name, unread, lastMessage, createdAt, state } = circle
  return (
    <Row
      picture={<Ring members={circle.members} />}
      title={name}
      side={
        <>
          <span>{relativeTime(region, lastMessage?.sentAt ?? createdAt, now)}</span>
          {unread > 0 && (
            <>
              <span className="count" aria-hidden="true">
                {i18n.number(unread)}
              </span>
              <span className="hidden-but-read">
                {t({ message: plural({ count: unread }, { one: '# new message', other: '# new messages' }) })}
              </span>
            </>
          )}
        </>
      }
      isCurrent={route.at === 'circle' && route.id === id}
      onPress={() => go({ at: 'circle', id })}
    >
      <span className="row-line" dir="auto">
        <LastWords circle={circle} />
      </span>
      {state !== 'active' && (
        <span className="row-meta">
          <CircleStateTag state={state} />
        </span>
      )}
    </Row>
  )
}

function LastWords({ circle: { lastMessage, hostName, state } }: { readonly circle: CircleView }) {
  if (state === 'invited') return <Trans>{hostName} invites you</Trans>
  if (lastMessage === null) return <Trans>Nothing was said yet</Trans>
  const { mine, text, title } = lastMessage
  const { name } = lastMessage.author
  switch (lastMessage.kind) {
    case 'text':
      return mine ? (
        <Trans>You: {text}</Trans>
      ) : (
        <Trans>
          {name}: {text}
        </Trans>
      )
    case 'resource':
      return mine ? (
        <Trans>You: {title}</Trans>
      ) : (
        <Trans>
          {name}: {title}
        </Trans>
      )
    case 'withdrawn':
      return <Trans>Withdrawn</Trans>
    case 'unreadable':
      return <Trans>A message that could not be opened</Trans>
    case 'gap':
      return <Trans>Something did not arrive</Trans>
    default:
      return lastMessage.kind satisfies never
  }
}

/** The way to a circle of one's own. */
export function NewCircle({ isFirst }: { readonly isFirst: boolean }) {
  const { go } = useNavigation()
  return (
    <div className="stack stack-tight circle-begin">
      {isFirst && (
        <p className="small soft">
          <Trans>A circle is for a few people around you: learners of yours, or a history evening.</Trans>
        </p>
      )}
      <div className="row">
        <Button icon="plus" onPress={() => go({ at: 'new-circle' })}>
          <Trans>New circle</Trans>
        </Button>
      </div>
    </div>
  )
}
