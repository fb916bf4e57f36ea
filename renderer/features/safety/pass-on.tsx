import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import type { EvidenceChoice } from './choose-evidence.tsx'

interface PassOnProps {
  readonly conversation: ConversationView
  readonly choice: EvidenceChoice
}

/** To a guardian of the community, sealed so that they alone can read it. */
export function PassOn({ conversation, choice }: PassOnProps) {
  const { t } = useLingui()
  const client = useClient()
  const { replace } = useNavigation()
  const { data } = useView(['safety', 'guardians'], (client) => client.safety.guardians())
  const [chosen, setChosen] = useState<string>()
  const [asking, setAsking] = useState(false)
  const guardians = data?.filter(({ communityId, mine }) => communityId === conversation.communityId && !mine) ?? []
  const guardian = guardians.find(({ key }) => key === chosen) ?? guardians[0]
  const report = useAction(async () => {
    if (guardian === undefined) return
    await client.safety.report({ conversationId: conversation.id, ...choice, guardian: guardian.key })
    replace({ at: 'guardians' })
  })
  if (data === undefined) return null
  const name = guardian?.name ?? ''
  return (
    <Section title={t`Tell a guardian`}>
      {guardian === undefined ? (
        <p>
          <Trans>
            Your community has named no guardians, or this device has not heard of any yet. Show it to somebody you
            trust instead.
          </Trans>
        </p>
      ) : (
        <>
          <OneOf
            label={t`Guardian`}
            value={guardian.key}
            onChange={setChosen}
            choices={guardians.map(({ key, name, fingerprint }) => ({
              id: key,
              name: <bdi>{name}</bdi>,
              hint: <span dir="ltr">{fingerprint}</span>,
            }))}
          />
          <SeenBy>
            <Trans>
              Only <bdi>{name}</bdi> can open it. They cannot answer here, and you are not told whether they have read
              it: they may write to everyone, or put somebody on a list. Whoever runs your community’s computer cannot
              read it, but may notice that this device wrote to a guardian.
            </Trans>
          </SeenBy>
          <ProblemNotice problem={report.problem} />
          <div>
            <Button kind="primary" icon="send" isPending={report.pending} onPress={() => setAsking(true)}>
              <Trans>Pass it on</Trans>
            </Button>
          </div>
        </>
      )}
      <Confirm
        isOpen={asking}
        title={t`Pass this to ${name}?`}
        action={t`Pass it on`}
        onClose={() => setAsking(false)}
        onConfirm={() => void report.run()}
      >
        <p>
          <Trans>
            They see all that is above. You can take it back as long as they have not read it. The contact is not told;
            they may guess it if little time has passed.
          </Trans>
        </p>
      </Confirm>
    </Section>
  )
}
