import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import type { OfferDraftView } from '../../../core/api/offers.ts'
import type { VouchView } from '../../../core/api/vouches.ts'
import { freshId } from '../../api/fresh-id.ts'
import { useClient, useView, useViews } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { VouchDialog } from '../trust/vouch-dialog.tsx'
import { saidTopics } from '../trust/vouch-topics.ts'

/** The last step of a good ending: whoever learned teaches, and whoever taught can vouch for it. */
export function PassItOn({ mentorship: { teaches, conversationId } }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const client = useClient()
  const views = useViews()
  const { go } = useNavigation()
  const [dialog, setDialog] = useState<'give' | 'ask'>()
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  const conversation = data?.find(({ id }) => id === conversationId)
  const vouches = useView(['vouches'], (client) => client.vouches.list())
  const canVouch = conversation?.ending === 'none' && !conversation.blocked && vouches.data !== undefined
  const isSaid = (way: 'give' | 'ask'): boolean => saidTopics(vouches.data ?? [], conversationId, way).size > 0
  /** Whether they vouched, and it holds as well. */
  const has = (holds: (vouch: VouchView) => boolean): boolean =>
    vouches.data?.some(
      (vouch) =>
        vouch.conversationId === conversationId &&
        vouch.direction === 'received' &&
        vouch.state === 'given' &&
        holds(vouch),
    ) ?? false
  const begin = useAction(async () => {
    const draftId = freshId()
    const draft = await client.vouches.passOn({ conversationId, draftId })
    // the page that goes on with it begins with what is known of drafts then
    const known = views.state<OfferDraftView[]>(['offer-drafts']).data ?? []
    views.put(['offer-drafts'], [draft, ...known.filter(({ id }) => id !== draftId)])
    go({ at: 'write', kind: 'offer', draftId })
  })
  return (
    <div className="stack">
      <p>
        {teaches === 'me' ? (
          <Trans>Someone else is where they were. Your offer finds the next one.</Trans>
        ) : (
          <Trans>
            Someone is now where you were when you began. What you learned is enough to help them over the first step.
          </Trans>
        )}
      </p>
      <ProblemNotice problem={begin.problem} />
      <div className="row">
        <Button kind="primary" icon="write" isPending={begin.pending} onPress={() => void begin.run()}>
          {t`Write an offer`}
        </Button>
      </div>
      {canVouch && (
        <>
          <p>
            {teaches === 'me' ? (
              isSaid('give') ? (
                <Trans>You vouch for them: that helps those who do not know them yet to trust them.</Trans>
              ) : (
                <Trans>You saw what they can do. A vouch helps those who do not know them yet to trust them.</Trans>
              )
            ) : has(({ shown }) => shown) ? (
              <Trans>They vouch for you. Their vouch goes with your offers of its topic, as you wanted.</Trans>
            ) : has(() => true) ? (
              <Trans>
                They vouch for you, and nobody sees it yet. Under You, you can have it shown with your offer: it helps
                others to trust it.
              </Trans>
            ) : isSaid('ask') ? (
              <Trans>You asked for a vouch of theirs. Once it is there, you can have it shown with your offer.</Trans>
            ) : (
              <Trans>
                They saw what you can do. A vouch of theirs, shown with your offer, helps others to trust it.
              </Trans>
            )}
          </p>
          <div className="row">
            {teaches !== 'them' && !isSaid('give') && (
              <Button icon="check" onPress={() => setDialog('give')}>
                <Trans>Vouch for them</Trans>
              </Button>
            )}
            {teaches !== 'me' && !isSaid('ask') && (
              <Button kind="plain" onPress={() => setDialog('ask')}>
                <Trans>Ask for a vouch</Trans>
              </Button>
            )}
          </div>
          {dialog !== undefined && (
            <VouchDialog conversation={conversation} way={dialog} onClose={() => setDialog(undefined)} />
          )}
        </>
      )}
    </div>
  )
}
