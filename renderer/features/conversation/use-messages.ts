import { useState } from 'react'
import type { MessageView } from '../../../core/api/views.ts'
import type { Client } from '../../api/client.ts'
import { useView } from '../../api/context.tsx'

/** Messages that one step back in time brings. */
export const step = 50
/** The most that the contract gives at once. */
const most = 200

export interface Messages {
  /** Oldest first; undefined until the first were read. */
  readonly messages: readonly MessageView[] | undefined
  readonly error: unknown
  readonly hasOlder: boolean
  readonly loadOlder: () => void
}

/** The last messages of a conversation, more of them at every wish, always as core has them now. */
export function useMessages(conversationId: string): Messages {
  const [count, setCount] = useState(step)
  const { data, error } = useView(['messages', conversationId, count], (client) =>
    lastMessages(client, conversationId, count),
  )
  // what was shown stays until more of it is there
  const [shown, setShown] = useState<readonly MessageView[]>()
  if (data !== undefined && data !== shown) setShown(data)
  return {
    messages: shown,
    error,
    hasOlder: (shown?.length ?? 0) >= count,
    loadOlder: () => setCount((count) => count + step),
  }
}

async function lastMessages(client: Client, conversationId: string, count: number): Promise<readonly MessageView[]> {
  let messages: readonly MessageView[] = []
  while (messages.length < count) {
    const limit = Math.min(count - messages.length, most)
    const before = messages[0]?.position
    const older = await client.conversations.messages({
      conversationId,
      limit,
      ...(before === undefined ? {} : { before }),
    })
    messages = [...older, ...messages]
    if (older.length < limit) break
  }
  return messages
}
