import { Trans, useLingui } from '@lingui/react/macro'
import type { DisclosureLogEntry } from '../../../core/api/disclosure.ts'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { Person } from '../../ui/weave.tsx'
import { deedWords, fieldWords } from '../../words/card.ts'
import { fullDate } from '../../words/time.ts'
import '../trust/trust.css'

/** Who was shown what, and when: for oneself alone. */
export function DisclosuresPage() {
  const { t } = useLingui()
  const { personas } = useBelonging()
  const { data, error } = useView(['disclosure', 'log'], (client) => client.disclosure.log())
  const mine = data?.filter(({ personaId }) => personas.some(({ id }) => id === personaId))
  const people = Object.values(Object.groupBy(mine ?? [], nameOf))
  return (
    <Page
      title={t`Who knows what`}
      lead={<Trans>What you showed of yourself beside your pseudonym, and to whom. It stays on this device.</Trans>}
      back
    >
      {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
      {mine?.length === 0 && (
        <Empty title={t`You showed nothing so far`}>
          <p>
            <Trans>In a conversation, “The two of you” is where you show something of yourself.</Trans>
          </p>
        </Empty>
      )}
      <ul className="vouches" aria-label={t`Who knows what`}>
        {people.map((entries) => entries?.[0] !== undefined && <Known key={nameOf(entries[0])} entries={entries} />)}
      </ul>
      <Notice>
        <p>
          <Trans>
            What is taken back is forgotten by their app, if it does what it is asked to; they have seen it all the
            same. Once you delete a conversation here, what you showed in it leaves this list, and may be known still.
          </Trans>
        </p>
      </Notice>
    </Page>
  )
}

/** An introduction and each conversation stand for themselves. */
function nameOf({ conversationId, contact, personaId }: DisclosureLogEntry): string {
  return conversationId ?? `${personaId} ${contact.pseudonym} ${contact.weave.cells.join('')}`
}

function Known({ entries }: { readonly entries: readonly DisclosureLogEntry[] }) {
  const { i18n } = useLingui()
  const region = useRegion()
  const { go } = useNavigation()
  const [first] = entries
  if (first === undefined) return null
  const { contact, conversationId } = first
  return (
    <li>
      <Person author={contact}>
        <span className="small soft">
          {conversationId === null ? <Trans>with an introduction</Trans> : <Trans>in your conversation</Trans>}
        </span>
      </Person>
      <ul className="stack stack-tight">
        {entries.map(({ field, deed, at }) => (
          <li key={`${field} ${deed} ${at}`}>
            {i18n._(fieldWords[field])}: {i18n._(deedWords[deed])}{' '}
            <span className="small soft">{fullDate(region, at, 'date and time')}</span>
          </li>
        ))}
      </ul>
      {conversationId !== null && (
        <div>
          <Button kind="plain" icon="you" onPress={() => go({ at: 'the-two', id: conversationId })}>
            <Trans>The two of you</Trans>
            <span className="hidden-but-read">: {contact.pseudonym}</span>
          </Button>
        </div>
      )}
    </li>
  )
}
