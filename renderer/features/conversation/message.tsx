import { Trans, useLingui } from '@lingui/react/macro'
import type { MessageView } from '../../../core/api/views.ts'
import { Icon } from '../../ui/icon.tsx'
import { FileMessage } from '../files/file-message.tsx'
import { isLine, Line } from './line.tsx'
import { LinkedText } from './linked-text.tsx'
import { MessageFoot } from './message-foot.tsx'
import { MessageMenu, type MessageDeeds } from './message-menu.tsx'
import { Quote } from './quote.tsx'
import { Reactions } from './reactions.tsx'

interface MessageProps {
  readonly message: MessageView
  readonly author: string
  /** Whether it is the one of all messages that the Tab key stops at. */
  readonly isCurrent: boolean
  readonly deeds: MessageDeeds
}

/** One message: who wrote it is said by its side, and to those who listen, in words. */
export function Message({ message, author, isCurrent, deeds }: MessageProps) {
  const { t } = useLingui()
  const { id, mine, kind, text, reply } = message
  if (isLine(message)) return <Line message={message} author={author} />
  const classes = ['message', mine && 'message-mine', `message-${kind}`]
  return (
    <li className={classes.filter((name) => name !== false).join(' ')} data-message={id} tabIndex={-1}>
      <span className="hidden-but-read">{mine ? t`You` : author}: </span>
      {kind === 'text' && reply !== null && (
        <Quote reply={reply} author={author} isCurrent={isCurrent} onJump={deeds.jump} />
      )}
      {kind === 'file' ? (
        <FileMessage message={message} author={author} />
      ) : kind === 'text' ? (
        <p className="message-text" dir="auto">
          <LinkedText text={text} isCurrent={isCurrent} />
        </p>
      ) : (
        <p className="message-text">
          <Icon name={kind === 'deleted' ? 'remove' : 'warning'} />
          <span>
            {kind === 'deleted' ? (
              <Trans>Deleted</Trans>
            ) : (
              <Trans>A message came that this device cannot open. Ask for it again; nothing else is lost.</Trans>
            )}
          </span>
        </p>
      )}
      {(kind === 'text' || kind === 'file') && <Reactions reactions={message.reactions} author={author} />}
      <div className="message-foot">
        <MessageFoot message={message} />
        <MessageMenu message={message} isCurrent={isCurrent} deeds={deeds} />
      </div>
    </li>
  )
}
