import { concat } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { ConversationId, IntroductionId } from '../base/ids.ts'
import type { Job } from '../base/jobs.ts'
import { clientOf } from '../boxes/clients.ts'
import { createConversation, isHeard } from '../conversations/create.ts'
import { random } from '../crypto/random.ts'
import type { Acceptance } from './acceptances.ts'
import { encodeAnswer } from './content.ts'
import type { Context } from './context.ts'
import { replyAuthor, replyCapability } from './places.ts'
import type { ReceivedIntroduction } from './received.ts'
import { boxLife, hour, leastBoxLife, listenFor, storeAgain } from './timing.ts'

/** The author's answer: an acceptance is saved with its conversation, then stored until the other is heard. */
export class Answering {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** @throws Fault `not-found` (also where it was answered already) */
  async accept(id: IntroductionId): Promise<ConversationId> {
    const { database, personas, ratchet, own, received, acceptances, shown, clock } = this.#context
    return ratchet.withLock(received.get(id).session, async () => {
      const { personaId, communityId, session, rootA, senderKey, pseudonym, offerId, offerTitle, card, receivedAt } =
        received.get(id)
      const rootB = random(32)
      const answer = await ratchet.encrypt(
        session,
        encodeAnswer({ pseudonym: personas.get(personaId).pseudonym, rootB }),
      )
      return database.transaction(() => {
        // declined meanwhile: nothing of this must remain
        received.get(id)
        const now = clock.now()
        answer.commit()
        const conversationId = createConversation(database, {
          personaId,
          communityId,
          role: 'mentor',
          session,
          root: concat(rootA, rootB),
          contact: { pseudonym, key: senderKey },
          offerTitle,
          offerKind: own.list().find((offer) => offer.id === offerId)?.draft.kind,
          createdAt: now,
        })
        shown.show(conversationId, card, { mine: false, at: receivedAt })
        acceptances.insert({
          conversationId,
          communityId,
          personaId,
          rootA,
          ciphertext: answer.value,
          box: undefined,
          sequence: 0,
          expiryHours: 0,
          dueAt: now,
          giveUpAt: now + listenFor,
        })
        acceptances.setOffer(conversationId, offerId)
        received.delete(id)
        return conversationId
      })
    })
  }

  /** Silent to the other side. The sender stays known, so that the same one does not come back. @throws Fault `not-found` */
  decline(id: IntroductionId): void {
    const introduction = this.#context.received.get(id)
    this.#context.database.transaction(() => this.#forget(introduction))
  }

  /** Forgets what nobody answered in time: the seeker does not wait for ever. @returns whether anything changed */
  expire(now: number): boolean {
    const { received } = this.#context
    const expired = received.expired(now)
    for (const introduction of expired) this.#forget(introduction)
    received.purge(now)
    return expired.length > 0
  }

  #forget({ id, session }: ReceivedIntroduction): void {
    this.#context.received.delete(id)
    this.#context.ratchet.deleteSession(session)
  }

  jobs(): Job[] {
    const { database, acceptances, clock } = this.#context
    const now = clock.now()
    const jobs: Job[] = []
    for (const acceptance of acceptances.list()) {
      const { conversationId: id, dueAt, giveUpAt } = acceptance
      if (isHeard(database, id) || giveUpAt <= now) acceptances.delete(id)
      else jobs.push({ key: id, subject: id, dueAt, run: (signal) => this.#deliver(acceptance, signal) })
    }
    return jobs
  }

  async #deliver(acceptance: Acceptance, signal: AbortSignal): Promise<void> {
    const { acceptances, clients, clock } = this.#context
    const { conversationId: id, communityId, rootA, ciphertext: content, sequence, expiryHours } = acceptance
    const client = clientOf(clients, communityId)
    const now = clock.now()
    let { box } = acceptance
    if (box === undefined || expiryHours * hour < now + leastBoxLife) {
      const next = { sequence: sequence + 1, expiryHours: Math.floor((now + boxLife) / hour) }
      box = await client.prepare(
        {
          capability: replyCapability(rootA),
          author: replyAuthor(rootA),
          sequence: BigInt(next.sequence),
          expiryHours: next.expiryHours,
          content,
        },
        { signal },
      )
      if (signal.aborted) throw new Fault('cancelled', 'Storing was cancelled')
      acceptances.setBox(id, box, next.sequence, next.expiryHours)
    }
    try {
      await client.store(box, { signal })
    } catch (error) {
      if (isFault(error, 'box-refused') && !signal.aborted) acceptances.dropBox(id)
      throw error
    }
    acceptances.setStored(id, clock.now() + storeAgain)
  }
}
