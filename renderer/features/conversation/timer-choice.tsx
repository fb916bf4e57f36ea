import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Live } from '../../ui/live.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { timerWords } from '../../words/conversations.ts'

/** After how long what is written from now on disappears, for both. */
export function TimerChoice({ conversation: { id, timer } }: { readonly conversation: ConversationView }) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const [chosen, setChosen] = useState<number>()
  const [isSet, setSet] = useState(false)
  const value = chosen ?? timer
  const set = useAction(async () => {
    await client.conversations.setTimer({ conversationId: id, seconds: value })
    setChosen(undefined)
    setSet(true)
  })
  return (
    <section className="stack stack-tight">
      <OneOf
        label={t`Disappearing messages`}
        hint={t`For what both write from now on: it is deleted on both sides so long after it was read. It helps against someone who takes your device later, and not against a contact who copies.`}
        inline
        value={String(value)}
        onChange={(seconds) => {
          setChosen(Number(seconds))
          setSet(false)
        }}
        choices={[...timerWords].map(([seconds, words]) => ({ id: String(seconds), name: i18n._(words) }))}
      />
      <ProblemNotice problem={set.problem} />
      <div className="row">
        <Button isPending={set.pending} isDisabled={value === timer} onPress={() => void set.run()}>
          <Trans>Set it for both</Trans>
        </Button>
        <Live className="small soft">{isSet && <Trans>It is set. Both of you see a line about it.</Trans>}</Live>
      </div>
    </section>
  )
}
