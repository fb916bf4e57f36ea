import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import type { WordField } from '../../../core/api/card.ts'
import type { OfferView } from '../../../core/api/offers.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Expander } from '../../ui/page.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { ShowWithIt } from '../trust/show-with-it.tsx'
import { PersonaChoice } from '../you/persona-choice.tsx'
import { RingProposal } from './ring-proposal.tsx'
import { WorkChoice } from './work-choice.tsx'

interface Draft {
  readonly text: string
  readonly token: string
  readonly workBits: number
  /** Fields of the card. */
  readonly show: readonly WordField[]
}

/** The first words to the author of an offer. */
export function Introduce({ offer }: { readonly offer: OfferView }) {
  const { t } = useLingui()
  const client = useClient()
  const { go } = useNavigation()
  const { persona } = useBelonging()
  const { form, refuse } = useRefusal()
  const [personaId, setPersonaId] = useState(persona.id)
  const [draft, setDraft, clear] = useDraft<Draft>(`introduction ${offer.id}`, {
    text: '',
    token: '',
    workBits: limits.introductionWork.min,
    show: [],
  })
  const { text, token, workBits, show } = draft
  const send = useAction(async () => {
    const invite = token.trim() === '' ? {} : { token }
    const sent = await client.introductions.send({
      personaId,
      offerId: offer.id,
      text,
      workBits,
      show: [...show],
      ...invite,
    })
    clear()
    go({ at: 'sent', id: sent.id })
  })
  const author = offer.author.pseudonym
  const isMangled = send.problem === 'invite-mangled'
  const isNewer = send.problem === 'invite-unknown-version'
  const submit = async (): Promise<void> => {
    if (!(await send.run())) refuse()
  }

  return (
    <Form
      ref={form}
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void submit()
      }}
    >
      <PersonaChoice value={personaId} onChange={setPersonaId} />
      {text === '' && (
        <RingProposal
          offerId={offer.id}
          onPropose={(ring, text) => {
            setPersonaId(ring.personaId)
            setDraft({ ...draft, text })
          }}
        />
      )}
      <Field
        label={t`Your words`}
        hint={t`Why this one, and what would help. Leave out what could lead to you: you can say more later.`}
        value={text}
        onChange={(text) => setDraft({ ...draft, text })}
        lines={4}
        maxLength={limits.introductionText}
      />
      <ShowWithIt personaId={personaId} value={show} onChange={(show) => setDraft({ ...draft, show })} />
      <Expander title={t`If they get many introductions`} opens={token !== ''}>
        <Field
          label={t`Personal invite, if you have one`}
          hint={t`If they gave you one, paste it here: yours then stands before all others.`}
          value={token}
          onChange={(token) => {
            send.clear()
            setDraft({ ...draft, token })
          }}
          error={
            isMangled
              ? t`This is not a whole personal invite. Copy it again from beginning to end, or leave this empty.`
              : isNewer
                ? t`This was made by a newer Staffetta than yours. Update Staffetta, or leave this empty.`
                : undefined
          }
          maxLength={limits.tokenText}
          autoComplete="off"
          dir="ltr"
        />
        <WorkChoice value={workBits} onChange={(workBits) => setDraft({ ...draft, workBits })} />
      </Expander>
      <SeenBy>
        <Trans>
          Only <bdi>{author}</bdi> can read this. They see your pseudonym, a weave made for them alone and what you show
          with it, and are not told your address.
        </Trans>
      </SeenBy>
      <ProblemNotice problem={isMangled || isNewer ? undefined : send.problem} />
      <div className="row">
        <Button kind="primary" type="submit" icon="send" isPending={send.pending} isDisabled={text.trim() === ''}>
          <Trans>Introduce yourself</Trans>
        </Button>
      </div>
    </Form>
  )
}
