import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import type { OfferView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { PersonaChoice } from '../you/persona-choice.tsx'

/** The first words to the author of an offer. */
export function Introduce({ offer }: { readonly offer: OfferView }) {
  const { t } = useLingui()
  const client = useClient()
  const { go } = useNavigation()
  const { persona } = useBelonging()
  const [personaId, setPersonaId] = useState(persona.id)
  const [text, setText, clear] = useDraft(`introduction ${offer.id}`, '')
  const send = useAction(async () => {
    const sent = await client.introductions.send({ personaId, offerId: offer.id, text })
    clear()
    go({ at: 'sent', id: sent.id })
  })
  const author = offer.author.pseudonym

  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void send.run()
      }}
    >
      <PersonaChoice value={personaId} onChange={setPersonaId} />
      <Field
        label={t`Your words`}
        hint={t`Why this one, and what would help. Leave out what could lead to you: you can say more later.`}
        value={text}
        onChange={setText}
        lines={4}
        maxLength={limits.introductionText}
      />
      <SeenBy>
        <Trans>
          Only <bdi>{author}</bdi> can read this. They see your pseudonym and a weave made for them alone, and are not
          told your address.
        </Trans>
      </SeenBy>
      <ProblemNotice problem={send.problem} />
      <div className="row">
        <Button kind="primary" type="submit" icon="send" isPending={send.pending} isDisabled={text.trim() === ''}>
          <Trans>Introduce yourself</Trans>
        </Button>
      </div>
    </Form>
  )
}
