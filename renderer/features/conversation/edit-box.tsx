import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import type { MessageView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { IconButton } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { clockTime } from '../../words/time.ts'
import { WritingBox } from './writing-box.tsx'

/** In the place of the composer: other words for a message, for both, while that can be done. */
export function EditBox({ message, onDone }: { readonly message: MessageView; readonly onDone: () => void }) {
  const { t } = useLingui()
  const region = useRegion()
  const client = useClient()
  const [text, setText] = useState(message.text)
  const area = useRef<HTMLTextAreaElement>(null)
  const edit = useAction(async () => {
    if (text !== message.text) await client.conversations.edit({ messageId: message.id, text })
    onDone()
  })
  useEffect(() => area.current?.focus(), [])
  const until = message.changeableUntil === null ? '' : clockTime(region, message.changeableUntil)
  return (
    <div className="composer">
      <ProblemNotice problem={edit.problem} />
      <div className="composer-about">
        <p className="small">
          <Trans>You change what you wrote, for both of you. That can be done until {until}.</Trans>
        </p>
        <IconButton icon="close" label={t`Leave it as it was`} onPress={onDone} />
      </div>
      <WritingBox
        label={t`Other words`}
        value={text}
        onChange={setText}
        onSubmit={() => void edit.run()}
        onLeave={onDone}
        action={t`Save`}
        isPending={edit.pending}
        area={area}
      />
    </div>
  )
}
