import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useView } from '../../api/context.tsx'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'

/** From a person who makes one uneasy to what can be done about them. */
export function Uneasy({ about }: { readonly about: string | undefined }) {
  const { t } = useLingui()
  const { go } = useNavigation()
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  const [chosen, setChosen] = useState(about)
  const conversation = data?.find(({ id }) => id === chosen)
  return (
    <div className="stack">
      <p>
        <Trans>You need no proof and no good reason. Keep what was said first; then block or end it.</Trans>
      </p>
      {data !== undefined && data.length > 0 && (
        <Select
          label={t`Who is it about?`}
          placeholder={t`Choose a conversation`}
          value={conversation?.id ?? null}
          onChange={setChosen}
          items={data.map(({ id, contact }) => ({ id, name: contact.pseudonym }))}
        />
      )}
      {conversation !== undefined && (
        <div className="row">
          <Button icon="stored" onPress={() => go({ at: 'evidence', id: conversation.id })}>
            <Trans>Keep it, or tell a guardian</Trans>
          </Button>
          <Button icon="block" onPress={() => go({ at: 'conversation', id: conversation.id, options: true })}>
            <Trans>Block or end it</Trans>
          </Button>
        </div>
      )}
      <div className="row">
        <Button kind="plain" icon="people" onPress={() => go({ at: 'guardians' })}>
          <Trans>Guardians and what they say</Trans>
        </Button>
        <Button kind="plain" icon="file" onPress={() => go({ at: 'open-evidence' })}>
          <Trans>Open evidence</Trans>
        </Button>
      </div>
    </div>
  )
}
