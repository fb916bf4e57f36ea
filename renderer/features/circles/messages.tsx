import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import type { CircleView } from '../../../core/api/circles.ts'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { freshId } from '../../api/fresh-id.ts'
import { useScrolling } from '../conversation/scrolling.ts'
import { TalkLog } from '../conversation/talk-log.tsx'
import { WritingBox } from '../conversation/writing-box.tsx'
import '../conversation/conversation.css'
import { CircleMessage, isSaid } from './message.tsx'
import { Over } from './over.tsx'
import { isOver, useCircleDeed, useCircleMessages } from './use-circle.ts'

const step = 100

/** What was said in a circle, and where the next is written. */
export function Messages({ circle }: { readonly circle: CircleView }) {
  const [count, setCount] = useState(step)
  const { data: messages, error } = useCircleMessages(circle.id, count)
  const hasOlder = messages !== undefined && messages.length >= count
  const { area, onScroll, toEnd, atEnd } = useScrolling({
    content: messages,
    hasEnd: true,
    onOlder: () => {},
    onNewer: () => {},
  })
  useReading(circle, atEnd)
  return (
    <>
      <div className="talk-middle">
        <div className="talk-scroll" ref={area} onScroll={onScroll}>
          {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
          {hasOlder && (
            <div className="talk-older">
              <Button kind="plain" onPress={() => setCount(count + step)}>
                <Trans>Earlier messages</Trans>
              </Button>
            </div>
          )}
          {messages?.length === 0 && !isOver(circle) && <NothingYet circle={circle} />}
          <TalkLog messages={messages ?? []} isStop={isSaid}>
            {(message, isCurrent) => <CircleMessage key={message.id} message={message} isCurrent={isCurrent} />}
          </TalkLog>
          <Awaited count={circle.awaited} />
        </div>
      </div>
      <div className="talk-foot">
        {isOver(circle) ? <Over circle={circle} /> : <Composer circle={circle} onSent={toEnd} />}
      </div>
    </>
  )
}

function NothingYet({ circle: { members, role } }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const alone = members.filter(({ present }) => present).length === 1
  return (
    <Empty title={t`Nothing was said yet`} middle>
      <p>
        {alone && role === 'host' ? (
          <Trans>Invite people under Members. What you write before somebody has come in waits until then.</Trans>
        ) : (
          <Trans>Say hello. Whoever is away gets it when they are back.</Trans>
        )}
      </p>
    </Empty>
  )
}

/** Others have said more than is here. */
function Awaited({ count }: { readonly count: number }) {
  const { t } = useLingui()
  return (
    <output className="circle-awaited">
      {count > 0 && (
        <Tag tone="waiting" icon="queued">
          {t({
            message: plural(
              { count },
              { one: '# message is on its way to you', other: '# messages are on their way to you' },
            ),
          })}
        </Tag>
      )}
    </output>
  )
}

function Composer({ circle: { id, members }, onSent }: { readonly circle: CircleView; readonly onSent: () => void }) {
  const { t } = useLingui()
  const [text, setText, clear] = useDraft(`circle message ${id}`, '')
  const area = useRef<HTMLTextAreaElement>(null)
  /** The same for every try of the same words. */
  const attempt = useRef<{ readonly text: string; readonly clientId: string }>(undefined)
  const count = members.filter(({ present }) => present).length
  const send = useCircleDeed(async (circles) => {
    if (attempt.current?.text !== text) attempt.current = { text, clientId: freshId() }
    await circles.send({ circleId: id, ...attempt.current })
    attempt.current = undefined
    clear()
    onSent()
  })
  return (
    <div className="composer">
      <ProblemNotice problem={send.problem} />
      <WritingBox
        label={t`Message`}
        value={text}
        onChange={setText}
        onSubmit={() => void send.run()}
        action={t`Send`}
        isPending={false}
        limit={limits.circle.text}
        area={area}
      />
      <p className="composer-foot">
        {t({
          message: plural(
            { count },
            {
              one: 'Nobody but you is in this circle yet. Enter sends, Shift and Enter begin a new line.',
              other: 'All # people in this circle can read this. Enter sends, Shift and Enter begin a new line.',
            },
          ),
        })}
      </p>
    </div>
  )
}

/** Tells core that messages were read, while they are looked at. */
function useReading({ id, unread }: CircleView, atEnd: boolean): void {
  const client = useClient()
  useEffect(() => {
    if (!atEnd || unread === 0) return undefined
    const read = (): void => {
      if (document.visibilityState !== 'visible') return
      client.circles.read({ circleId: id }).catch(() => {})
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [client, id, unread, atEnd])
}
