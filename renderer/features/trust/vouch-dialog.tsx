import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Select, type SelectItem } from '../../ui/select.tsx'
import { useTopics } from '../../words/topics.ts'
import { saidTopics } from './vouch-topics.ts'

interface VouchDialogProps {
  readonly conversation: ConversationView
  readonly way: 'give' | 'ask'
  /** Known already, as where one was offered or asked for. */
  readonly topic?: string
  readonly onClose: () => void
}

/** Before somebody signs, or lets another know their key: what it means. */
export function VouchDialog({ conversation, way, topic: known, onClose }: VouchDialogProps) {
  const { t } = useLingui()
  const client = useClient()
  const { personas } = useBelonging()
  const { groups, nameOf } = useTopics()
  const { id: conversationId, contact, personaId } = conversation
  const { data: beginning } = useView(['beginning', conversationId], (client) =>
    client.vouches.beginning({ conversationId }),
  )
  const [chosen, setChosen] = useState<string>()
  const vouches = useView(['vouches'], (client) => client.vouches.list())
  const said = saidTopics(vouches.data ?? [], conversationId, way)
  const open = (topics: readonly SelectItem[]): readonly SelectItem[] => topics.filter(({ id }) => !said.has(id))
  const topic = known ?? chosen ?? beginning?.topics.find((id) => !said.has(id)) ?? null
  const act = useAction(async () => {
    if (topic === null) return
    await client.vouches[way]({ conversationId, topic })
    onClose()
  })
  const name = contact.pseudonym
  const self = personas.find(({ id }) => id === personaId)?.pseudonym ?? ''
  const topicName = topic === null ? '' : nameOf(topic)
  return (
    <Dialog title={way === 'give' ? t`Vouch for ${name}` : t`A vouch from ${name}`} isOpen onClose={onClose}>
      {() => (
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void act.run()
          }}
        >
          {known === undefined ? (
            <Select
              label={t`For which topic`}
              placeholder={t`Choose a topic`}
              value={topic}
              onChange={setChosen}
              groups={groups
                .map(({ id, name, topics }) => ({ id, name, items: open(topics) }))
                .filter(({ items }) => items.length > 0)}
            />
          ) : (
            <p>
              <Trans>For: {topicName}</Trans>
            </p>
          )}
          {way === 'give' ? (
            <SeenBy>
              <Trans>
                You sign it as <bdi>{self}</bdi>. If <bdi>{name}</bdi> shows it with an offer, everyone in your
                community can find out that <bdi>{self}</bdi> vouches for them, and so that you know each other; nobody
                outside can. It holds for about a year. You can take it back: their app is asked to forget it, and a
                copy may be shown until it ends.
              </Trans>
            </SeenBy>
          ) : (
            <SeenBy>
              <Trans>
                Their app is told for certain that you are <bdi>{self}</bdi>, so that the vouch is good for you and
                nobody else. They can then tell which offers and requests are yours.
              </Trans>
            </SeenBy>
          )}
          <ProblemNotice problem={act.problem} />
          <div className="row">
            <Button kind="primary" type="submit" isPending={act.pending} isDisabled={topic === null}>
              {way === 'give' ? <Trans>Sign it</Trans> : <Trans>Ask for it</Trans>}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
