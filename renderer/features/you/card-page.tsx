import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { CardView, CardWords } from '../../../core/api/card.ts'
import { ageBands } from '../../../core/api/card-fields.ts'
import { limits } from '../../../core/api/limits.ts'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Live } from '../../ui/live.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { Person } from '../../ui/weave.tsx'
import { ageWords } from '../../words/card.ts'
import { VoiceField } from '../trust/voice-field.tsx'

const notSaid = 'not-said'

/** What a persona could show of the person behind it. */
export function CardPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { personas } = useBelonging()
  const persona = personas.find((persona) => persona.id === id)
  const { data, error } = useView(['cards', id], (client) => client.disclosure.card({ personaId: id }))
  return (
    <Page
      title={t`What you could show`}
      lead={
        <Trans>
          A few things about you, each for itself. Nobody sees any of them before you show them, and you choose to whom.
        </Trans>
      }
      back
    >
      {persona !== undefined && <Person author={persona} />}
      {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
      {data !== undefined && <Editor personaId={id} card={data} />}
    </Page>
  )
}

function Editor({ personaId, card }: { readonly personaId: string; readonly card: CardView }) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const [words, setWords] = useDraft<CardWords>(`card ${personaId}`, card.words)
  const [saved, setSaved] = useState(false)
  const save = useAction(async () => {
    setWords((await client.disclosure.saveCard({ personaId, words: said(words) })).words)
    setSaved(true)
  })
  const change = (some: CardWords): void => {
    setSaved(false)
    setWords({ ...words, ...some })
  }
  return (
    <div className="stack stack-wide">
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save.run()
        }}
      >
        <Field
          label={t`Pronouns`}
          hint={t`How others speak of you.`}
          value={words.pronouns ?? ''}
          onChange={(pronouns) => change({ pronouns })}
          maxLength={limits.card.pronouns}
          autoComplete="off"
        />
        <Select
          label={t`Age`}
          value={words.age ?? notSaid}
          onChange={(age) => change({ age: ageBands.find((band) => band === age) })}
          items={[
            { id: notSaid, name: t`Not said` },
            ...ageBands.map((band) => ({ id: band, name: i18n._(ageWords[band]) })),
          ]}
        />
        <Field
          label={t`Where, roughly`}
          hint={t`As coarse as you like: a country, “by the sea”, a time zone. A town can be too close.`}
          value={words.region ?? ''}
          onChange={(region) => change({ region })}
          maxLength={limits.card.region}
          autoComplete="off"
        />
        <Field
          label={t`Another name`}
          hint={t`What somebody you trust may call you.`}
          value={words.name ?? ''}
          onChange={(name) => change({ name })}
          maxLength={limits.card.name}
          autoComplete="off"
        />
        <Field
          label={t`In your own words`}
          value={words.words ?? ''}
          onChange={(text) => change({ words: text })}
          lines={3}
          maxLength={limits.card.words}
        />
        <SeenBy>
          <Trans>It stays on this device until you show it. What somebody has seen they can remember.</Trans>
        </SeenBy>
        <ProblemNotice problem={save.problem} />
        <div className="row">
          <Button kind="primary" type="submit" isPending={save.pending}>
            <Trans>Save</Trans>
          </Button>
          <Live className="small soft">
            {saved && (
              <Trans>Saved here. Those who have seen something see it as it was, until you show it anew.</Trans>
            )}
          </Live>
        </div>
      </Form>
      <VoiceField personaId={personaId} hasVoice={card.hasVoice} />
    </div>
  )
}

/** Without what is empty. */
function said({ pronouns, age, region, name, words }: CardWords): CardWords {
  const some = (text: string | undefined): string | undefined => (text?.trim() === '' ? undefined : text)
  return { pronouns: some(pronouns), age, region: some(region), name: some(name), words: some(words) }
}
