import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Expander, Page, Section } from '../../ui/page.tsx'
import { OfConversation } from '../conversation/of-conversation.tsx'
import { CompareCode, Differs } from './compare-code.tsx'
import { SafetyNumber } from './safety-number.tsx'

/** The number that two people compare to know that nobody sits between them. */
export function SafetyNumberPage({ id }: { readonly id: string }) {
  return <OfConversation id={id}>{(conversation) => <Compare conversation={conversation} />}</OfConversation>
}

function Compare({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const client = useClient()
  const { id, contact, verified, keys } = conversation
  const name = contact.pseudonym
  const number = useView(['safety-number', id], (client) => client.conversations.safetyNumber({ conversationId: id }))
  const [differs, setDiffers] = useState(false)
  const set = useAction((verified: boolean) => client.conversations.setVerified({ conversationId: id, verified }))
  const say = (isSame: boolean): void => {
    setDiffers(!isSame)
    if (verified !== isSame) void set.run(isSame)
  }
  return (
    <Page
      title={t`Verification number with ${name}`}
      lead={
        <Trans>
          If both of you see the same number, nobody sits between you. Compare it where nobody can speak for the other:
          side by side, or in a call in which you know the voice.
        </Trans>
      }
      back
    >
      {keys === 'renewing' && (
        <Notice tone="waiting">
          <p>
            <Trans>The conversation is being secured anew. Compare the number when that is done.</Trans>
          </p>
        </Notice>
      )}
      {number.error !== undefined && keys !== 'renewing' && <ProblemNotice problem={problemOf(number.error)} />}
      {number.data !== undefined && (
        <>
          <SafetyNumber number={number.data} />
          <Expander title={t`Let this device compare`}>
            <CompareCode conversationId={id} name={name} />
          </Expander>
          <Section title={t`What did you find?`}>
            <Live>
              {verified && (
                <Tag tone="reached" icon="check">
                  <Trans>You compared it, and it was the same</Trans>
                </Tag>
              )}
              {differs && <Differs />}
            </Live>
            <ProblemNotice problem={set.problem} />
            <div className="row">
              {verified ? (
                <Button isPending={set.pending} onPress={() => void set.run(false)}>
                  <Trans>Take that back</Trans>
                </Button>
              ) : (
                <>
                  <Button kind="primary" icon="check" isPending={set.pending} onPress={() => say(true)}>
                    <Trans>They are the same</Trans>
                  </Button>
                  <Button icon="close" onPress={() => say(false)}>
                    <Trans>They differ</Trans>
                  </Button>
                </>
              )}
            </div>
          </Section>
        </>
      )}
    </Page>
  )
}
