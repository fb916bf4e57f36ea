import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { OwnOfferView } from '../../../core/api/offers.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Notice, ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { WorkProgress } from '../../ui/work-progress.tsx'
import { OfferBody } from '../discover/offer-body.tsx'
import { OwnState } from './own-state.tsx'
import { Live } from '../../ui/live.tsx'

/** One's own offer or request: how far it is, what others see, and taking it back. */
export function OwnOfferPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { personas } = useBelonging()
  const { go } = useNavigation()
  const { data } = useView(['own-offers'], (client) => client.offers.mine())
  const offer = data?.find((offer) => offer.id === id)
  const persona = personas.find((persona) => persona.id === offer?.personaId)
  if (data === undefined) return null
  if (offer === undefined || persona === undefined) {
    return (
      <Page title={t`This is no longer here`} back>
        <Empty title={t`Nothing was lost elsewhere`}>
          <p>
            <Trans>It was taken back, or its time ran out.</Trans>
          </p>
        </Empty>
      </Page>
    )
  }
  return (
    <Page title={offer.title} back>
      <State offer={offer} />
      <OfferBody
        draft={offer}
        author={{ pseudonym: persona.pseudonym, weave: persona.weave }}
        expiresAt={offer.expiresAt}
      />
      <SeenBy>
        <Trans>Everyone in your community can read this. Nobody outside can.</Trans>
      </SeenBy>
      {offer.state === 'published' && (
        <div>
          <p className="small soft">
            <Trans>You know who should answer? Give them a personal invite, and you see them first.</Trans>
          </p>
          <Button kind="plain" icon="link" onPress={() => go({ at: 'personal-invites' })}>
            <Trans>Personal invites</Trans>
          </Button>
        </div>
      )}
    </Page>
  )
}

function State({ offer }: { readonly offer: OwnOfferView }) {
  const { t } = useLingui()
  const client = useClient()
  const [asking, setAsking] = useState(false)
  const withdraw = useAction(() => client.offers.withdraw({ offerId: offer.id }))
  const retry = useAction(() => client.offers.retry({ offerId: offer.id }))
  const isOver = offer.state === 'withdrawn' || offer.state === 'withdrawing'
  return (
    <div className="stack">
      <Live>
        <OwnState offer={offer} />
      </Live>
      {offer.state === 'publishing' && (
        <>
          <WorkProgress subject={offer.id} saved={offer.progress} />
          <p className="small soft">
            <Trans>You can go on and do something else. It is saved, and goes on when you open Staffetta again.</Trans>
          </p>
        </>
      )}
      {offer.state === 'withdrawing' && (
        <p className="small soft">
          <Trans>Your community’s computers are told to forget it. Who has read it may remember it.</Trans>
        </p>
      )}
      {offer.state === 'failed' && (
        <Notice tone="danger">
          <p>
            <Trans>Your community’s computers did not take it. Your words are kept here; try again.</Trans>
          </p>
        </Notice>
      )}
      <ProblemNotice problem={withdraw.problem ?? retry.problem} />
      {!isOver && (
        <div className="row">
          {offer.state === 'failed' && (
            <Button kind="primary" isPending={retry.pending} onPress={() => void retry.run()}>
              <Trans>Try again</Trans>
            </Button>
          )}
          <Button isPending={withdraw.pending} onPress={() => setAsking(true)}>
            {offer.state === 'publishing' ? <Trans>Stop publishing</Trans> : <Trans>Take it back</Trans>}
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
