import type { MessageView } from '../../../core/api/views.ts'
import { Fold } from './fold.tsx'
import { folded } from './folds.ts'
import { isLine } from './line.tsx'
import type { MessageDeeds } from './message-menu.tsx'
import { Message } from './message.tsx'
import { TalkLog } from './talk-log.tsx'

interface MessageLogProps {
  readonly messages: readonly MessageView[]
  readonly author: string
  readonly deeds: MessageDeeds
  /** The position of a message that is looked for, and which time: looking again leads there again. */
  readonly wanted: { readonly position: number; readonly time: number } | undefined
  /** The wanted one was brought into sight. */
  readonly onFound: () => void
}

/** The messages of a conversation; where the Tab key stops is each one's menu, or the line that opens a fold. */
export function MessageLog({ messages, author, deeds, wanted, onFound }: MessageLogProps) {
  const id = messages.find(({ position }) => position === wanted?.position)?.id
  return (
    <TalkLog
      messages={folded(messages)}
      isStop={(entry) => entry.kind === 'fold' || !isLine(entry.message)}
      wanted={wanted === undefined ? undefined : { id, time: wanted.time }}
      onFound={onFound}
    >
      {(entry, isCurrent) =>
        entry.kind === 'fold' ? (
          <Fold key={entry.id} id={entry.id} events={entry.events} author={author} isCurrent={isCurrent} />
        ) : (
          <Message key={entry.id} message={entry.message} author={author} isCurrent={isCurrent} deeds={deeds} />
        )
      }
    </TalkLog>
  )
}
