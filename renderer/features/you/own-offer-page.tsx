import { Trans, useLingui } from '@lingui/react/macro'
import { useView } from '../../api/context.tsx'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { SeenBy } from '../../ui/notice.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { OfferBody } from '../discover/offer-body.tsx'
import { OwnOfferDeeds } from './own-offer-deeds.tsx'

/** One's own offer or request: how it stands, what can be done with it, and what others see. */
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
      <OwnOfferDeeds offer={offer} />
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
