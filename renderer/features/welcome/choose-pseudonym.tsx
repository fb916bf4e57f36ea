import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { CommunityView, PersonaView } from '../../../core/api/views.ts'
import { Threshold } from '../../shell/threshold.tsx'
import { Button } from '../../ui/button.tsx'
import { Weave } from '../../ui/weave.tsx'
import { PseudonymForm } from './pseudonym-form.tsx'

interface ChoosePseudonymProps {
  readonly community: CommunityView
  readonly onCreated: () => void
  readonly onDone: () => void
}

/** The name that a person goes by in a community, and then the weave that came with it. */
export function ChoosePseudonym({ community, onCreated, onDone }: ChoosePseudonymProps) {
  const { t } = useLingui()
  const [persona, setPersona] = useState<PersonaView>()
  if (persona !== undefined) return <NewWeave persona={persona} onDone={onDone} />
  const name = community.name
  return (
    <Threshold
      title={t`Choose a pseudonym`}
      lead={
        <Trans>
          This is who you are in <bdi>{name}</bdi>. Take a name that nobody could lead back to you.
        </Trans>
      }
    >
      <PseudonymForm
        communityId={community.id}
        onCreated={(created) => {
          setPersona(created)
          onCreated()
        }}
      />
    </Threshold>
  )
}

function NewWeave({ persona, onDone }: { readonly persona: PersonaView; readonly onDone: () => void }) {
  const { t } = useLingui()
  return (
    <Threshold title={t`This is you`}>
      <div className="new-weave">
        <Weave weave={persona.weave} size="large" of={persona.pseudonym} />
        <bdi className="new-weave-name">{persona.pseudonym}</bdi>
      </div>
      <p>
        <Trans>
          Nobody else has this weave: it is drawn from a secret that only this device holds. It stands beside everything
          that you publish here. Names can be copied, a weave cannot.
        </Trans>
      </p>
      <div className="threshold-actions">
        <Button kind="primary" onPress={onDone}>
          <Trans>Look around</Trans>
        </Button>
      </div>
    </Threshold>
  )
}
