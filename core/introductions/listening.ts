import { concat, equal } from '../base/bytes.ts'
import { isFault } from '../base/fault.ts'
import type { CommunityId, IntroductionId } from '../base/ids.ts'
import type { OpenedBox } from '../boxes/client.ts'
import type { Watch } from '../boxes/poller.ts'
import { createConversation } from '../conversations/create.ts'
import { decodeAnswer } from './content.ts'
import type { Context } from './context.ts'
import { replyAuthor, replyCapability } from './places.ts'
import type { SentIntroduction } from './sent.ts'

/** The seeker's side of the answer: a refusal is silent, an acceptance becomes a conversation. */
export class Listening {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** One place for each introduction that may have reached somebody. A late answer to an expired one counts. */
  watches(communityId: CommunityId): Watch[] {
    const { sent, clock } = this.#context
    const watches: Watch[] = []
    for (const introduction of sent.in('preparing', 'waiting', 'failed', 'expired')) {
      const { id, secrets, box, sequence, listenUntil } = introduction
      if (introduction.communityId !== communityId || listenUntil <= clock.now()) continue
      // a box that nodes refused is gone, but one of an earlier sequence may have arrived
      if (secrets === undefined || (box === undefined && sequence === 1)) continue
      const { rootA } = secrets
      watches.push({ capability: replyCapability(rootA), handle: (found) => this.#hear(id, rootA, found) })
    }
    return watches
  }

  async #hear(id: IntroductionId, rootA: Uint8Array, box: OpenedBox): Promise<void> {
    if (!equal(box.author, replyAuthor(rootA).publicKey)) return
    const { ratchet, sent, emit } = this.#context
    const introduction = sent.get(id)
    const heard = await ratchet.withLock(introduction.session, () => this.#take(introduction, box))
    if (!heard) return
    emit({ type: 'progress', subject: id, progress: null })
    emit({ type: 'introductions' })
    emit({ type: 'conversations' })
  }

  /** The message, the conversation and the end of waiting are saved together. */
  async #take({ id, session }: SentIntroduction, box: OpenedBox): Promise<boolean> {
    const { database, ratchet, sent, seen, shown, clock, log } = this.#context
    // accepted already, or cancelled, while this waited for its turn
    if (sent.get(id).secrets === undefined || sent.get(id).state === 'cancelled') return false
    try {
      const step = await ratchet.decrypt(session, box.content)
      const { pseudonym, rootB } = decodeAnswer(step.value)
      return database.transaction(() => {
        const { secrets, state, personaId, communityId, to, offerId, offerTitle, card, createdAt } = sent.get(id)
        if (secrets === undefined || state === 'cancelled') return false
        step.commit()
        const conversation = createConversation(database, {
          personaId,
          communityId,
          role: 'seeker',
          session,
          root: concat(secrets.rootA, rootB),
          contact: { pseudonym, key: to.key },
          offerTitle,
          offerKind: seen.get(offerId)?.draft.kind,
          createdAt: clock.now(),
        })
        shown.show(conversation, card, { mine: true, at: createdAt })
        sent.dropCard(id)
        sent.setState(id, 'accepted', clock.now())
        sent.forgetSecrets(id)
        seen.setIntroduced(offerId, true)
        return true
      })
    } catch (error) {
      if (!isFault(error, 'unreadable', 'malformed', 'unknown-version', 'too-large')) throw error
      log.write('warn', 'introductions.answer-unreadable')
      return false
    }
  }
}
