import { Trans } from '@lingui/react/macro'
import type { OfferView } from '../../../core/api/offers.ts'
import { useView } from '../../api/context.tsx'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'

/** For a guardian, on somebody's offer: the way to say something about them. */
export function ListIt({ offer }: { readonly offer: OfferView }) {
  const { go } = useNavigation()
  const { data } = useView(['safety', 'guardians'], (client) => client.safety.guardians())
  const isGuardian = data?.some(({ mine, communityId }) => mine && communityId === offer.communityId) ?? false
  if (!isGuardian || offer.mine) return null
  return (
    <div>
      <Button kind="plain" icon="warning" onPress={() => go({ at: 'write-notice', blocks: { offerId: offer.id } })}>
        <Trans>As a guardian: warn of this pseudonym</Trans>
      </Button>
    </div>
  )
}
