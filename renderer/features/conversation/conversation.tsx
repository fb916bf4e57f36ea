import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import type { ConversationView, MessageView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty, PageHeading } from '../../ui/page.tsx'
import { Weave } from '../../ui/weave.tsx'
import { dayName } from '../../words/time.ts'
import { Channel } from './channel.tsx'
import { Composer } from './composer.tsx'
import { byDay } from './days.ts'
import { ContactSafety } from './direct.tsx'
import { Message } from './message.tsx'
import { useScrolling } from './scrolling.ts'
import { useMessages } from './use-messages.ts'
import './conversation.css'
import { useRegion } from '../../locales/use-region.ts'

/** The words of one pair. */
export function Conversation({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  const conversation = data?.find((conversation) => conversation.id === id)
  if (data === undefined) return null
  if (conversation === undefined) {
    return (
      <>
        <BackWhenNarrow />
        <Empty title={t`This is no longer here`} middle>
          <p>
            <Trans>Choose someone from the list.</Trans>
          </p>
        </Empty>
      </>
    )
  }
  return <Talk conversation={conversation} />
}

function Talk({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const region = useRegion()
  const now = useNow()
  const { id, contact, offerTitle } = conversation
  const { messages, error, hasOlder, loadOlder } = useMessages(id)
  const { area, onScroll, toEnd } = useScrolling(messages?.[0]?.id, messages?.at(-1)?.id)
  useReading(conversation, messages?.at(-1))

  return (
    <div className="talk">
      <header className="talk-head">
        <BackWhenNarrow />
        <div className="person">
          <Weave weave={contact.weave} of={contact.pseudonym} />
          <div className="person-words">
            <PageHeading>
              <bdi>{contact.pseudonym}</bdi>
            </PageHeading>
            <p className="talk-about">
              <Trans>
                About: <bdi>{offerTitle}</bdi>
              </Trans>
            </p>
            <Channel channel={conversation.channel} />
          </div>
        </div>
        <ContactSafety conversation={conversation} />
      </header>
      <div className="talk-scroll" ref={area} onScroll={onScroll}>
        {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
        {hasOlder && (
          <div className="talk-older">
            <Button kind="plain" onPress={loadOlder}>
              <Trans>Earlier messages</Trans>
            </Button>
          </div>
        )}
        {messages?.length === 0 && (
          <Empty title={t`Now you can talk`} middle>
            <p>
              <Trans>Say hello. If the other is away, your message waits until they are back.</Trans>
            </p>
          </Empty>
        )}
        <div className="talk-messages" role="log" aria-label={t`Messages`}>
          {byDay(messages ?? []).map((day) => (
            <section key={day.messages[0]?.id}>
              <h2 className="talk-day">{dayName(region, day.time, now)}</h2>
              <ul className="talk-messages">
                {day.messages.map((message) => (
                  <Message key={message.id} message={message} author={contact.pseudonym} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
      <Composer conversationId={id} onSent={toEnd} />
    </div>
  )
}

/** Tells core that messages were read, while the page is looked at. */
function useReading({ id, unread }: ConversationView, last: MessageView | undefined): void {
  const client = useClient()
  const position = last?.position
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
