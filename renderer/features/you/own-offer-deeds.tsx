import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { OwnOfferView } from '../../../core/api/offers.ts'
import { freshId } from '../../api/fresh-id.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { WorkProgress } from '../../ui/work-progress.tsx'
import { wordsOf } from '../write/write-page.tsx'
import { daysLeft, isFull, OwnState } from './own-state.tsx'

/** How one's own offer stands, what it asks for, and all that can be done with it. */
export function OwnOfferDeeds({ offer }: { readonly offer: OwnOfferView }) {
  const { t } = useLingui()
  const client = useClient()
  const { id, state } = offer
  const [asking, setAsking] = useState(false)
  const withdraw = useAction(() => client.offers.withdraw({ offerId: id }))
  const retry = useAction(() => client.offers.retry({ offerId: id }))
  const pause = useAction(() => client.offers.pause({ offerId: id }))
  const resume = useAction(() => client.offers.resume({ offerId: id }))
  const renew = useAction(() => client.offers.renew({ offerId: id }))
  const { change, again } = useWriting(offer)
  const isOver = state === 'withdrawn' || state === 'withdrawing'
  const isPaused = state === 'paused' || state === 'pausing'
  const canPause = !isOver && !isPaused
  /** One of them is what the page is for now. */
  const first =
    state === 'failed' ? 'retry' : isPaused ? 'resume' : offer.endsSoon ? 'renew' : isFull(offer) ? 'pause' : 'change'
  const kindOf = (deed: string): { kind: 'primary' } | object => (deed === first ? { kind: 'primary' as const } : {})
  const pauseButton = (
    <Button {...kindOf('pause')} isPending={pause.pending} onPress={() => void pause.run()}>
      <Trans>Pause it</Trans>
    </Button>
  )
  return (
    <div className="stack">
      <Live>
        <div className="row">
          <OwnState offer={offer} />
        </div>
      </Live>
      <StateWords offer={offer} />
      <ProblemNotice
        problem={withdraw.problem ?? retry.problem ?? pause.problem ?? resume.problem ?? renew.problem ?? again.problem}
      />
      {!isOver && (
        <div className="row">
          {state === 'failed' && (
            <Button {...kindOf('retry')} isPending={retry.pending} onPress={() => void retry.run()}>
              <Trans>Try again</Trans>
            </Button>
          )}
          {isPaused && (
            <Button {...kindOf('resume')} isPending={resume.pending} onPress={() => void resume.run()}>
              <Trans>Take it up again</Trans>
            </Button>
          )}
          {offer.endsSoon && (
            <Button {...kindOf('renew')} isPending={renew.pending} onPress={() => void renew.run()}>
              <Trans>Renew it</Trans>
            </Button>
          )}
          {canPause && first === 'pause' && pauseButton}
          <Button {...kindOf('change')} icon="write" onPress={change}>
            <Trans>Change it</Trans>
          </Button>
          {canPause && first !== 'pause' && pauseButton}
          <Button isPending={withdraw.pending} onPress={() => setAsking(true)}>
            {state === 'publishing' ? <Trans>Stop publishing</Trans> : <Trans>Take it back</Trans>}
          </Button>
        </div>
      )}
      {state === 'withdrawn' && (
        <div className="row">
          <Button kind="primary" icon="write" isPending={again.pending} onPress={() => void again.run()}>
            <Trans>Write it again</Trans>
          </Button>
        </div>
      )}
      <Confirm
        isOpen={asking}
        title={t`Take this back?`}
        action={t`Take it back`}
        onClose={() => setAsking(false)}
        onConfirm={() => void withdraw.run()}
      >
        <p>
          <Trans>
            Nobody will find it any more. Conversations that began with it go on. Who has read it may remember it.
          </Trans>
        </p>
      </Confirm>
    </div>
  )
}

/** What its state means, and what it asks for. */
function StateWords({ offer }: { readonly offer: OwnOfferView }) {
  const { t } = useLingui()
  const days = daysLeft(offer, useNow())
  const { accepted, capacity, state } = offer
  return (
    <>
      {state === 'publishing' && (
        <>
          <WorkProgress subject={offer.id} saved={offer.progress} />
          <p className="small soft">
            <Trans>You can go on and do something else. It is saved, and goes on when you open Staffetta again.</Trans>
          </p>
        </>
      )}
      {state === 'withdrawing' && (
        <p className="small soft">
          <Trans>Your community’s computers are told to forget it. Who has read it may remember it.</Trans>
        </p>
      )}
      {state === 'pausing' && (
        <p className="small soft">
          <Trans>Your community’s computers are told to forget it for now.</Trans>
        </p>
      )}
      {state === 'paused' && (
        <p>
          {accepted < capacity ? (
            <Trans>Nobody finds it now. There is room for someone: take it up again when you like.</Trans>
          ) : (
            <Trans>Nobody finds it now. Take it up again when you have time for someone new.</Trans>
          )}
        </p>
      )}
      {state === 'failed' && (
        <Notice tone="danger">
          <p>
            <Trans>Your community’s computers did not take it. Your words are kept here; try again.</Trans>
          </p>
        </Notice>
      )}
      {isFull(offer) && (
        <Notice tone="waiting" icon="people">
          <p>
            {t({
              message: plural(
                { count: accepted },
                {
                  one: 'One person is with you, as many as you wanted at once. Pause it, so that nobody waits in vain.',
                  other:
                    '# people are with you, as many as you wanted at once. Pause it, so that nobody waits in vain.',
                },
              ),
            })}
          </p>
        </Notice>
      )}
      {offer.endsSoon && (
        <Notice tone="waiting" icon="timer">
          <p>
            {t({
              message: plural(
                { count: days },
                {
                  0: 'This ends today. If it is still true, renew it: it stays for 90 days more.',
                  one: 'This ends tomorrow. If it is still true, renew it: it stays for 90 days more.',
                  other: 'This ends in # days. If it is still true, renew it: it stays for 90 days more.',
                },
              ),
            })}
          </p>
        </Notice>
      )}
    </>
  )
}

/** The ways to the form: for this offer, or for a new one of the same words. */
function useWriting(offer: OwnOfferView): { change: () => void; again: ReturnType<typeof useAction> } {
  const client = useClient()
  const { go } = useNavigation()
  const drafts = useView(['offer-drafts'], (client) => client.offers.drafts())
  const begun = drafts.data?.find(({ offerId }) => offerId === offer.id)
  const { id: offerId, kind, personaId } = offer
  const again = useAction(async () => {
    const draftId = freshId()
    await client.offers.saveDraft({ draftId, personaId, draft: wordsOf(offer) })
    go({ at: 'write', kind, draftId })
  })
  return { change: () => go({ at: 'write', kind, draftId: begun?.id ?? freshId(), offerId }), again }
}
