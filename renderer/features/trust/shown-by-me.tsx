import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { CardField } from '../../../core/api/card.ts'
import type { DisclosureView } from '../../../core/api/disclosure.ts'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { fieldWords } from '../../words/card.ts'
import { CardLines, fieldsOf } from './card-lines.tsx'
import { CardVoice } from './card-voice.tsx'

interface ShownByMeProps {
  readonly conversation: ConversationView
  readonly disclosure: DisclosureView
}

/** What this person shows to one contact, and taking it back. */
export function ShownByMe({ conversation, disclosure: { mine, changed } }: ShownByMeProps) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const { id: conversationId, contact, ending, blocked } = conversation
  const [asking, setAsking] = useState<CardField>()
  const takeBack = useAction((field: CardField) => client.disclosure.takeBack({ conversationId, fields: [field] }))
  const renew = useAction((field: CardField) => client.disclosure.show({ conversationId, fields: [field] }))
  const canChange = ending === 'none' && !blocked
  const name = contact.pseudonym
  const nameOf = (field: CardField): string => i18n._(fieldWords[field])
  if (fieldsOf(mine).length === 0) {
    return (
      <p className="soft">
        <Trans>Your pseudonym and your weave, and nothing more.</Trans>
      </p>
    )
  }
  return (
    <>
      <CardLines
        card={mine}
        voice={<CardVoice read={(client) => client.disclosure.voice({ conversationId, mine: true })} />}
        beside={(field) =>
          canChange && (
            <span className="row">
              {changed.includes(field) && (
                <Button kind="plain" onPress={() => void renew.run(field)}>
                  <Trans>Show what it says now</Trans>
                  <span className="hidden-but-read">: {nameOf(field)}</span>
                </Button>
              )}
              <Button kind="plain" onPress={() => setAsking(field)}>
                <Trans>Take back</Trans>
                <span className="hidden-but-read">: {nameOf(field)}</span>
              </Button>
            </span>
          )
        }
      />
      <ProblemNotice problem={takeBack.problem ?? renew.problem} />
      <Confirm
        isOpen={asking !== undefined}
        title={t`Take this back from ${name}?`}
        action={t`Take back`}
        onClose={() => setAsking(undefined)}
        onConfirm={() => {
          if (asking !== undefined) void takeBack.run(asking)
        }}
      >
        <p>
          <Trans>
            They have seen it. Their app is asked to forget it, and yours notes that you took it back. What they
            remember, or copied, stays with them.
          </Trans>
        </p>
      </Confirm>
    </>
  )
}
