import type { ReceivedReportView, SentReportView } from '../../api/safety.ts'
import { hex } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { harmlessLine } from '../../base/harmless.ts'
import type { CommunityId, ReportId } from '../../base/ids.ts'
import { Jobs } from '../../base/jobs.ts'
import type { Service } from '../../base/service.ts'
import type { Watch } from '../../boxes/poller.ts'
import { introductionWorkBits } from '../../crypto/memory-work.ts'
import { decodeEvidence } from '../evidence.ts'
import type { ReportsContext } from './context.ts'
import { ReceivedReports, type ReceivedReport } from './received.ts'
import { ReportReceiving } from './receiving.ts'
import { ReportSending } from './sending.ts'
import { SentReports } from './sent.ts'

export type ReportsOptions = Omit<ReportsContext, 'workBits' | 'sent' | 'received'> & {
  /** Tests set less. */
  readonly workBits?: number
}

/** Evidence on its way to guardians, and what came to this person as one. */
export class Reports implements Service {
  readonly #context: ReportsContext
  readonly #sending: ReportSending
  readonly #receiving: ReportReceiving
  readonly #jobs: Jobs

  constructor(options: ReportsOptions) {
    const { database, clock, log, workBits = introductionWorkBits } = options
    this.#context = {
      ...options,
      workBits,
      sent: new SentReports(database),
      received: new ReceivedReports(database),
    }
    this.#sending = new ReportSending(this.#context)
    this.#receiving = new ReportReceiving(this.#context)
    this.#jobs = new Jobs({ name: 'reports', list: () => this.#list(), clock, log })
  }

  start(): Promise<void> {
    return this.#jobs.start()
  }

  stop(): Promise<void> {
    return this.#jobs.stop()
  }

  /** The network is back. */
  wake(): void {
    this.#jobs.wake()
  }

  /** Where a guardian looks for reports. For a Poller. */
  sources(communityId: CommunityId): () => Iterable<Watch> {
    return () => this.#receiving.watches(communityId)
  }

  /**
   * Saves evidence to be passed to a guardian, and begins to.
   *
   * @param guardianKey hex of the key that signs the guardian's notices
   * @throws Fault `not-found` (no such guardian any more), `wrong-state` (too many are on their way)
   */
  send(communityId: CommunityId, guardianKey: string, evidence: Uint8Array<ArrayBuffer>): SentReportView {
    const guardian = this.#context.guardians.guardians(communityId).find(({ signKey }) => hex(signKey) === guardianKey)
    if (guardian === undefined) throw new Fault('not-found', 'No such guardian')
    const { contact, exporter } = decodeEvidence(evidence)
    const about = contact.pseudonym
    const id = this.#sending.send({ communityId, guardian, evidence, about, signed: exporter !== undefined })
    this.#changed()
    return this.sentView(id)
  }

  /** @throws Fault `not-found`, `wrong-state` */
  retry(id: ReportId): void {
    this.#sending.retry(id)
    this.#changed()
  }

  /** Takes it off the nodes, and forgets it here. @throws Fault `not-found` */
  takeBack(id: ReportId): void {
    this.#sending.takeBack(id)
    this.#jobs.cancel(id)
    this.#changed()
  }

  /** Newest first, but for those that are being taken back. */
  sent(): SentReportView[] {
    return this.#context.sent
      .list()
      .filter(({ state }) => state !== 'cancelled')
      .map(({ id }) => this.sentView(id))
  }

  /** @throws Fault `not-found` */
  sentView(id: ReportId): SentReportView {
    const { communityId, guardian, about, signed, state, createdAt } = this.#context.sent.get(id)
    return {
      id,
      communityId,
      guardian: harmlessLine(guardian.name),
      about: harmlessLine(about),
      signed,
      createdAt,
      // nobody sees one that is being taken back
      state: state === 'cancelled' ? 'over' : state,
      progress: this.#sending.progress(id),
    }
  }

  /** What came to this person as a guardian; newest first. */
  received(): ReceivedReportView[] {
    return this.#context.received.here().map(({ id, communityId, evidence, receivedAt, opened }) => {
      const { contact, exporter } = decodeEvidence(evidence)
      return {
        id,
        communityId,
        about: harmlessLine(contact.pseudonym),
        from: exporter === undefined ? null : harmlessLine(exporter.pseudonym),
        receivedAt,
        opened,
      }
    })
  }

  /** @throws Fault `not-found` */
  open(id: ReportId): ReceivedReport & { readonly evidence: Uint8Array<ArrayBuffer> } {
    const report = this.#context.received.get(id)
    if (report?.evidence === undefined) throw new Fault('not-found', 'No such report')
    if (!report.opened) {
      this.#context.received.setOpened(id)
      this.#context.emit({ type: 'safety' })
    }
    return { ...report, evidence: report.evidence }
  }

  /** Here alone. @throws Fault `not-found` */
  delete(id: ReportId): void {
    this.#context.received.delete(id)
    this.#context.emit({ type: 'safety' })
  }

  #changed(): void {
    this.#context.emit({ type: 'safety' })
    this.#jobs.wake()
  }

  #list() {
    const { database, clock, emit } = this.#context
    const now = clock.now()
    const changed = database.transaction(() => {
      this.#receiving.expire(now)
      return this.#sending.expire(now)
    })
    if (changed) emit({ type: 'safety' })
    return this.#sending.jobs()
  }
}
