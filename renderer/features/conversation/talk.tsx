import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import type { ConversationView, MessageView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { MentorshipBar } from '../mentorships/mentorship-bar.tsx'
import { Closed } from './closed.tsx'
import { Composer } from './composer.tsx'
import { EditBox } from './edit-box.tsx'
import { MessageLog } from './message-log.tsx'
import { useScrolling } from './scrolling.ts'
import { TalkHead } from './talk-head.tsx'
import { useDeeds } from './use-deeds.tsx'
import { positionOf, useMessages } from './use-messages.ts'
import { WaitingLine } from './waiting-line.tsx'

interface TalkProps {
  readonly conversation: ConversationView
  readonly to: number | undefined
  readonly options: boolean | undefined
}

/** A conversation that is there: its messages, and where the next one is written. */
export function Talk({ conversation, to, options }: TalkProps) {
  const { t } = useLingui()
  const client = useClient()
  const { step } = useNavigation()
  const { id, contact, lastMessage, blocked, ending } = conversation
  const { messages, error, hasOlder, hasNewer, ...part } = useMessages(id, lastMessage?.position)
  const {
    area: scroll,
    onScroll,
    toEnd,
    stay,
    atEnd,
  } = useScrolling({
    content: messages,
    hasEnd: !hasNewer,
    onOlder: () => {
      if (hasOlder) part.loadOlder()
    },
    onNewer: part.loadNewer,
  })
  const [wanted, setWanted] = useState<{ readonly position: number; readonly time: number }>()
  const [answers, setAnswers] = useState<MessageView>()
  const [changes, setChanges] = useState<MessageView>()
  const area = useRef<HTMLTextAreaElement>(null)
  useReading(conversation, atEnd ? messages?.at(-1)?.position : undefined)

  const lookFor = (position: number): void => {
    if (messages?.some((message) => message.position === position) !== true) part.goTo(position)
    setWanted((wanted) => ({ position, time: (wanted?.time ?? 0) + 1 }))
  }
  const jump = async (messageId: string): Promise<void> => {
    const first = messages?.[0]?.position ?? 0
    const here = messages?.find((message) => message.id === messageId)?.position
    const position = here ?? (await positionOf(client, id, messageId, first))
    if (position !== undefined) lookFor(position)
  }
  // looking for the same one again is another step
  const [arrived, setArrived] = useState<number>()
  if (to !== undefined && arrived !== step) {
    setArrived(step)
    lookFor(to)
  }

  const canWrite = ending === 'none' && !blocked
  const { deeds, problem, question, said } = useDeeds({
    canWrite,
    onReply: (message) => {
      setAnswers(message)
      area.current?.focus()
    },
    onEdit: setChanges,
    onJump: (messageId) => void jump(messageId).catch(() => {}),
  })

  return (
    <div className="talk">
      <TalkHead conversation={conversation} options={options} />
      <MentorshipBar conversation={conversation} />
      <div className="talk-middle">
        <div className="talk-scroll" ref={scroll} onScroll={onScroll}>
          {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
          {hasOlder && (
            <div className="talk-older">
              <Button kind="plain" onPress={part.loadOlder}>
                <Trans>Earlier messages</Trans>
              </Button>
            </div>
          )}
          {messages?.length === 0 && ending === 'none' && (
            <Empty title={t`Now you can talk`} middle>
              <p>
                <Trans>Say hello. If the other is away, your message waits until they are back.</Trans>
              </p>
            </Empty>
          )}
          <MessageLog
            messages={messages ?? []}
            author={contact.pseudonym}
            deeds={deeds}
            wanted={wanted}
            onFound={stay}
          />
        </div>
        {!atEnd && messages !== undefined && (
          <div className="talk-newest">
            <Button
              icon="down"
              onPress={() => {
                toEnd()
                part.goToEnd()
              }}
            >
              <Trans>To the newest</Trans>
            </Button>
          </div>
        )}
      </div>
      <div className="talk-foot">
        <ProblemNotice problem={problem} />
        {said}
        <WaitingLine conversationId={id} />
        {!canWrite && <Closed conversation={conversation} />}
        {canWrite && changes !== undefined && (
          <EditBox key={changes.id} message={changes} onDone={() => setChanges(undefined)} />
        )}
        {canWrite && changes === undefined && (
          <Composer
            conversation={conversation}
            answers={answers}
            onNoAnswer={() => setAnswers(undefined)}
            onSent={() => {
              toEnd()
              part.goToEnd()
            }}
            area={area}
          />
        )}
      </div>
      {question}
    </div>
  )
}

/** Tells core that messages were read, while they are looked at. */
function useReading({ id, unread }: ConversationView, position: number | undefined): void {
  const client = useClient()
  useEffect(() => {
    if (position === undefined || unread === 0) return undefined
    const read = (): void => {
      if (document.visibilityState !== 'visible') return
      client.conversations.read({ conversationId: id, upTo: position }).catch(() => {})
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [client, id, position, unread])
}
