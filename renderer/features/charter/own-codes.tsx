import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { PersonaChoice } from '../you/persona-choice.tsx'

/** What somebody hands to the founder, to be named by them. */
export function OwnCodes({ founder }: { readonly founder: boolean }) {
  const { t } = useLingui()
  const client = useClient()
  const { community, persona } = useBelonging()
  const [personaId, setPersonaId] = useState(persona.id)
  const [guardian, setGuardian] = useState<string>()
  const [editor, setEditor] = useState<string>()
  const asGuardian = useAction(async () =>
    setGuardian((await client.charter.guardianCode({ communityId: community.id })).code),
  )
  const asEditor = useAction(async () => setEditor((await client.charter.editorCode({ personaId })).code))
  return (
    <Section title={t`Offer to help`}>
      <p className="soft">
        {founder ? (
          <Trans>Your own codes, where you want to be a guardian or an editor yourself: paste them above.</Trans>
        ) : (
          <Trans>
            Give a code to the founder, over a way that both of you trust. The one as a guardian shows none of your
            pseudonyms; the one as an editor is that of the pseudonym that you choose.
          </Trans>
        )}
      </p>
      {guardian === undefined ? (
        <div>
          <Button isPending={asGuardian.pending} onPress={() => void asGuardian.run()}>
            <Trans>Show my code as a guardian</Trans>
          </Button>
        </div>
      ) : (
        <CopyField label={t`Your code as a guardian`} value={guardian} />
      )}
      <ProblemNotice problem={asGuardian.problem} />
      <PersonaChoice
        value={personaId}
        onChange={(id) => {
          setPersonaId(id)
          setEditor(undefined)
        }}
      />
      {editor === undefined ? (
        <div>
          <Button isPending={asEditor.pending} onPress={() => void asEditor.run()}>
            <Trans>Show my code as an editor</Trans>
          </Button>
        </div>
      ) : (
        <CopyField label={t`Your code as an editor`} value={editor} />
      )}
      <ProblemNotice problem={asEditor.problem} />
    </Section>
  )
}
