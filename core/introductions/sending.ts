import type { WordField } from '../api/card.ts'
import type { Progress } from '../api/views.ts'
import { equal, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { freshId, type IntroductionId, type OfferId, type PersonaId } from '../base/ids.ts'
import type { Job } from '../base/jobs.ts'
import { clientOf } from '../boxes/clients.ts'
import { PlaceFull } from '../boxes/refusal.ts'
import { mineMemoryWork, moreMemoryWorkBits } from '../crypto/memory-work.ts'
import { random } from '../crypto/random.ts'
import { sealTo } from '../crypto/seal.ts'
import { signingKey } from '../crypto/sign.ts'
import { writeCapability } from '../offers/introduction-address.ts'
import type { SeenOffer } from '../offers/seen-offers.ts'
import { pick } from '../personas/card.ts'
import { encodeGreeting, encodeLetter, markLength } from './content.ts'
import type { Context } from './context.ts'
import { introductionWork, tokenMark } from './places.ts'
import type { SentIntroduction } from './sent.ts'
import { answerWithin, boxLife, hour, listenFor, storeAgain } from './timing.ts'
import { decodeToken } from './token-text.ts'

/** A box that nodes refused so often is given up until the person tries again. */
const maxRefusals = 3
/** Each refusal has the next box mined for so many bits more: at a full place those with the most work stay. */
const moreEachRefusal = 2
/** How much of the bar the memory-hard work takes; mining the box takes the rest. */
const memoryShare = 0.7

export interface SendWish {
  readonly personaId: PersonaId
  readonly offerId: OfferId
  readonly text: string
  /** Which fields of the persona's card it shows. */
  readonly show?: readonly WordField[] | undefined
  /** An invite token as it was handed on. */
  readonly token?: string
  /** Of memory-hard work; the least where it is not said. */
  readonly workBits?: number
}

/** The seeker's way out: an introduction is saved first, then worked for, boxed and stored. */
export class Sending {
  readonly #context: Context
  readonly #progress = new Map<IntroductionId, Progress>()

  constructor(context: Context) {
    this.#context = context
  }

  progress(id: IntroductionId): Progress | null {
    return this.#progress.get(id) ?? null
  }

  /**
   * @throws Fault `offer-gone`, `wrong-state` (own offer, or introduced already), `not-found`, `bad-input`, `invite-mangled`,
   * `invite-unknown-version` (the token)
   */
  async send(wish: SendWish): Promise<SentIntroduction> {
    const { database, personas, cards, ratchet, seen, sent, clock } = this.#context
    const persona = personas.get(wish.personaId)
    const offer = this.#open(wish.offerId, wish.personaId)
    const token = wish.token === undefined ? undefined : decodeToken(wish.token)
    const workBits = this.#chosen(wish.workBits)
    const rootA = random(32)
    const text = wish.text.toWellFormed()
    const card = pick(cards.get(persona.id), wish.show ?? [])
    const greeting = encodeGreeting({ pseudonym: persona.pseudonym, text, to: offer.personaKey, rootA, card })
    const identityId = ratchet.createIdentity(wish.personaId)
    try {
      return await ratchet.withLock(identityId, async () => {
        const begun = await ratchet.begin(identityId, offer.bundle, greeting)
        const now = clock.now()
        const introduction: SentIntroduction = {
          id: freshId<IntroductionId>(),
          communityId: offer.communityId,
          personaId: wish.personaId,
          offerId: wish.offerId,
          offerTitle: offer.draft.title,
          to: { pseudonym: offer.pseudonym, key: offer.personaKey },
          text,
          card,
          state: 'preparing',
          createdAt: now,
          expiresAt: now + answerWithin,
          listenUntil: now + listenFor,
          address: offer.address,
          authorSeed: random(32),
          session: begun.value.session,
          secrets: { rootA, first: begun.value.ciphertext },
          token,
          workBits,
          work: undefined,
          box: undefined,
          sequence: 1,
          refusals: 0,
          crowded: false,
          invited: token !== undefined,
          dueAt: now,
        }
        database.transaction(() => {
          // somebody may have pressed twice
          this.#open(wish.offerId, wish.personaId)
          begun.commit()
          sent.insert(introduction)
          seen.setIntroduced(wish.offerId, true)
        })
        return introduction
      })
    } catch (error) {
      ratchet.deleteIdentity(identityId)
      throw error
    }
  }

  /** @throws Fault `bad-input` outside the least and 6 bits more */
  #chosen(bits: number = this.#context.workBits): number {
    const least = this.#context.workBits
    if (!(bits >= least && bits <= least + moreMemoryWorkBits)) {
      throw new Fault('bad-input', 'More or less work than an introduction may have')
    }
    return bits
  }

  #open(offerId: OfferId, personaId: PersonaId): SeenOffer {
    const { personas, seen, clock } = this.#context
    const { communityId } = personas.get(personaId)
    const offer = seen.get(offerId)
    if (offer === undefined || offer.expiresAt <= clock.now() || offer.communityId !== communityId) {
      throw new Fault('offer-gone', 'The offer is no longer there')
    }
    if (offer.introduced) throw new Fault('wrong-state', 'This offer was answered already')
    if (personas.list(communityId).some(({ key }) => equal(key.publicKey, offer.personaKey))) {
      throw new Fault('wrong-state', 'One’s own offer cannot be answered')
    }
    return offer
  }

  /** @throws Fault `not-found`, `wrong-state` (answered, or ended otherwise) */
  cancel(id: IntroductionId): void {
    const { database, sent, seen, clock } = this.#context
    database.transaction(() => {
      const { state, offerId } = sent.get(id)
      if (state === 'cancelled') return
      if (state === 'accepted') throw new Fault('wrong-state', 'The introduction is answered already')
      sent.setState(id, 'cancelled', clock.now())
      seen.setIntroduced(offerId, sent.isOpen(offerId))
    })
    this.#tell(id, null)
  }

  /** @param workBits more than before, or nothing @throws Fault `not-found`, `wrong-state`, `bad-input` */
  retry(id: IntroductionId, workBits?: number): void {
    const { database, sent, clock } = this.#context
    database.transaction(() => {
      const before = sent.get(id)
      if (before.state !== 'failed') throw new Fault('wrong-state', 'Only a failed introduction is tried again')
      if (workBits !== undefined && this.#chosen(workBits) > before.workBits) sent.setWorkBits(id, workBits)
      sent.setState(id, 'preparing', clock.now())
      sent.setCrowded(id, false)
      sent.forgetRefusals(id)
    })
  }

  /** What became too old: shown as expired, and after the last moment for an answer forgotten. @returns whether anything changed */
  expire(now: number): boolean {
    const { sent, seen } = this.#context
    let changed = false
    for (const { id, offerId, expiresAt } of sent.in('preparing', 'waiting', 'failed')) {
      if (expiresAt > now) continue
      sent.setState(id, 'expired', now)
      seen.setIntroduced(offerId, sent.isOpen(offerId))
      this.#progress.delete(id)
      changed = true
    }
    for (const introduction of sent.in('expired')) {
      if (introduction.listenUntil <= now && introduction.secrets !== undefined) this.#forget(introduction)
    }
    return changed
  }

  jobs(): Job[] {
    const { sent, clock } = this.#context
    const delivering = sent
      .in('preparing', 'waiting')
      .filter(({ createdAt }) => createdAt + boxLife > clock.now())
      .map(({ id, dueAt }) => ({
        key: id,
        subject: id,
        dueAt,
        run: (signal: AbortSignal) => this.#deliver(id, signal),
      }))
    const cancelling = sent
      .in('cancelled')
      .filter(({ secrets }) => secrets !== undefined)
      .map(({ id, dueAt }) => ({
        key: `${id}/cancel`,
        subject: id,
        dueAt,
        run: (signal: AbortSignal) => this.#takeBack(id, signal),
      }))
    return [...delivering, ...cancelling]
  }

  async #deliver(id: IntroductionId, signal: AbortSignal): Promise<void> {
    const { sent, clients, emit, database, clock } = this.#context
    const quiet = sent.get(id).state !== 'preparing'
    const tell = (phase: Progress['phase'], fraction: number): void => {
      if (!quiet && !signal.aborted) this.#tell(id, { phase, fraction })
    }
    try {
      const work = await this.#work(id, signal, (fraction) => tell('working', fraction * memoryShare))
      const box = await this.#box(id, work, signal, (fraction) =>
        tell('working', memoryShare + fraction * (1 - memoryShare)),
      )
      await clientOf(clients, sent.get(id).communityId).store(box, {
        signal,
        onProgress: (_phase, fraction) => tell('storing', fraction),
      })
    } catch (error) {
      if (!signal.aborted) {
        if (this.#gaveUp(id, error)) return
        tell('waiting', 0)
      }
      throw error
    }
    const arrived = database.transaction(() => {
      const { state } = sent.get(id)
      if (signal.aborted || (state !== 'preparing' && state !== 'waiting')) return false
      sent.setState(id, 'waiting', clock.now() + storeAgain)
      sent.forgetRefusals(id)
      return state === 'preparing'
    })
    if (!arrived) return
    this.#tell(id, null)
    emit({ type: 'introductions' })
  }

  async #work(id: IntroductionId, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<bigint> {
    const { sent, ratchet } = this.#context
    const { work, workBits, address, session, authorSeed } = sent.get(id)
    if (work !== undefined) return work
    const digest = introductionWork(
      writeCapability(address).place,
      ratchet.identityKey(session.identityId),
      signingKey(authorSeed).publicKey,
    )
    const found = await mineMemoryWork(digest, workBits, { signal, onProgress })
    sent.setWork(id, found)
    return found
  }

  async #box(
    id: IntroductionId,
    work: bigint,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<Bytes> {
    const { sent, ratchet, clients } = this.#context
    const introduction = sent.get(id)
    const { box, secrets, address, session, authorSeed, sequence, communityId, createdAt, token } = introduction
    if (box !== undefined) return box
    if (secrets === undefined) throw new Fault('cancelled', 'The introduction is over')
    const identityKey = ratchet.identityKey(session.identityId)
    const capability = writeCapability(address)
    // without a token as many bytes, which only its maker could tell from one
    const mark = token === undefined ? random(markLength) : tokenMark(token, capability.place, identityKey)
    const letter = encodeLetter({ work, mark, identityKey, first: secrets.first })
    const mined = await clientOf(clients, communityId).prepare(
      {
        capability,
        moreWork: introduction.workBits - this.#context.workBits + introduction.refusals * moreEachRefusal,
        author: signingKey(authorSeed),
        sequence: BigInt(sequence),
        expiryHours: Math.floor((createdAt + boxLife) / hour),
        content: sealTo(letter, address.sealPublic),
      },
      { signal, onProgress: (_phase, fraction) => onProgress(fraction) },
    )
    if (signal.aborted) throw new Fault('cancelled', 'The introduction was cancelled')
    sent.setBox(id, mined)
    return mined
  }

  /** @returns whether trying again by itself is of no use */
  #gaveUp(id: IntroductionId, error: unknown): boolean {
    const { database, sent, clock, emit } = this.#context
    if (!isFault(error, 'box-refused', 'work-too-hard', 'unreadable', 'too-large')) return false
    const over = database.transaction(() => {
      if (isFault(error, 'box-refused')) sent.setRefused(id)
      const { refusals } = sent.get(id)
      const failed = !isFault(error, 'box-refused') || refusals >= maxRefusals
      if (failed) {
        sent.setState(id, 'failed', clock.now())
        sent.setCrowded(id, error instanceof PlaceFull)
      }
      return failed
    })
    if (!over) return false
    this.#tell(id, null)
    emit({ type: 'introductions' })
    return true
  }

  /** A cancelled introduction that may lie on nodes is taken off; then all of its secrets go. */
  async #takeBack(id: IntroductionId, signal: AbortSignal): Promise<void> {
    const { sent, clients, clock } = this.#context
    const introduction = sent.get(id)
    const { address, authorSeed, sequence, box, communityId, createdAt } = introduction
    const wasSent = (box !== undefined || sequence > 1) && createdAt + boxLife > clock.now()
    if (wasSent) {
      await clientOf(clients, communityId).delete(
        { place: writeCapability(address).place, author: signingKey(authorSeed), sequence: BigInt(sequence) },
        { signal },
      )
    }
    this.#forget(introduction)
  }

  #forget({ id, session }: SentIntroduction): void {
    const { database, ratchet, sent } = this.#context
    database.transaction(() => {
      sent.forgetSecrets(id)
      ratchet.deleteIdentity(session.identityId)
    })
  }

  #tell(id: IntroductionId, progress: Progress | null): void {
    if (progress === null) this.#progress.delete(id)
    else this.#progress.set(id, progress)
    this.#context.emit({ type: 'progress', subject: id, progress })
  }
}
