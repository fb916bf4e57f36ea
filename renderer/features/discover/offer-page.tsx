import { Trans, useLingui } from '@lingui/react/macro'
import type { OfferView } from '../../../core/api/offers.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Empty, Page, Section } from '../../ui/page.tsx'
import { VouchLines } from '../trust/vouch-lines.tsx'
import { ListedNotice } from '../guardians/hidden-note.tsx'
import { ListIt } from '../guardians/list-it.tsx'
import { useHidden } from '../guardians/use-hidden.ts'
import { useOffers } from './discover-state.tsx'
import { Introduce } from './introduce.tsx'
import { LookalikeNotice } from './lookalike-notice.tsx'
import { OfferBody } from './offer-body.tsx'

/** One offer or request, and the way to its author. */
export function OfferPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { offers } = useOffers()
  const hidden = useHidden('offers')
  const offer = offers?.find((offer) => offer.id === id)
  if (offers === undefined) return null
  if (offer === undefined) {
    return (
      <>
        <BackWhenNarrow />
        <Empty title={t`This is no longer here`} middle>
          <p>
            <Trans>Its author took it back, or its time ran out.</Trans>
          </p>
        </Empty>
      </>
    )
  }
  return (
    <>
      <BackWhenNarrow />
      <Page title={offer.title}>
        {/* when this edition ends is not when the offer does: only its author knows that */}
        <OfferBody draft={offer} author={offer.author}>
          <VouchLines offerId={offer.id} />
        </OfferBody>
        <ListedNotice guardians={hidden.get(id)} on="offer" />
        <LookalikeNotice author={offer.author} on="offer" />
        <Answer offer={offer} />
        <ListIt offer={offer} />
      </Page>
    </>
  )
}

function Answer({ offer }: { readonly offer: OfferView }) {
  const { t } = useLingui()
  const { go } = useNavigation()
  if (offer.mine) {
    return (
      <Notice>
        <p>
          <Trans>This is yours. You can take it back under You.</Trans>
        </p>
        <Button onPress={() => go({ at: 'own-offer', id: offer.id })}>
          <Trans>Go there</Trans>
        </Button>
      </Notice>
    )
  }
  if (offer.introduced) {
    return (
      <Notice tone="waiting">
        <p>
          <Trans>You introduced yourself. The answer comes under People.</Trans>
        </p>
        <Button onPress={() => go({ at: 'people' })}>
          <Trans>Go to People</Trans>
        </Button>
      </Notice>
    )
  }
  return (
    <Section title={t`Introduce yourself`}>
      <Introduce offer={offer} />
    </Section>
  )
}
