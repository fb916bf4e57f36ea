import type { RingView, SuggestionView, WishView } from '../api/matching.ts'
import type { OfferView } from '../api/offers.ts'
import { hex } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { tagOf } from '../offers/harmless-draft.ts'
import { OwnOffers } from '../offers/own-offers.ts'
import { SeenOffers } from '../offers/seen-offers.ts'
import type { Personas } from '../personas/personas.ts'
import { authorOf } from '../personas/author.ts'
import type { TopicSpace } from '../topics/own.ts'
import { bitsOf, readFacts, type Facts, type Wish } from './facts.ts'
import { keepPlaces, knownPersonas } from './newcomers.ts'
import { rank, reasonsFor, type RankContext } from './rank.ts'
import { findRings, giftOf, standings, traders, type Ring, type RingWish } from './rings.ts'
import { dayOf } from './rotation.ts'
import { searchOffers, type SearchWish } from './search.ts'

/** Nobody else is proposed in more rings than that. */
const ringsPerPerson = 2

export interface MatchingOptions {
  readonly database: Database
  readonly personas: Personas
  readonly clock: Clock
  /** What people of a community teach and learn. */
  readonly topics: (communityId: CommunityId) => TopicSpace
  /** In hex, the persona keys that lists of followed guardians hide. */
  readonly listed: (communityId: CommunityId) => ReadonlySet<string>
  /** In hex, the persona keys of contacts whom this person blocked. */
  readonly blocked: (communityId: CommunityId) => ReadonlySet<string>
}

/**
 * Finds who fits whom among the offers that are in the vault. Nothing of it
 * leaves the device, and nothing is remembered.
 */
export class Matching {
  readonly #options: MatchingOptions
  readonly #own: OwnOffers
  readonly #seen: SeenOffers

  constructor(options: MatchingOptions) {
    this.#options = options
    this.#own = new OwnOffers(options.database)
    this.#seen = new SeenOffers(options.database)
  }

  /**
   * What others wrote that answers a wish, the best first; without a wish, what
   * answers this person's own offers and requests of the community. After up to
   * `limit` of them, as many by authors whom a list hides.
   */
  suggest({
    communityId,
    wish,
    limit,
  }: {
    readonly communityId: CommunityId
    readonly wish?: WishView | undefined
    readonly limit: number
  }): SuggestionView[] {
    const now = this.#options.clock.now()
    const mine = this.#mine(communityId)
    const own = this.#wrote(communityId)
    const wishes = wish === undefined ? own : [wishOf(wish)]
    if (wishes.length === 0) return []
    const others = this.#others(communityId, now, mine)
    const topics = this.#options.topics(communityId)
    const context = { now, day: dayOf(now), topics, inReturn: inReturn(own, others, topics) }
    const listed = this.#options.listed(communityId)
    const places = { known: knownPersonas(others, now), day: dayOf(now), count: limit }
    const best = [false, true].flatMap((hidden) => {
      const some = others.filter(({ introduced, persona }) => !introduced && listed.has(persona) === hidden)
      return keepPlaces(rank(some, wishes, context), places)
    })
    const views = this.#seen.views(
      best.map(({ offer }) => offer.id),
      mine,
    )
    const byId = new Map(views.map((view) => [view.id, view]))
    return best.flatMap((one) => {
      const offer = byId.get(one.offer.id)
      return offer === undefined ? [] : [{ offer, reasons: reasonsFor(one, context) }]
    })
  }

  /** The offers that have all words of a text, in themselves or in what their topics are called in any language. */
  search(wish: SearchWish): OfferView[] {
    const { database, clock, topics } = this.#options
    const found = searchOffers(database, wish, { now: clock.now(), topics: topics(wish.communityId) })
    return this.#seen.views(found, this.#mine(wish.communityId))
  }

  /**
   * Pairs and rings of three that this person could be part of, for each of their
   * personas. After up to `limit` of them, as many with somebody whom a list hides.
   */
  rings({ communityId, limit }: { readonly communityId: CommunityId; readonly limit: number }): RingView[] {
    const now = this.#options.clock.now()
    const own = this.#wrote(communityId)
    const gives = traders(own).filter(({ offers, requests }) => offers.length > 0 && requests.length > 0)
    if (gives.length === 0) return []
    const facts = this.#others(communityId, now, this.#mine(communityId))
    const introduced = new Set(facts.flatMap((one) => (one.introduced ? [one.persona] : [])))
    const listed = this.#options.listed(communityId)
    const wish: RingWish = {
      limit,
      perPerson: ringsPerPerson,
      day: dayOf(now),
      topics: this.#options.topics(communityId),
      standing: (persona) => (listed.has(persona) ? 'hidden' : introduced.has(persona) ? 'introduced' : 'open'),
    }
    const others = traders(facts)
    const found = gives.flatMap((me) => findRings(me, others, wish)).toSorted(compareRings)
    const rings = [false, true].flatMap((hidden) =>
      found.filter(({ standing }) => (standing === 'hidden') === hidden).slice(0, limit),
    )
    return this.#ringViews(communityId, rings)
  }

  #ringViews(communityId: CommunityId, rings: readonly Ring[]): RingView[] {
    const personas = new Map(
      this.#options.personas.list(communityId).map((persona) => [hex(persona.key.publicKey), persona]),
    )
    const theirs = rings.flatMap(({ gifts }) => gifts.map(({ offer }) => offer.id))
    const authors = new Map(this.#seen.views(theirs, new Set()).map(({ id, author }) => [id, author]))
    return rings.flatMap(({ people, gifts }) => {
      const persona = personas.get(people[0]?.persona ?? '')
      if (persona === undefined) return []
      const steps = gifts.flatMap(({ offer, request, topic, wished }, index) => {
        const giver = index === 0 ? authorOf(persona.pseudonym, persona.key.publicKey) : authors.get(offer.id)
        if (giver === undefined) return []
        return [{ mine: index === 0, giver, offerId: offer.id, requestId: request.id, topic, wished }]
      })
      return steps.length === gifts.length ? [{ personaId: persona.id, steps }] : []
    })
  }

  /** In hex, the persona keys of this vault. */
  #mine(communityId: CommunityId): Set<string> {
    return new Set(this.#options.personas.list(communityId).map(({ key }) => hex(key.publicKey)))
  }

  /** What others wrote, but for contacts who are blocked. */
  #others(communityId: CommunityId, now: number, mine: ReadonlySet<string>): Facts[] {
    const blocked = this.#options.blocked(communityId)
    return readFacts(this.#options.database, communityId, now).filter(
      ({ persona }) => !mine.has(persona) && !blocked.has(persona),
    )
  }

  /** This person's own, as far as they are on the boards or on the way there. */
  #wrote(communityId: CommunityId): Facts[] {
    const personas = new Map(
      this.#options.personas.list(communityId).map(({ id, key }) => [id, hex(key.publicKey)] as const),
    )
    return this.#own.in('publishing', 'published').flatMap((offer) => {
      const persona = offer.communityId === communityId ? personas.get(offer.personaId) : undefined
      if (persona === undefined) return []
      const { kind, topics, tags, inReturn, languages, level, formats, availability } = offer.draft
      const said = { kind, topics, tags, languages, level, formats, availability: bitsOf(availability) }
      return [{ ...said, id: offer.id, persona, inReturn: inReturn.topics, introduced: false, seenAt: offer.createdAt }]
    })
  }
}

/** As it is compared with what others wrote. */
function wishOf(wish: WishView): Wish {
  return { ...wish, tags: wish.tags.map(tagOf), availability: bitsOf(wish.availability) }
}

/**
 * What one persona could give back for what another person gives, looked up once
 * for everybody. Each persona for itself: an exchange in which one gives and
 * another takes would tell that they are the same person.
 */
function inReturn(
  own: readonly Facts[],
  others: readonly Facts[],
  space: RankContext['topics'],
): RankContext['inReturn'] {
  const topics = new Map<string, string>()
  const keep = (mine: string, theirs: Facts['kind'], persona: string, topic: string): void => {
    topics.set(`${mine} ${theirs} ${persona}`, topic)
    // a wish that no persona wrote yet
    topics.set(` ${theirs} ${persona}`, topics.get(` ${theirs} ${persona}`) ?? topic)
  }
  const people = own.length === 0 ? [] : traders(others)
  for (const me of traders(own)) {
    for (const person of people) {
      const given = giftOf(me, person, space)
      if (given !== undefined) keep(me.persona, 'offer', person.persona, given.wished)
      const got = giftOf(person, me, space)
      if (got !== undefined) keep(me.persona, 'request', person.persona, got.topic)
    }
  }
  return ({ kind, persona }, wish) => topics.get(`${wish.persona ?? ''} ${kind} ${persona}`)
}

function compareRings(a: Ring, b: Ring): number {
  const standing = standings.indexOf(a.standing) - standings.indexOf(b.standing)
  return standing || a.people.length - b.people.length || distanceOf(a) - distanceOf(b)
}

function distanceOf({ gifts }: Ring): number {
  return gifts.reduce((sum, { distance }) => sum + distance, 0)
}
