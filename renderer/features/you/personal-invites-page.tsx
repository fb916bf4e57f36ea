import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Empty, Page, Section } from '../../ui/page.tsx'
import { PersonaChoice } from './persona-choice.tsx'
import { PersonalInvite } from './personal-invite.tsx'
import './personal-invites.css'

/** Invite tokens: made, shown again, and taken back. */
export function PersonalInvitesPage() {
  const { t } = useLingui()
  const client = useClient()
  const { persona, personas } = useBelonging()
  const { data, error } = useView(['introductions', 'tokens'], (client) => client.introductions.tokens())
  const [personaId, setPersonaId] = useState(persona.id)
  const [note, setNote] = useState('')
  const [made, setMade] = useState<string>()
  const make = useAction(async () => {
    const { id } = await client.introductions.makeToken({ personaId, note })
    setNote('')
    setMade(id)
  })
  const mine = data?.filter((token) => personas.some(({ id }) => id === token.personaId))
  const most = limits.inviteTokens
  const isFull = (data?.filter((token) => token.personaId === personaId).length ?? 0) >= most

  return (
    <Page
      title={t`Personal invites`}
      lead={
        <Trans>For people whom you do not want to miss: whoever introduces themselves with one stands first.</Trans>
      }
      back
    >
      <Section title={t`Make one`}>
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (!isFull) void make.run()
          }}
        >
          <PersonaChoice value={personaId} onChange={setPersonaId} />
          <Field
            label={t`For whom`}
            hint={t`A note for you alone, so that you know who came with it. It stays on this device, and may be empty.`}
            value={note}
            onChange={setNote}
            maxLength={limits.tokenNote}
            autoComplete="off"
          />
          <SeenBy>
            <Trans>
              Whoever has it can use it, so hand it on in private. It lets nobody into your community, and you still
              decide about each introduction.
            </Trans>
          </SeenBy>
          <ProblemNotice problem={make.problem} />
          {isFull && (
            <Notice>
              <p>
                <Trans>You have {most} of them, and more cannot be. Take one back before you make another.</Trans>
              </p>
            </Notice>
          )}
          <div className="row">
            <Button kind="primary" type="submit" icon="plus" isPending={make.pending} isDisabled={isFull}>
              <Trans>Make a personal invite</Trans>
            </Button>
            <Live className="small soft">
              {mine?.some(({ id }) => id === made) === true && (
                <Trans>It is made, and stands first below. Copy it and hand it on in private.</Trans>
              )}
            </Live>
          </div>
        </Form>
      </Section>
      <Section title={t`Those that work`}>
        {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
        {mine?.length === 0 && (
          <Empty title={t`None yet`}>
            <p>
              <Trans>
                Make one for somebody who told you that they will write: theirs is not lost among many introductions.
              </Trans>
            </p>
          </Empty>
        )}
        <ul className="personal-invites" aria-label={t`Your personal invites`}>
          {mine?.map((token) => (
            <PersonalInvite key={token.id} token={token} opens={token.id === made} />
          ))}
        </ul>
      </Section>
    </Page>
  )
}
