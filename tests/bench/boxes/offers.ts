import type { Bytes } from '../../../core/base/bytes.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { freshId, type CommunityId, type OfferId } from '../../../core/base/ids.ts'
import { placeKey, type Capability } from '../../../core/boxes/capability.ts'
import { nowHours } from '../../../core/boxes/hours.ts'
import { epochOf } from '../../../core/community/epoch.ts'
import { allTopic } from '../../../core/offers/boards.ts'
import { random } from '../../../core/crypto/random.ts'
import { allPlaces, shardGroups } from '../../../core/offers/boards.ts'
import { Editions } from '../../../core/offers/editions.ts'
import type { OwnOffer } from '../../../core/offers/own-offers.ts'
import { makeBox } from '../../support/boxes.ts'
import { words, type Member } from '../../support/member.ts'
import { workBits } from './prepared.ts'

const day = 86_400_000
/** Of the board's groups of places: those that so many offers fill. */
const groups = 3

/** An offer as it lies on the board of everything. */
export interface LyingOffer {
  readonly box: Bytes
  readonly author: Bytes
  readonly capability: Capability
  readonly epoch: number
}

/** So many offers of a member, each with keys of its own, made by the code that publishes them. */
export function lyingOffers(member: Member, communityId: CommunityId, count: number): LyingOffer[] {
  const { database, communities, personas, ratchet } = member
  const [persona] = personas.list(communityId)
  if (persona === undefined) throw new Error('A community without a persona')
  const editions = new Editions({ database, communities, personas, ratchet, clock })
  const epoch = epochOf(clock.now())
  const board = { kind: words.kind, topic: allTopic, epoch }
  const places = new Map(
    allPlaces(communities.secretAt(communityId, epoch), board).map((each) => [placeKey(each.place), each]),
  )
  const turns = shardGroups.slice(0, groups).flatMap((size, group) => Array.from({ length: size }, () => group))
  const make = (index: number): LyingOffer => {
    const offer: OwnOffer = {
      id: freshId<OfferId>(),
      communityId,
      personaId: persona.id,
      draft: words,
      secret: random(32),
      identityId: ratchet.createIdentity(persona.id),
      createdAt: clock.now(),
      expiresAt: clock.now() + day,
      state: 'publishing',
      revision: 0,
    }
    ratchet.rotate(offer.identityId, offer.expiresAt)
    const edition = {
      epoch,
      bundle: ratchet.bundle(offer.identityId),
      secrets: { writeSeed: random(32), readSeed: random(32), sealSecret: random(32) },
      expiryHours: nowHours(clock) + 24,
    }
    const group = turns[index % turns.length] ?? 0
    const draft = editions.draft(offer, edition, { topic: allTopic, group, sequence: 1 })
    const capability = places.get(placeKey(draft.capability.place))
    if (capability === undefined) throw new Error('An offer that is not on its board')
    return { box: makeBox(draft, workBits), author: draft.author.publicKey, capability, epoch }
  }
  return database.transaction(() => Array.from({ length: count }, (_, index) => make(index)))
}
