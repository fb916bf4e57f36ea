import { Trans, useLingui } from '@lingui/react/macro'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty, Page, Section } from '../../ui/page.tsx'
import { VouchItem } from '../trust/vouch-item.tsx'
import '../trust/trust.css'

/** Who vouches for this person, and for whom they do. */
export function VouchesPage() {
  const { t } = useLingui()
  const { personas } = useBelonging()
  const { data, error } = useView(['vouches'], (client) => client.vouches.list())
  const conversations = useView(['conversations'], (client) => client.conversations.list())
  const mine = data?.filter(({ personaId }) => personas.some(({ id }) => id === personaId))
  const isOpen = (id: string | null): boolean =>
    conversations.data?.some((each) => each.id === id && each.ending === 'none' && !each.blocked) ?? false
  return (
    <Page
      title={t`Vouches`}
      lead={
        <Trans>
          What others sign about you for a topic, and you about others. A vouch is shown with an offer of its topic,
          where whoever has it wishes so: up to four. Readers see how many people they know stand behind it, and no
          other number.
        </Trans>
      }
      back
    >
      {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
      {(['received', 'given'] as const).map((direction) => {
        const some = mine?.filter((vouch) => vouch.direction === direction)
        return (
          <Section key={direction} title={direction === 'received' ? t`For you` : t`From you`}>
            {some?.length === 0 && (
              <Empty title={t`None yet`}>
                <p>
                  {direction === 'received' ? (
                    <Trans>In a conversation, under “The two of you”, you can ask for one.</Trans>
                  ) : (
                    <Trans>In a conversation, under “The two of you”, you can vouch for somebody.</Trans>
                  )}
                </p>
              </Empty>
            )}
            <ul className="vouches" aria-label={direction === 'received' ? t`For you` : t`From you`}>
              {some?.map((vouch) => (
                <VouchItem key={vouch.id} vouch={vouch} isOpen={isOpen(vouch.conversationId)} hasName />
              ))}
            </ul>
          </Section>
        )
      })}
      <p className="small soft">
        <Trans>
          When you delete a conversation here, what you signed in it leaves this list, and holds until it ends all the
          same.
        </Trans>
      </p>
    </Page>
  )
}
