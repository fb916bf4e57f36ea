import { systemClock } from '../../../core/base/clock.ts'
import type { OfferId } from '../../../core/base/ids.ts'
import { placeFirstCome, placeMostWork } from '../../../core/boxes/limits.ts'
import { decodeLink } from '../../../core/community/link.ts'
import { random } from '../../../core/crypto/random.ts'
import { freshSigningKey } from '../../../core/crypto/sign.ts'
import { writeCapability } from '../../../core/offers/introduction-address.ts'
import { SeenOffers } from '../../../core/offers/seen-offers.ts'
import { eventually } from '../../support/eventually.ts'
import { Member } from '../../support/member.ts'
import { scratch } from '../../support/scratch.ts'
import { startMember } from '../../support/testnet.ts'

const hour = 3_600_000

/**
 * What a member with an invite and no manners can do: fills the place where the
 * introductions of an offer lie with garbage, of so many bits more work than the
 * node asks for.
 */
export async function floodOffer(invite: string, title: string, moreWork: number): Promise<void> {
  const link = decodeLink(invite, Date.now())
  if (link.kind !== 'invite') throw new Error('That is no invite')
  const files = scratch()
  const network = await startMember({ networkKey: link.networkKey, addresses: link.nodes })
  try {
    const member = new Member({ files, name: 'flooder', clock: systemClock, client: () => network.client })
    const { id: communityId } = member.communities.join(link)
    const offerId = await eventually(
      async () => {
        await member.offers.refresh({ communityId }).catch(() => {})
        return member.offers.browse({ communityId }).find((offer) => offer.title === title)?.id
      },
      { what: 'the offer to be found', timeoutMs: 30_000, everyMs: 250 },
    )
    const offer = new SeenOffers(member.database).get(offerId as OfferId)
    if (offer === undefined) throw new Error('The offer was not read')
    for (let i = 0; i < placeFirstCome + placeMostWork; i++) {
      const box = await network.client.prepare({
        capability: writeCapability(offer.address),
        author: freshSigningKey(),
        sequence: 1n,
        expiryHours: Math.floor(Date.now() / hour) + 300,
        content: random(500),
        moreWork: i < placeFirstCome ? 0 : moreWork,
      })
      await network.client.store(box)
    }
  } finally {
    await network.stop()
    files.remove()
  }
}
