import { Trans, useLingui } from '@lingui/react/macro'
import type { ConversationView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useRegion } from '../../locales/use-region.ts'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Person } from '../../ui/weave.tsx'
import { fullDate } from '../../words/time.ts'
import { OfConversation } from '../conversation/of-conversation.tsx'
import { CardLines, fieldsOf } from './card-lines.tsx'
import { CardVoice } from './card-voice.tsx'
import { PairVouches } from './pair-vouches.tsx'
import { ShownByMe } from './shown-by-me.tsx'
import { ShowMore } from './show-more.tsx'

/** What the two of a conversation show each other, and what they say of each other. `id`: of the conversation. */
export function TheTwoPage({ id }: { readonly id: string }) {
  return <OfConversation id={id}>{(conversation) => <TheTwo conversation={conversation} />}</OfConversation>
}

function TheTwo({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const region = useRegion()
  const { id, contact, ending, blocked } = conversation
  const { data, error } = useView(['disclosure', id], (client) => client.disclosure.view({ conversationId: id }))
  const name = contact.pseudonym
  const dates = new Map(
    data?.theirs.since.map(({ field, at }) => [
      field,
      <span key={field} className="small soft">
        {fullDate(region, at)}
      </span>,
    ]),
  )
  const isOpen = ending === 'none' && !blocked
  return (
    <Page title={t`You and ${name}`} back>
      <Person author={contact} size="middle" />
      {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
      {data !== undefined && (
        <>
          <Section title={t`What they show you`}>
            {fieldsOf(data.theirs).length === 0 ? (
              <p className="soft">
                <Trans>Nothing so far. They decide what they show, and when.</Trans>
              </p>
            ) : (
              <CardLines
                card={data.theirs}
                voice={<CardVoice read={(client) => client.disclosure.voice({ conversationId: id, mine: false })} />}
                beside={dates}
              />
            )}
          </Section>
          <Section title={t`What you show them`}>
            <ShownByMe conversation={conversation} disclosure={data} />
            {isOpen && <ShowMore conversation={conversation} disclosure={data} />}
          </Section>
        </>
      )}
      <PairVouches conversation={conversation} isOpen={isOpen} />
    </Page>
  )
}
