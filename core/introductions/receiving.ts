import { limits } from '../api/limits.ts'
import { equal } from '../base/bytes.ts'
import { isFault } from '../base/fault.ts'
import { freshId, type CommunityId, type IntroductionId, type PersonaId } from '../base/ids.ts'
import type { OpenedBox } from '../boxes/client.ts'
import type { Watch } from '../boxes/poller.ts'
import { shownMemoryWork } from '../crypto/memory-work.ts'
import { openWith } from '../crypto/seal.ts'
import type { Edition } from '../offers/editions.ts'
import { readCapability, sealKey } from '../offers/introduction-address.ts'
import { alive, isOver, type OwnOffer } from '../offers/own-offers.ts'
import { remoteOf } from '../ratchet/session.ts'
import { decodeGreeting, decodeLetter, type Greeting, type Letter } from './content.ts'
import type { Context } from './context.ts'
import { introductionWork } from './places.ts'
import type { Rank } from './received.ts'
import { answerWithin, hour, rememberSender } from './timing.ts'

/** More than this wait for no persona; better ones take the place of the least, and the rest stays on the nodes until there is room. */
export const maxPending = limits.pendingIntroductions

/** The author's side: what lies at an offer's introduction places. */
export class Receiving {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** One place for each living edition of each offer that is not over: those who read it before it was paused may write. */
  watches(communityId: CommunityId): Watch[] {
    const { own, editions } = this.#context
    return own
      .in(...alive)
      .filter((offer) => offer.communityId === communityId)
      .flatMap((offer) =>
        editions.living(offer.id).map((edition) => ({
          capability: readCapability(edition.secrets),
          handle: (box: OpenedBox) => this.receive(offer, edition, box),
        })),
      )
  }

  /**
   * Takes one box, cheapest check first: known, sealed to us, well formed, a new
   * sender, proof of work, room for one of its rank, and only then libsignal.
   * What is refused is remembered and never looked at again; what finds no room
   * is remembered with its rank, so that its work is not checked at every poll.
   */
  async receive(offer: OwnOffer, edition: Edition, box: OpenedBox): Promise<void> {
    const { received, ratchet, tokens, workBits, log } = this.#context
    const known = received.known(box)
    if (known === 'done' || (known !== undefined && !this.#hasRoom(offer.personaId, known))) return
    const letter = openLetter(edition, box)
    if (letter === undefined) return this.#refuse(offer, box)
    const session = { identityId: offer.identityId, remote: remoteOf(letter.identityKey) }
    if (received.isKnownSender(session)) return this.#refuse(offer, box)
    const digest = introductionWork(box.place, letter.identityKey, box.author)
    const work = await shownMemoryWork(digest, letter.work)
    if (work < workBits) return this.#refuse(offer, box)
    const tokenId = tokens.match(offer.personaId, box.place, letter.identityKey, letter.mark)
    const rank = { work, tokenId }
    if (!this.#hasRoom(offer.personaId, rank)) {
      log.write('info', 'introductions.full')
      return this.#leave(offer, box, rank)
    }
    await ratchet.withLock(offer.identityId, () => this.#take(offer, box, letter, rank))
  }

  async #take(offer: OwnOffer, box: OpenedBox, letter: Letter, rank: Rank): Promise<void> {
    const { database, ratchet, own, received, clock, emit } = this.#context
    const first = await ratchet
      .receiveFirst(offer.identityId, letter.identityKey, letter.first)
      .catch(undefinedIfUnreadable)
    const self = this.#context.personas.get(offer.personaId).key.publicKey
    const greeting = first === undefined ? undefined : readGreeting(first.value.plaintext, self)
    if (first === undefined || greeting === undefined) return this.#refuse(offer, box)
    const { session } = first.value
    const taken = database.transaction(() => {
      // all of this may have changed while others had their turn
      if (isOver(own.get(offer.id)) || received.isKnownSender(session)) return false
      if (!this.#hasRoom(offer.personaId, rank)) {
        this.#leave(offer, box, rank)
        return false
      }
      this.#makeRoom(offer.personaId)
      const now = clock.now()
      first.commit()
      const introduction = {
        id: freshId<IntroductionId>(),
        communityId: offer.communityId,
        personaId: offer.personaId,
        offerId: offer.id,
        offerTitle: offer.draft.title,
        session,
        senderKey: letter.identityKey,
        pseudonym: greeting.pseudonym,
        text: greeting.text,
        card: greeting.card ?? {},
        rootA: greeting.rootA,
        receivedAt: now,
        expiresAt: this.#goneAt(box),
        box,
      }
      received.insert(introduction, rank)
      received.setSender(session, offer.personaId, now + rememberSender)
      received.setLooked(box, { communityId: offer.communityId, until: this.#goneAt(box) })
      return true
    })
    if (taken) emit({ type: 'introductions' })
  }

  #refuse({ communityId }: OwnOffer, box: OpenedBox): void {
    this.#context.received.setLooked(box, { communityId, until: this.#goneAt(box) })
    this.#context.log.write('info', 'introductions.refused')
  }

  #leave({ communityId }: OwnOffer, box: OpenedBox, waiting: Rank): void {
    this.#context.received.setLooked(box, { communityId, until: this.#goneAt(box), waiting })
  }

  /** Whether fewer than the most wait, or one that is worse. The same rank is not better: nothing would ever stay. */
  #hasRoom(personaId: PersonaId, { work, tokenId }: Rank): boolean {
    const { received, tokens } = this.#context
    if (received.count(personaId) < maxPending) return true
    const least = received.least(personaId)
    if (least === undefined) return true
    const invited = tokenId !== undefined && tokens.isAlive(tokenId)
    return invited === (least.invited !== undefined) ? work > least.work : invited
  }

  /** The one with the least makes room; it stays on the nodes, and may come again when there is room. */
  #makeRoom(personaId: PersonaId): void {
    const { received, ratchet } = this.#context
    if (received.count(personaId) < maxPending) return
    const least = received.least(personaId)
    if (least === undefined) return
    received.putBack(least)
    ratchet.undoFirst(least.session)
  }

  /** When no node has the box any more, whatever it says. */
  #goneAt(box: OpenedBox): number {
    return Math.min(box.expiryHours * hour, this.#context.clock.now() + answerWithin)
  }
}

function openLetter({ secrets }: Edition, box: OpenedBox): Letter | undefined {
  try {
    return decodeLetter(openWith(box.content, sealKey(secrets)))
  } catch (error) {
    return undefinedIfUnreadable(error)
  }
}

/** @param self the persona key that it must be meant for */
function readGreeting(plaintext: Uint8Array, self: Uint8Array): Greeting | undefined {
  try {
    const greeting = decodeGreeting(plaintext)
    if (!equal(greeting.to, self)) return undefined
    // a root of zeros is no secret: whoever sends it wants others to read along
    return equal(greeting.rootA, new Uint8Array(greeting.rootA.length)) ? undefined : greeting
  } catch (error) {
    return undefinedIfUnreadable(error)
  }
}

/** Bad content is no reason to stop; anything else is. */
function undefinedIfUnreadable(error: unknown): undefined {
  if (isFault(error, 'unreadable', 'malformed', 'unknown-version', 'too-large')) return undefined
  throw error
}
