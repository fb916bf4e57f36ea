import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { limits } from '../../../core/api/limits.ts'
import type { ConversationView, MessageView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Button } from '../../ui/button.tsx'
import { OneOf, SomeOf } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { fullDate } from '../../words/time.ts'
import './evidence.css'

/** What is shown to others, and who stands for it. */
export interface EvidenceChoice {
  readonly messageIds: string[]
  readonly personaId: string | null
  readonly note: string
}

interface ChooseEvidenceProps {
  readonly conversation: ConversationView
  /** What was chosen the last time. */
  readonly before: EvidenceChoice | undefined
  readonly isPending: boolean
  readonly onChoose: (choice: EvidenceChoice) => void
}

const nobody = 'nobody'
const atOnce = 100

export function ChooseEvidence({ conversation, before, isPending, onChoose }: ChooseEvidenceProps) {
  const { t } = useLingui()
  const region = useRegion()
  const { messages, hasOlder, older, problem } = useSaid(conversation.id)
  const personas = useView(['personas'], (client) => client.personas.list())
  const [chosen, setChosen] = useState<string[]>(before?.messageIds ?? [])
  const [signer, setSigner] = useState(before === undefined ? conversation.personaId : (before.personaId ?? nobody))
  const [note, setNote] = useState(before?.note ?? '')
  const [wasRefused, setRefused] = useState(false)
  const here = personas.data?.filter(({ communityId }) => communityId === conversation.communityId) ?? []
  if (messages === undefined) return <ProblemNotice problem={problem} />
  if (messages.length === 0) {
    return (
      <Empty title={t`There is nothing to choose`}>
        <p>
          <Trans>
            No messages are here (any more). What disappeared, or was ended, cannot be brought back; write down what you
            remember, with dates.
          </Trans>
        </p>
      </Empty>
    )
  }
  return (
    <div className="stack stack-wide">
      <div className="stack evidence-pick">
        {hasOlder && (
          <div>
            <Button kind="plain" onPress={older}>
              <Trans>Earlier messages</Trans>
            </Button>
          </div>
        )}
        <SomeOf
          label={t`Messages`}
          hint={<Trans>Take what came before and after as well, so that others understand it.</Trans>}
          choices={messages.map(({ id, mine, text, sentAt }) => ({
            id,
            name: <bdi>{text}</bdi>,
            hint: `${mine ? t`You` : conversation.contact.pseudonym}, ${fullDate(region, sentAt, 'date and time')}`,
          }))}
          value={chosen}
          onChange={setChosen}
          most={limits.evidence.messages}
          error={wasRefused && chosen.length === 0 ? t`Choose at least one message.` : undefined}
        />
      </div>
      <OneOf
        label={t`Who stands for it?`}
        hint={
          <Trans>
            With a signature others can be sure that nothing was changed. Without one it may all be made up.
          </Trans>
        }
        value={signer}
        onChange={setSigner}
        choices={[
          ...here.map(({ id, pseudonym }) => ({ id, name: <bdi>{pseudonym}</bdi> })),
          { id: nobody, name: t`Nobody: leave my pseudonym out` },
        ]}
      />
      <Field
        label={t`Something to add`}
        hint={t`What happened, in your words. You need not write anything.`}
        value={note}
        onChange={setNote}
        lines={3}
        maxLength={limits.evidence.note}
      />
      <div>
        <Button
          kind="primary"
          icon="eye"
          isPending={isPending}
          onPress={() => {
            if (chosen.length === 0) setRefused(true)
            else onChoose({ messageIds: chosen, personaId: signer === nobody ? null : signer, note: note.trim() })
          }}
        >
          <Trans>See what others would see</Trans>
        </Button>
      </div>
    </div>
  )
}

/** What can be shown to others, the newest 100 and what the person asks for besides. */
function useSaid(conversationId: string) {
  const client = useClient()
  const [read, setRead] = useState<{ readonly messages: readonly MessageView[]; readonly hasOlder: boolean }>()
  const load = useAction(async (before?: number) => {
    const found = await client.conversations.messages({
      conversationId,
      limit: atOnce,
      ...(before === undefined ? {} : { before }),
    })
    setRead((read) => ({
      messages: [...found, ...(before === undefined ? [] : (read?.messages ?? []))],
      hasOlder: found.length === atOnce,
    }))
  })
  const { run } = load
  useEffect(() => void run(), [run])
  const first = read?.messages[0]?.position
  return {
    messages: read?.messages.filter(({ kind }) => kind === 'text' || kind === 'file'),
    hasOlder: read?.hasOlder ?? false,
    older: () => void run(first),
    problem: load.problem,
  }
}
