import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, useState, type ReactNode, type Ref } from 'react'
import { flushSync } from 'react-dom'
import { limits } from '../../../core/api/limits.ts'
import type { IntroductionView, SentIntroductionView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { isSection } from '../../routing/route.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { PaneTitle } from '../../shell/pane-title.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Lookalike } from '../../ui/lookalike.tsx'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { relativeTime } from '../../words/time.ts'
import { CircleRow, NewCircle } from '../circles/circle-row.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { FoundMessages } from './found-messages.tsx'
import { HiddenNote } from '../guardians/hidden-note.tsx'
import { guardiansOf, useHidden } from '../guardians/use-hidden.ts'
import { Invited } from './invited.tsx'
import { PendingNote } from './pending-note.tsx'
import { SentState } from './sent-state.tsx'
import { useRegion } from '../../locales/use-region.ts'

/** Whoever waits for an answer, whoever one talks with, and whoever one wrote to. */
export function PeopleList() {
  const { t } = useLingui()
  const { go } = useNavigation()
  const { community, personas } = useBelonging()
  const [search, setSearch] = useState('')
  const pending = useView(['introductions', 'pending'], (client) => client.introductions.pending())
  const sent = useView(['introductions', 'sent'], (client) => client.introductions.sent())
  const conversations = useView(['conversations'], (client) => client.conversations.list())
  const circles = useView(['circles'], (client) => client.circles.list())
  const error = pending.error ?? sent.error ?? conversations.error ?? circles.error
  const isMine = ({ personaId }: { readonly personaId: string }): boolean => personas.some(({ id }) => id === personaId)
  const hidden = useHidden('introductions')
  const [showsHidden, setShowsHidden] = useState(false)
  const introduced = pending.data?.filter(isMine) ?? []
  const listed = introduced.filter(({ id }) => hidden.has(id))
  const waiting = showsHidden ? introduced : introduced.filter(({ id }) => !hidden.has(id))
  const talking = conversations.data?.filter(({ communityId }) => communityId === community.id) ?? []
  const gathered = circles.data?.filter(({ communityId }) => communityId === community.id) ?? []
  // an accepted one is a conversation
  const written = sent.data?.filter((one) => isMine(one) && one.state !== 'accepted') ?? []
  const isRead = [pending, sent, conversations, circles].every(({ data }) => data !== undefined)
  const isEmpty = isRead && introduced.length + talking.length + gathered.length + written.length === 0

  return (
    <>
      <div className="pane-list-head">
        <PaneTitle title={t`People`} />
        {talking.length > 0 && (
          <SearchBox
            label={t`Search in your conversations`}
            placeholder={t`Search in what was said`}
            value={search}
            onChange={setSearch}
            maxLength={limits.searchText}
          />
        )}
      </div>
      {search.trim() !== '' && talking.length > 0 ? (
        <FoundMessages text={search.trim()} />
      ) : (
        <div className="pane-list-body">
          {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
          {isEmpty && (
            <Empty title={t`Nobody yet`}>
              <p>
                <Trans>
                  Find something under Discover and introduce yourself. Or write what you can teach: whoever wants to
                  learn it introduces themselves here.
                </Trans>
              </p>
              <Button kind="primary" icon="discover" onPress={() => go({ at: 'discover' })}>
                <Trans>Go to Discover</Trans>
              </Button>
            </Empty>
          )}
          <HiddenNote
            count={listed.length}
            guardians={guardiansOf(
              hidden,
              listed.map(({ id }) => id),
            )}
            isShown={showsHidden}
            onChange={setShowsHidden}
          />
          {waiting.length > 0 && <Pending waiting={waiting} />}
          {talking.length > 0 && (
            <Group title={t`Conversations`}>
              {talking.map((conversation) => (
                <ConversationRow key={conversation.id} conversation={conversation} />
              ))}
            </Group>
          )}
          {(talking.length > 0 || gathered.length > 0) && (
            <Group title={t`Circles`} note={<NewCircle isFirst={gathered.length === 0} />}>
              {gathered.map((circle) => (
                <CircleRow key={circle.id} circle={circle} />
              ))}
            </Group>
          )}
          {written.length > 0 && (
            <Group title={t`You introduced yourself to`}>
              {written.map((introduction) => (
                <SentRow key={introduction.id} introduction={introduction} />
              ))}
            </Group>
          )}
          <CheckNow />
        </div>
      )}
    </>
  )
}

interface GroupProps {
  readonly title: string
  readonly note?: ReactNode
  readonly list?: Ref<HTMLUListElement>
  readonly children: ReactNode
}

function Group({ title, note, list, children }: GroupProps) {
  const { route } = useNavigation()
  // one below the list's own title
  const Heading = isSection(route) ? 'h2' : 'h3'
  return (
    <section className="pane-group">
      <Heading>{title}</Heading>
      <ul className="rows" aria-label={title} ref={list}>
        {children}
      </ul>
      {note}
    </section>
  )
}

/** So many leave room for the conversations below. */
const few = 5

/** Those that wait: of many the first, until all are asked for. */
function Pending({ waiting }: { readonly waiting: readonly IntroductionView[] }) {
  const { t } = useLingui()
  const [showsAll, setShowsAll] = useState(false)
  // for one more a button would take as much room
  const isLong = waiting.length > few + 1
  const rest = waiting.length - few
  const list = useRef<HTMLUListElement>(null)
  const turn = (): void => {
    flushSync(() => setShowsAll(!showsAll))
    // who asked for more goes on with the first of them; the button is far below them now
    if (!showsAll) list.current?.querySelectorAll('button')[few]?.focus()
  }
  return (
    <Group
      title={t`Waiting for your answer`}
      list={list}
      note={
        <>
          {isLong && (
            <Button kind="plain" onPress={turn}>
              {showsAll
                ? t`Show fewer`
                : t({ message: plural({ count: rest }, { one: '# more waits', other: '# more wait' }) })}
            </Button>
          )}
          <PendingNote waiting={waiting} />
        </>
      }
    >
      {(isLong && !showsAll ? waiting.slice(0, few) : waiting).map((introduction) => (
        <PendingRow key={introduction.id} introduction={introduction} />
      ))}
    </Group>
  )
}

function PendingRow({ introduction }: { readonly introduction: IntroductionView }) {
  const region = useRegion()
  const { go, route } = useNavigation()
  const now = useNow()
  return (
    <Row
      picture={<Weave weave={introduction.from.weave} />}
      title={introduction.from.pseudonym}
      side={relativeTime(region, introduction.receivedAt, now)}
      isCurrent={route.at === 'introduction' && route.id === introduction.id}
      onPress={() => go({ at: 'introduction', id: introduction.id })}
    >
      <span className="row-line" dir="auto">
        {introduction.offerTitle}
      </span>
      <Lookalike author={introduction.from} />
      <Invited introduction={introduction} />
    </Row>
  )
}

function SentRow({ introduction }: { readonly introduction: SentIntroductionView }) {
  const { go, route } = useNavigation()
  return (
    <Row
      picture={<Weave weave={introduction.to.weave} />}
      title={introduction.to.pseudonym}
      isCurrent={route.at === 'sent' && route.id === introduction.id}
      onPress={() => go({ at: 'sent', id: introduction.id })}
    >
      <span className="row-line" dir="auto">
        {introduction.offerTitle}
      </span>
      <Lookalike author={introduction.to} />
      <SentState introduction={introduction} />
    </Row>
  )
}

/** Mail comes by itself; this is for whoever does not want to wait. */
function CheckNow() {
  const { t } = useLingui()
  const client = useClient()
  const { community } = useBelonging()
  const check = useAction(() => client.communities.check({ communityId: community.id }))
  return (
    <div className="list-foot">
      <Button icon="refresh" isPending={check.pending} onPress={() => void check.run()}>
        {check.pending ? t`Looking…` : t`Look for mail`}
      </Button>
      <ProblemNotice problem={check.problem} />
    </div>
  )
}

/** Beside the list while nobody is chosen; nothing where there is nobody. */
export function NobodyChosen() {
  const { t } = useLingui()
  const pending = useView(['introductions', 'pending'], (client) => client.introductions.pending())
  const sent = useView(['introductions', 'sent'], (client) => client.introductions.sent())
  const conversations = useView(['conversations'], (client) => client.conversations.list())
  const circles = useView(['circles'], (client) => client.circles.list())
  const isSomeone = [pending, sent, conversations, circles].some(({ data }) => (data?.length ?? 0) > 0)
  if (!isSomeone) return null
  return (
    <Empty title={t`Whom do you want to talk with?`} middle>
      <p>
        <Trans>Choose someone from the list.</Trans>
      </p>
    </Empty>
  )
}
