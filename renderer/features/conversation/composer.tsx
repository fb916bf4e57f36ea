import { Trans, useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import { Form, TextArea, TextField } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'

/** 32 hex digits that nobody has had: the same for every try of the same words. */
function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Where a message is written. Enter sends, Shift and Enter begin a line; what cannot be sent stays. */
export function Composer({ conversationId, onSent }: { readonly conversationId: string; readonly onSent: () => void }) {
  const { t } = useLingui()
  const client = useClient()
  const [text, setText, clear] = useDraft(`message ${conversationId}`, '')
  const attempt = useRef<{ readonly text: string; readonly clientId: string }>(undefined)
  const send = useAction(async () => {
    if (attempt.current?.text !== text) attempt.current = { text, clientId: freshId() }
    await client.conversations.send({ conversationId, ...attempt.current })
    attempt.current = undefined
    clear()
    onSent()
  })
  const submit = (): void => {
    if (text.trim() !== '') void send.run()
  }

  return (
    <div className="composer">
      <ProblemNotice problem={send.problem} />
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextField
          className="field"
          aria-label={t`Message`}
          value={text}
          onChange={setText}
          maxLength={limits.messageBytes}
          spellCheck="false"
        >
          <TextArea
            className="field-input"
            dir="auto"
            rows={1}
            placeholder={t`Write a message`}
            onKeyDown={(event) => {
              // Enter also ends a word in Japanese, Chinese and Korean
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              submit()
            }}
          />
        </TextField>
        <Button kind="primary" type="submit" icon="send" isDisabled={text.trim() === ''}>
          <Trans>Send</Trans>
        </Button>
      </Form>
      <p className="composer-foot">
        <Trans>Only the two of you can read this. Enter sends, Shift and Enter begin a new line.</Trans>
      </p>
    </div>
  )
}
