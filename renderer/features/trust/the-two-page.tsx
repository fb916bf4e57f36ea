import { Trans, useLingui } from '@lingui/react/macro'
import type { ConversationView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useRegion } from '../../locales/use-region.ts'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty, Page, Section } from '../../ui/page.tsx'
import { Person } from '../../ui/weave.tsx'
import { fullDate } from '../../words/time.ts'
import { CardLines, fieldsOf } from './card-lines.tsx'
import { CardVoice } from './card-voice.tsx'
import { PairVouches } from './pair-vouches.tsx'
import { ShownByMe } from './shown-by-me.tsx'
import { ShowMore } from './show-more.tsx'

/** What the two of a conversation show each other, and what they say of each other. `id`: of the conversation. */
export function TheTwoPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  const conversation = data?.find((conversation) => conversation.id === id)
  if (data === undefined) return null
  if (conversation === undefined) {
    return (
      <Page title={t`This is no longer here`} back>
        <Empty title={t`Nothing was lost elsewhere`}>
          <p>
            <Trans>The conversation was deleted here.</Trans>
          </p>
        </Empty>
      </Page>
    )
  }
  return <TheTwo conversation={conversation} />
}

function TheTwo({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useLingui()
  const region = useRegion()
  const { id, contact, ending, blocked } = conversation
  const { data, error } = useView(['disclosure', id], (client) => client.disclosure.view({ conversationId: id }))
  const name = contact.pseudonym
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
                beside={(field) => {
                  const at = data.theirs.since.find((each) => each.field === field)?.at
                  return at !== undefined && <span className="small soft">{fullDate(region, at)}</span>
                }}
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
