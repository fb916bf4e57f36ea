import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import type { PersonaView } from '../../../core/api/views.ts'
import { useClient, useView, useViews } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import './welcome.css'

const own = '.own'

interface PseudonymFormProps {
  readonly communityId: string
  readonly onCreated: (persona: PersonaView) => void
}

/** Six proposals, or a name of one's own. */
export function PseudonymForm({ communityId, onCreated }: PseudonymFormProps) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const views = useViews()
  const language = i18n.locale === 'it' ? 'it' : 'en'
  const proposals = useView(['pseudonyms', language], (client) => client.personas.propose({ language }))
  const [chosen, setChosen] = useState<string>()
  const [written, setWritten] = useState('')
  const pseudonym = chosen === own ? written.trim() : chosen
  const isUsable = pseudonym !== undefined && pseudonym.length >= limits.pseudonym.min
  const create = useAction(async () => {
    if (pseudonym !== undefined) onCreated(await client.personas.create({ communityId, pseudonym }))
  })

  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isUsable) void create.run()
      }}
    >
      <div className="pseudonyms">
        <OneOf
          label={t`Pseudonym`}
          value={chosen}
          onChange={setChosen}
          choices={[
            ...(proposals.data ?? []).map((name) => ({ id: name, name })),
            { id: own, name: t`A name of my own` },
          ]}
        />
      </div>
      <div className="threshold-actions">
        <Button
          kind="plain"
          icon="refresh"
          onPress={() => {
            setChosen(chosen === own ? own : undefined)
            views.invalidate(['pseudonyms'])
          }}
        >
          <Trans>Other names</Trans>
        </Button>
      </div>
      {chosen === own && (
        <Field
          label={t`Your pseudonym`}
          hint={t`Not your name, not a name you use elsewhere.`}
          value={written}
          onChange={setWritten}
          maxLength={limits.pseudonym.max}
          autoComplete="off"
        />
      )}
      <ProblemNotice problem={create.problem} />
      <div className="threshold-actions">
        <Button kind="primary" type="submit" isPending={create.pending} isDisabled={!isUsable}>
          <Trans>Take this name</Trans>
        </Button>
      </div>
    </Form>
  )
}
