import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { MentorshipSummary } from '../../../core/api/mentorships.ts'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { isSection } from '../../routing/route.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { PaneTitle } from '../../shell/pane-title.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { appointment, fullDate, relativeTime } from '../../words/time.ts'
import { isOver } from './parts.ts'
import { StateTag, Subject, WaitTag } from './mentorship-state.tsx'
import { useMentorships } from './use-mentorship.ts'
import './mentorships.css'

/** Whom one works with: what is open first, then what is over. */
export function MentorshipList() {
  const { t } = useLingui()
  const { go } = useNavigation()
  const { community } = useBelonging()
  const { data, error } = useMentorships()
  const conversations = useView(['conversations'], (client) => client.conversations.list())
  const here = new Set(
    conversations.data?.filter(({ communityId }) => communityId === community.id).map(({ id }) => id),
  )
  const mine = data?.filter(({ conversationId }) => here.has(conversationId)) ?? []
  const [open, over] = [mine.filter((one) => !isOver(one)), mine.filter(isOver)]
  return (
    <>
      <div className="pane-list-head">
        <PaneTitle title={t`Mentorships`} />
      </div>
      <div className="pane-list-body">
        {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
        {data !== undefined && conversations.data !== undefined && mine.length === 0 && (
          <Empty title={t`None yet`}>
            <p>
              <Trans>
                A mentorship begins in a conversation: when the two of you know what you want, one proposes it there,
                and the other accepts.
              </Trans>
            </p>
            <Button icon="people" onPress={() => go({ at: here.size > 0 ? 'people' : 'discover' })}>
              {here.size > 0 ? <Trans>To your conversations</Trans> : <Trans>Find someone</Trans>}
            </Button>
          </Empty>
        )}
        {open.length > 0 && (
          <Group title={t`Under way`}>
            {open.map((mentorship) => (
              <MentorshipRow key={mentorship.id} mentorship={mentorship} />
            ))}
          </Group>
        )}
        {over.length > 0 && (
          <Group title={t`Over`}>
            {over.map((mentorship) => (
              <MentorshipRow key={mentorship.id} mentorship={mentorship} />
            ))}
          </Group>
        )}
        {mine.length > 0 && (
          <div className="list-foot">
            <Button kind="plain" icon="timer" onPress={() => go({ at: 'hours' })}>
              <Trans>Hours given and received</Trans>
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { route } = useNavigation()
  // one below the list's own title
  const Heading = isSection(route) ? 'h2' : 'h3'
  return (
    <section className="pane-group">
      <Heading>{title}</Heading>
      <ul className="rows" aria-label={title}>
        {children}
      </ul>
    </section>
  )
}

function MentorshipRow({ mentorship }: { readonly mentorship: MentorshipSummary }) {
  const { go, route } = useNavigation()
  const region = useRegion()
  const now = useNow()
  const { id, contact, state, waits, movedAt } = mentorship
  return (
    <Row
      picture={<Weave weave={contact.weave} />}
      title={contact.pseudonym}
      side={relativeTime(region, movedAt, now)}
      isCurrent={(route.at === 'mentorship' || route.at === 'farewell') && route.id === id}
      onPress={() => go({ at: 'mentorship', id })}
    >
      <span className="row-line">
        <Subject mentorship={mentorship} />
      </span>
      <span className="row-line">
        <Latest mentorship={mentorship} />
      </span>
      <span className="row-meta">
        {waits.length === 0 || state === 'paused' ? <StateTag state={state} /> : null}
        <WaitTag waits={waits} />
      </span>
    </Row>
  )
}

/** The next session, or how far it is. */
function Latest({ mentorship }: { readonly mentorship: MentorshipSummary }) {
  const { i18n } = useLingui()
  const region = useRegion()
  const now = useNow()
  const { nextSession, progress, overAt, proposedAt } = mentorship
  if (overAt !== null) return fullDate(region, overAt)
  if (nextSession !== null) {
    const when = appointment(region, nextSession.at, now, 'short')
    return <Trans>Next: {when}</Trans>
  }
  if (mentorship.state === 'proposed') return fullDate(region, proposedAt)
  if (progress === null) return <Trans>No session is planned</Trans>
  const part = i18n.number(progress, { style: 'percent' })
  return <Trans>{part} of the way</Trans>
}

/** Beside the list while none is chosen. */
export function NoMentorshipChosen() {
  const { t } = useLingui()
  const { data } = useMentorships()
  if (data === undefined) return null
  return (
    <Empty title={data.length === 0 ? t`Two threads, one way` : t`Which one?`} middle>
      <p>
        {data.length === 0 ? (
          <Trans>Here you agree what you want, tie milestones, plan when you meet, and end well.</Trans>
        ) : (
          <Trans>Choose one from the list.</Trans>
        )}
      </p>
    </Empty>
  )
}
