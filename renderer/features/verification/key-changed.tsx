import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Expander, Page, Section } from '../../ui/page.tsx'
import { CompareCode } from './compare-code.tsx'
import { SafetyNumber } from './safety-number.tsx'

/** In the place of a conversation whose contact came with another key: nothing goes on before the person says so. */
export function KeyChanged({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const client = useClient()
  const { id, contact, blocked } = conversation
  const name = contact.pseudonym
  const number = useView(['safety-number', id], (client) => client.conversations.safetyNumber({ conversationId: id }))
  const [asking, setAsking] = useState(false)
  const goOn = useAction(() => client.conversations.goOn({ conversationId: id }))
  const block = useAction(() => client.conversations.setBlocked({ conversationId: id, blocked: !blocked }))
  return (
    <>
      <BackWhenNarrow />
      <Page title={t`Stop: this may not be ${name}`}>
        <div className="stop-mark">
          <Icon name="stop" />
        </div>
        <div className="stack">
          <p>
            <Trans>
              Whoever writes to you under this name now has another verification number than before. Perhaps they have a
              new device. Perhaps it is somebody else, who wants to be taken for them.
            </Trans>
          </p>
          <p>
            <Trans>
              Nothing you write goes out, and nothing of theirs is shown. What you said before is kept. Ask them in
              another way, best where you see or hear them, whether this is their new number:
            </Trans>
          </p>
        </div>
        {number.error !== undefined && <ProblemNotice problem={problemOf(number.error)} />}
        {number.data !== undefined && (
          <>
            <SafetyNumber number={number.data} />
            <Expander title={t`Let this device compare`}>
              <CompareCode conversationId={id} name={name} />
            </Expander>
          </>
        )}
        <Section title={t`What now?`}>
          <ProblemNotice problem={goOn.problem ?? block.problem} />
          <div className="row">
            <Button icon="block" isPending={block.pending} onPress={() => void block.run()}>
              {blocked ? <Trans>Unblock</Trans> : <Trans>Block</Trans>}
            </Button>
            <Button kind="danger" isPending={goOn.pending} onPress={() => setAsking(true)}>
              <Trans>Go on with the new number</Trans>
            </Button>
          </div>
          <p className="small soft">
            <Trans>You need not decide now: it stays stopped until you do.</Trans>
          </p>
        </Section>
      </Page>
      <Confirm
        isOpen={asking}
        title={t`Go on with the new number?`}
        action={t`Go on with the new number`}
        onClose={() => setAsking(false)}
        onConfirm={() => void goOn.run()}
      >
        <p>
          <Trans>
            From now on you write to whoever has this number, and what waited goes to them. If you have not compared it
            with <bdi>{name}</bdi>, it may be somebody else.
          </Trans>
        </p>
      </Confirm>
    </>
  )
}
