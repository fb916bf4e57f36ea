import { useRef, useState } from 'react'
import type { MessageView } from '../../../core/api/views.ts'
import type { Client } from '../../api/client.ts'
import { useClient, useView } from '../../api/context.tsx'

/** Messages that one step back or on brings. */
const step = 40
/** The most that are on the page at once: whoever reads on drops what is far behind. */
const most = 3 * step

/** Which part of a conversation is on the page: the last `count` before a position, or at the end. */
interface Part {
  readonly before: number | undefined
  readonly count: number
}

export interface Messages {
  /** Oldest first; undefined until the first were read. */
  readonly messages: readonly MessageView[] | undefined
  readonly error: unknown
  readonly hasOlder: boolean
  /** Whether the end of the conversation is not on the page. */
  readonly hasNewer: boolean
  readonly loadOlder: () => void
  readonly loadNewer: () => void
  /** Puts a position in the middle of the page. */
  readonly goTo: (position: number) => void
  readonly goToEnd: () => void
}

/**
 * A part of a conversation, always as core has it now, that follows where the
 * person reads: a conversation of 100,000 messages is as light as one of 100.
 *
 * @param latest the position of its last message
 */
export function useMessages(conversationId: string, latest: number | undefined): Messages {
  const client = useClient()
  const [part, setPart] = useState<Part>({ before: undefined, count: step })
  const { before, count } = part
  const { data, error } = useView(['messages', conversationId, before ?? 'end', count], (client) =>
    client.conversations.messages({ conversationId, limit: count, ...(before === undefined ? {} : { before }) }),
  )
  // what was shown stays until what was asked for is there
  const [shown, setShown] = useState<{ readonly messages: readonly MessageView[]; readonly part: Part }>()
  if (data !== undefined && (data !== shown?.messages || part !== shown.part)) setShown({ messages: data, part })
  const looking = useRef(false)
  const messages = shown?.messages
  // one wish after the other: the next one starts from what the last one brought
  const isSettled = shown?.part === part
  const last = messages?.at(-1)?.position
  const hasNewer = before !== undefined && last !== undefined && latest !== undefined && last < latest

  const loadNewer = async (): Promise<void> => {
    if (!isSettled || !hasNewer || looking.current) return
    looking.current = true
    const next = await nextAfter(client, conversationId, last, latest).finally(() => (looking.current = false))
    setPart({ before: next > latest ? undefined : next, count: Math.min(count + step, most) })
  }
  return {
    messages,
    error,
    hasOlder: messages !== undefined && messages.length >= (shown?.part.count ?? count),
    hasNewer,
    loadOlder: () => {
      if (!isSettled || messages === undefined || looking.current) return
      if (count < most) setPart({ before, count: count + step })
      else setPart({ before: messages.at(-step)?.position, count })
    },
    loadNewer: () => void loadNewer().catch(() => {}),
    goTo: (position) => setPart({ before: position + step / 2, count: step }),
    goToEnd: () => setPart({ before: undefined, count: step }),
  }
}

/** A position with some messages between it and `last`: what disappeared has left gaps of any size. */
async function nextAfter(client: Client, conversationId: string, last: number, latest: number): Promise<number> {
  for (let width = step; ; width *= 2) {
    const before = last + 1 + width
    if (before > latest) return before
    const [message] = await client.conversations.messages({ conversationId, before, limit: 1 })
    if (message !== undefined && message.position > last) return before
  }
}

/**
 * Where a message is that is not on the page: it is looked for backwards from `before`.
 *
 * @returns its position, or undefined where it is no longer there
 */
export async function positionOf(
  client: Client,
  conversationId: string,
  messageId: string,
  before: number,
): Promise<number | undefined> {
  const limit = 200
  for (let end = before; ;) {
    const messages = await client.conversations.messages({ conversationId, before: end, limit })
    const found = messages.find(({ id }) => id === messageId)
    if (found !== undefined || messages.length < limit) return found?.position
    end = messages[0]?.position ?? 0
  }
}
