import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { EvidenceView } from '../../../core/api/safety.ts'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { OfConversation } from '../conversation/of-conversation.tsx'
import { ChooseEvidence, type EvidenceChoice } from './choose-evidence.tsx'
import { EvidenceShown } from './evidence-shown.tsx'
import { PassOn } from './pass-on.tsx'
import { SaveEvidence } from './save-evidence.tsx'

/** Messages of a conversation, chosen, looked at, and then kept outside or passed to a guardian. */
export function EvidencePage({ id }: { readonly id: string }) {
  return <OfConversation id={id}>{(conversation) => <Evidence conversation={conversation} />}</OfConversation>
}

/** What was chosen may have been long. */
function toTop(top: HTMLElement | null): void {
  top?.closest('.pane')?.scrollTo(0, 0)
}

interface Made {
  readonly bundle: string
  readonly evidence: EvidenceView
}

function Evidence({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const client = useClient()
  const [made, setMade] = useState<Made>()
  const [choice, setChoice] = useState<EvidenceChoice>()
  const make = useAction(async (choice: EvidenceChoice) => {
    setChoice(choice)
    setMade(await client.safety.makeEvidence({ conversationId: conversation.id, ...choice }))
  })
  const name = conversation.contact.pseudonym
  if (made === undefined || choice === undefined) {
    return (
      <Page
        title={t`What was said`}
        lead={
          <Trans>
            Choose messages with <bdi>{name}</bdi> to keep or to show. Nothing leaves this device before you say so, and
            they are not told.
          </Trans>
        }
        back
      >
        <ChooseEvidence
          conversation={conversation}
          before={choice}
          isPending={make.pending}
          onChoose={(choice) => void make.run(choice)}
        />
        <ProblemNotice problem={make.problem} />
      </Page>
    )
  }
  return (
    <Page title={t`This is what others would see`} back>
      <span ref={toTop} />
      <div>
        <Button kind="plain" icon="write" onPress={() => setMade(undefined)}>
          <Trans>Choose again</Trans>
        </Button>
      </div>
      <EvidenceShown evidence={made.evidence} />
      <PassOn conversation={conversation} choice={choice} />
      <SaveEvidence bundle={made.bundle} evidence={made.evidence} />
    </Page>
  )
}
