import type { Progress } from '../../api/views.ts'
import { equal } from '../../base/bytes.ts'
import { Fault, isFault } from '../../base/fault.ts'
import { freshId, type CommunityId, type ReportId } from '../../base/ids.ts'
import type { Job } from '../../base/jobs.ts'
import type { Bytes } from '../../base/bytes.ts'
import type { BoxDraft } from '../../boxes/client.ts'
import { clientOf } from '../../boxes/clients.ts'
import { epochOf } from '../../community/epoch.ts'
import { sha256 } from '../../crypto/derive.ts'
import { mineMemoryWork } from '../../crypto/memory-work.ts'
import { random } from '../../crypto/random.ts'
import { sealTo } from '../../crypto/seal.ts'
import type { ReportsContext } from './context.ts'
import { encodeLetter, partOf, partsOf } from './letter.ts'
import { boxAuthor, letterPlace, letterWork, partPlace, type Addressee } from './places.ts'
import { letterPart, type ReportBox } from './sent.ts'

const hour = 3_600_000
const day = 24 * hour
/** A day less than nodes allow, for clocks that differ. */
export const boxLife = 14 * day
/** Boxes are stored again so often: nodes come and go. */
const storeAgain = day
/** A box that nodes refused so often is given up until the person tries again. */
const maxRefusals = 3
/** Each refusal has the next box mined for so many bits more: at a full place those with the most work stay. */
const moreEachRefusal = 2
/** On their way at the same time: each is up to 96 KiB. */
export const maxSent = 32

export interface ReportWish {
  readonly communityId: CommunityId
  /** As the charter names them. */
  readonly guardian: Addressee & { readonly name: string }
  readonly evidence: Bytes
  readonly about: string
  readonly signed: boolean
}

/** The reporter's side: the evidence is saved first, then worked for, boxed and stored; the letter that tells of it comes last. */
export class ReportSending {
  readonly #context: ReportsContext
  readonly #progress = new Map<ReportId, Progress>()

  constructor(context: ReportsContext) {
    this.#context = context
  }

  progress(id: ReportId): Progress | null {
    return this.#progress.get(id) ?? null
  }

  /** @throws Fault `wrong-state` where too many are on their way */
  send({ communityId, guardian, evidence, about, signed }: ReportWish): ReportId {
    const { database, sent, clock } = this.#context
    const now = clock.now()
    const report = {
      id: freshId<ReportId>(),
      communityId,
      guardian,
      about,
      signed,
      state: 'preparing' as const,
      createdAt: now,
      epoch: epochOf(now),
      secrets: { evidence, root: random(32), authorSeed: random(32) },
      work: undefined,
      dueAt: now,
    }
    database.transaction(() => {
      if (sent.list().filter(({ secrets }) => secrets !== undefined).length >= maxSent) {
        throw new Fault('wrong-state', 'As many reports as there may be')
      }
      sent.insert(report, partsOf(evidence.length))
    })
    return report.id
  }

  /** @throws Fault `not-found`, `wrong-state` */
  retry(id: ReportId): void {
    const { database, sent, clock } = this.#context
    database.transaction(() => {
      if (sent.get(id).state !== 'failed') throw new Fault('wrong-state', 'Only a failed report is tried again')
      sent.setState(id, 'preparing', clock.now())
      sent.forgetRefusals(id)
    })
  }

  /** Takes off the nodes what may lie there, and forgets it. @throws Fault `not-found` */
  takeBack(id: ReportId): void {
    const { database, sent, clock } = this.#context
    database.transaction(() => {
      const { secrets } = sent.get(id)
      if (secrets === undefined) sent.delete(id)
      else sent.setState(id, 'cancelled', clock.now())
    })
    this.#tell(id, null)
  }

  /** @returns whether anything changed */
  expire(now: number): boolean {
    const { sent } = this.#context
    const old = sent.list().filter(({ secrets, createdAt }) => secrets !== undefined && createdAt + boxLife <= now)
    for (const { id, state } of old) {
      if (state === 'cancelled') sent.delete(id)
      else sent.setOver(id)
      this.#progress.delete(id)
    }
    return old.length > 0
  }

  jobs(): Job[] {
    return this.#context.sent.list().flatMap(({ id, state, dueAt, secrets }): Job[] => {
      if (secrets === undefined || state === 'failed' || state === 'over') return []
      const run = state === 'cancelled' ? this.#remove.bind(this) : this.#deliver.bind(this)
      return [{ key: `${id}/${state}`, subject: id, dueAt, run: (signal) => run(id, signal) }]
    })
  }

  async #deliver(id: ReportId, signal: AbortSignal): Promise<void> {
    const { sent, clients, clock, database, emit } = this.#context
    const quiet = sent.get(id).state !== 'preparing'
    const tell = (phase: Progress['phase'], fraction: number): void => {
      if (!quiet && !signal.aborted) this.#tell(id, { phase, fraction })
    }
    if (!this.#isStillGuardian(id)) {
      this.#fail(id)
      return
    }
    const boxes = sent.boxes(id)
    try {
      for (const [index, { part }] of boxes.entries()) {
        const box = await this.#mined(id, part, signal, (fraction) =>
          tell('working', (index + fraction) / boxes.length),
        )
        if (sent.boxes(id).find((each) => each.part === part)?.stored === true) continue
        await clientOf(clients, sent.get(id).communityId).store(box, { signal })
        if (signal.aborted) throw new Fault('cancelled', 'The report was taken back')
        this.#change(id, part, { stored: true, refusals: 0 })
      }
    } catch (error) {
      if (signal.aborted) throw error
      if (this.#gaveUp(id, error)) return
      tell('waiting', 0)
      throw error
    }
    const arrived = database.transaction(() => {
      const { state } = sent.get(id)
      if (signal.aborted || state === 'cancelled') return false
      sent.setState(id, 'sent', clock.now() + storeAgain)
      sent.setUnstored(id)
      return state === 'preparing'
    })
    if (!arrived) return
    this.#tell(id, null)
    emit({ type: 'safety' })
  }

  #isStillGuardian(id: ReportId): boolean {
    const { sent, guardians } = this.#context
    const { communityId, guardian } = sent.get(id)
    return guardians.guardians(communityId).some(({ boxKey }) => equal(boxKey, guardian.boxKey))
  }

  /** On disk before it is sent. */
  async #mined(
    id: ReportId,
    part: number,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<Bytes> {
    const { sent, clients } = this.#context
    const known = this.#box(id, part)
    if (known.box !== undefined) return known.box
    const draft = await this.#draft(id, known, signal)
    const box = await clientOf(clients, sent.get(id).communityId).prepare(draft, {
      signal,
      onProgress: (_phase, fraction) => onProgress(fraction),
    })
    if (signal.aborted) throw new Fault('cancelled', 'The report was taken back')
    this.#change(id, part, { box })
    return box
  }

  async #draft(id: ReportId, { part, sequence, refusals }: ReportBox, signal: AbortSignal): Promise<BoxDraft> {
    const { secrets, createdAt } = this.#context.sent.get(id)
    if (secrets === undefined) throw new Fault('cancelled', 'The report is over')
    const { evidence, root, authorSeed } = secrets
    const common = {
      author: boxAuthor(authorSeed, part & 0xff),
      sequence: BigInt(sequence),
      expiryHours: Math.floor((createdAt + boxLife) / hour),
      moreWork: refusals * moreEachRefusal,
    }
    if (part !== letterPart) return { ...common, capability: partPlace(root, part), content: partOf(evidence, part) }
    const { communityId, epoch, guardian } = this.#context.sent.get(id)
    const capability = letterPlace(this.#context.communities.secretAt(communityId, epoch), guardian)
    const work = await this.#work(id, letterWork(capability.place, root, common.author.publicKey), signal)
    const letter = encodeLetter({ work, root, length: evidence.length, hash: sha256(evidence) })
    return { ...common, capability, content: sealTo(letter, guardian.boxKey) }
  }

  async #work(id: ReportId, digest: Bytes, signal: AbortSignal): Promise<bigint> {
    const { sent, workBits } = this.#context
    const { work } = sent.get(id)
    if (work !== undefined) return work
    const found = await mineMemoryWork(digest, workBits, { signal })
    sent.setWork(id, found)
    return found
  }

  /** @returns whether trying again by itself is of no use */
  #gaveUp(id: ReportId, error: unknown): boolean {
    const { database, sent } = this.#context
    if (!isFault(error, 'box-refused', 'work-too-hard', 'unreadable', 'not-found')) return false
    const over = database.transaction(() => {
      const refused = sent.boxes(id).find(({ box, stored }) => box !== undefined && !stored)
      if (!isFault(error, 'box-refused') || refused === undefined) return true
      const refusals = refused.refusals + 1
      this.#change(id, refused.part, { box: undefined, sequence: refused.sequence + 1, refusals })
      return refusals >= maxRefusals
    })
    if (over) this.#fail(id)
    return over
  }

  #fail(id: ReportId): void {
    const { sent, clock, emit } = this.#context
    sent.setState(id, 'failed', clock.now())
    this.#tell(id, null)
    emit({ type: 'safety' })
  }

  async #remove(id: ReportId, signal: AbortSignal): Promise<void> {
    const { sent, clients, communities, emit } = this.#context
    const { communityId, guardian, epoch, secrets } = sent.get(id)
    if (secrets === undefined) return
    const client = clientOf(clients, communityId)
    // the letter first: what it tells of goes after it
    for (const { part, sequence, box } of sent.boxes(id).toReversed()) {
      if (box === undefined && sequence === 1) continue
      const { place } =
        part === letterPart
          ? letterPlace(communities.secretAt(communityId, epoch), guardian)
          : partPlace(secrets.root, part)
      const author = boxAuthor(secrets.authorSeed, part & 0xff)
      await client.delete({ place, author, sequence: BigInt(sequence) }, { signal })
    }
    sent.delete(id)
    emit({ type: 'safety' })
  }

  #box(id: ReportId, part: number): ReportBox {
    const box = this.#context.sent.boxes(id).find((each) => each.part === part)
    if (box === undefined) throw new Fault('cancelled', 'The report is over')
    return box
  }

  #change(id: ReportId, part: number, change: Partial<ReportBox>): void {
    this.#context.sent.setBox(id, part, { ...this.#box(id, part), ...change })
  }

  #tell(id: ReportId, progress: Progress | null): void {
    if (progress === null) this.#progress.delete(id)
    else this.#progress.set(id, progress)
    this.#context.emit({ type: 'progress', subject: id, progress })
  }
}
