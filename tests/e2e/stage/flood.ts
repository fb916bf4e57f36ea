import { systemClock } from '../../../core/base/clock.ts'
import type { OfferId } from '../../../core/base/ids.ts'
import type { BoxClient } from '../../../core/boxes/client.ts'
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

/** A node takes 60 boxes a minute from one connection. */
const flooders = 3

/**
 * What members with an invite and no manners can do: fill the place where the
 * introductions of an offer lie with garbage, of so many bits more work than the
 * node asks for.
 */
export async function floodOffer(invite: string, title: string, moreWork: number): Promise<void> {
  const link = decodeLink(invite, Date.now())
  if (link.kind !== 'invite') throw new Error('That is no invite')
  const files = scratch()
  const networks = await Promise.all(
    Array.from({ length: flooders }, () => startMember({ networkKey: link.networkKey, addresses: link.nodes })),
  )
  try {
    const [first] = networks
    if (first === undefined) throw new Error('nobody floods')
    const member = new Member({ files, name: 'flooder', clock: systemClock, client: () => first.client })
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
    const send = async (client: BoxClient, work: number): Promise<void> => {
      const box = await client.prepare({
        capability: writeCapability(offer.address),
        author: freshSigningKey(),
        sequence: 1n,
        expiryHours: Math.floor(Date.now() / hour) + 300,
        content: random(500),
        moreWork: work,
      })
      await client.store(box)
    }
    // who comes first needs no more work than is asked for; only then all of it counts
    for (const [count, work] of [
      [placeFirstCome, 0],
      [placeMostWork, moreWork],
    ] as const) {
      let left = count
      await Promise.all(
        networks.map(async ({ client }) => {
          while (left-- > 0) await send(client, work)
        }),
      )
    }
  } finally {
    await Promise.all(networks.map((network) => network.stop()))
    files.remove()
  }
}
