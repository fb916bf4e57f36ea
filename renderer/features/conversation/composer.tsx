import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, type RefObject } from 'react'
import type { ConversationView, MessageView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { IconButton } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { ChooseFile } from '../files/choose-file.tsx'
import { DraftPanel } from '../files/draft-panel.tsx'
import { Record, Recording } from '../files/recording.tsx'
import { useRecording } from '../files/use-recording.ts'
import { useFileDraft } from '../files/use-file-draft.ts'
import { freshId } from '../../api/fresh-id.ts'
import { useKeptDraft } from './use-kept-draft.ts'
import { WritingBox, WritingFoot } from './writing-box.tsx'

interface ComposerProps {
  readonly conversation: ConversationView
  /** What is answered. */
  readonly answers: MessageView | undefined
  readonly onNoAnswer: () => void
  readonly onSent: () => void
  readonly area: RefObject<HTMLTextAreaElement | null>
}

/** Where a message is written; what cannot be sent stays. */
export function Composer({ conversation, answers, onNoAnswer, onSent, area }: ComposerProps) {
  const { t } = useLingui()
  const client = useClient()
  const { id: conversationId, contact } = conversation
  const [text, setText, clear] = useKeptDraft(conversationId, conversation.draft)
  /** The same for every try of the same words. */
  const attempt = useRef<{ readonly text: string; readonly clientId: string }>(undefined)
  const send = useAction(async () => {
    if (attempt.current?.text !== text) attempt.current = { text, clientId: freshId() }
    const replyTo = answers === undefined ? {} : { replyTo: answers.id }
    await client.conversations.send({ conversationId, ...attempt.current, ...replyTo })
    attempt.current = undefined
    clear()
    onNoAnswer()
    onSent()
  })
  const draft = useFileDraft(conversationId, onSent)
  const recording = useRecording(draft.choose)
  const author = answers?.mine === true ? t`You` : contact.pseudonym
  return (
    <div className="composer">
      <ProblemNotice problem={send.problem} />
      {answers !== undefined && (
        <div className="composer-about">
          <p className="quote">
            <span className="quote-by">
              <Trans>
                Answering: <bdi>{author}</bdi>
              </Trans>
            </span>
            <span className="quote-text" dir="auto">
              {answers.text}
            </span>
          </p>
          <IconButton icon="close" label={t`Do not answer this one`} onPress={onNoAnswer} />
        </div>
      )}
      <DraftPanel draft={draft} />
      <Recording recording={recording} />
      <WritingBox
        label={t`Message`}
        value={text}
        onChange={setText}
        onSubmit={() => void send.run()}
        action={t`Send`}
        isPending={false}
        area={area}
        {...(answers === undefined ? {} : { onLeave: onNoAnswer })}
      >
        <ChooseFile onChoose={draft.choose} />
        <Record recording={recording} />
      </WritingBox>
      <WritingFoot />
    </div>
  )
}
