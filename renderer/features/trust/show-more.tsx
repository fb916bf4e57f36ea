import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { CardField } from '../../../core/api/card.ts'
import type { DisclosureView } from '../../../core/api/disclosure.ts'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { SomeOf } from '../../ui/choice.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { fieldWords } from '../../words/card.ts'
import { CardValue, fieldsOf } from './card-lines.tsx'

interface ShowMoreProps {
  readonly conversation: ConversationView
  readonly disclosure: DisclosureView
}

/** More of one's card for one contact, field by field. */
export function ShowMore({ conversation, disclosure: { mine } }: ShowMoreProps) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const { go } = useNavigation()
  const { id: conversationId, personaId, contact } = conversation
  const [chosen, setChosen] = useState<CardField[]>([])
  const { data: card } = useView(['cards', personaId], (client) => client.disclosure.card({ personaId }))
  const show = useAction(async () => {
    await client.disclosure.show({ conversationId, fields: chosen })
    setChosen([])
  })
  if (card === undefined) return null
  const shown = fieldsOf(mine)
  const left = fieldsOf(card).filter((field) => !shown.includes(field))
  const name = contact.pseudonym
  const edit = (
    <Button kind="plain" icon="write" onPress={() => go({ at: 'card', id: personaId })}>
      {left.length === 0 && shown.length === 0 ? (
        <Trans>Write what you could show</Trans>
      ) : (
        <Trans>Change your card</Trans>
      )}
    </Button>
  )
  if (left.length === 0) return <div>{edit}</div>
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.length > 0) void show.run()
      }}
    >
      <SomeOf
        label={t`Show more`}
        value={chosen}
        onChange={setChosen}
        choices={left.map((field) => ({
          id: field,
          name: i18n._(fieldWords[field]),
          hint: <CardValue card={card} field={field} />,
        }))}
      />
      <SeenBy>
        <Trans>
          Only <bdi>{name}</bdi> sees it. You can take it back later; what they have seen they can remember.
        </Trans>
      </SeenBy>
      <ProblemNotice problem={show.problem} />
      <div className="row">
        <Button kind="primary" type="submit" isPending={show.pending} isDisabled={chosen.length === 0}>
          <Trans>Show it</Trans>
        </Button>
        {edit}
      </div>
    </Form>
  )
}
