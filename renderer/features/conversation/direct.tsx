import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { DialogTrigger } from 'react-aria-components'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx'

/** What this contact may learn of the device, and the consent to a direct way. */
export function ContactPrivacy({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const name = conversation.contact.pseudonym
  return (
    <DialogTrigger>
      <Button icon="eye">
        <Trans>Privacy</Trans>
      </Button>
      <Dialog title={t`What ${name} can learn`}>
        {(close) => <Direct conversation={conversation} close={close} />}
      </Dialog>
    </DialogTrigger>
  )
}

function Direct({ conversation, close }: { readonly conversation: ConversationView; readonly close: () => void }) {
  const { t } = useLingui()
  const client = useClient()
  const { go } = useNavigation()
  const settings = useView(['settings'], (client) => client.settings.view())
  const [asking, setAsking] = useState(false)
  const allow = useAction((allowed: boolean) =>
    client.conversations.allowDirect({ conversationId: conversation.id, allowed }),
  )
  const { mine, theirs } = conversation.direct
  const isDirectMode = settings.data?.privacyMode === 'direct'
  const name = conversation.contact.pseudonym
  return (
    <div className="stack">
      <p>
        <Trans>Your words are encrypted for the two of you. Nobody between you can read them.</Trans>
      </p>
      {mine && theirs && isDirectMode ? (
        <Notice tone="waiting" icon="warning">
          <p>
            <Trans>
              You both agreed to connect directly: <bdi>{name}</bdi> can see the address of this device, and you theirs.
            </Trans>
          </p>
        </Notice>
      ) : (
        <Notice tone="reached" icon="lock">
          <p>
            <Trans>
              <bdi>{name}</bdi> is not told your address. Your community’s computers see it, and in this version any
              member can set one up.
            </Trans>
          </p>
        </Notice>
      )}
      <h3>
        <Trans>Verification number</Trans>
      </h3>
      <p className="small soft">
        {conversation.verified ? (
          <Trans>You compared it: nobody sits between the two of you.</Trans>
        ) : (
          <Trans>Compare it once, to be sure that nobody sits between the two of you.</Trans>
        )}
      </p>
      <div>
        <Button
          onPress={() => {
            close()
            go({ at: 'safety-number', id: conversation.id })
          }}
        >
          {conversation.verified ? (
            <Trans>See the verification number</Trans>
          ) : (
            <Trans>Compare the verification number</Trans>
          )}
        </Button>
      </div>
      <h3>
        <Trans>Connect directly</Trans>
      </h3>
      <p className="small soft">
        <Trans>
          Without your community in between, faster, when both are here. Then both can see the other’s address: it can
          tell roughly where you are. It happens only if both of you agree, and each can take it back.
        </Trans>
      </p>
      <div className="row">
        <Tag tone={mine ? 'reached' : 'plain'} icon={mine ? 'check' : 'close'}>
          {mine ? t`You agree` : t`You do not agree`}
        </Tag>
        <Tag tone={theirs ? 'reached' : 'plain'} icon={theirs ? 'check' : 'close'}>
          {theirs ? t`${name} agrees` : t`${name} does not agree`}
        </Tag>
      </div>
      <ProblemNotice problem={allow.problem} />
      {!isDirectMode && (
        <p className="small">
          <Trans>Your own setting does not allow direct connections to anyone.</Trans>{' '}
          <Button
            kind="plain"
            onPress={() => {
              close()
              go({ at: 'safety' })
            }}
          >
            <Trans>Change it under Safety</Trans>
          </Button>
        </p>
      )}
      <div>
        {mine ? (
          <Button isPending={allow.pending} onPress={() => void allow.run(false)}>
            <Trans>Hide my address again</Trans>
          </Button>
        ) : (
          <Button isPending={allow.pending} isDisabled={!isDirectMode} onPress={() => setAsking(true)}>
            <Trans>Let them see my address</Trans>
          </Button>
        )}
      </div>
      <Confirm
        isOpen={asking}
        title={t`Let ${name} see your address?`}
        action={t`Let them see it`}
        onClose={() => setAsking(false)}
        onConfirm={() => void allow.run(true)}
      >
        <p>
          <Trans>
            They could learn roughly where you are, and remember it. What they have seen cannot be taken back.
          </Trans>
        </p>
      </Confirm>
    </div>
  )
}
