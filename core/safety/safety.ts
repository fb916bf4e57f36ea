import type { EvidenceView, GuardianView, ReceivedReportView, SentReportView } from '../api/safety.ts'
import { base64url, equal, fromBase64url, hex, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { harmlessLine } from '../base/harmless.ts'
import type { CommunityId, ReportId } from '../base/ids.ts'
import type { Service } from '../base/service.ts'
import type { Watch } from '../boxes/poller.ts'
import { getConversation } from '../conversations/store.ts'
import { decodeEvidence } from './evidence.ts'
import { gatherEvidence, type EvidenceWish, type GatheringOptions } from './gathering.ts'
import { Reports, type ReportsOptions } from './reports/reports.ts'
import { evidenceView, fingerprintOf } from './showing.ts'

export type SafetyOptions = GatheringOptions & ReportsOptions

/** What helps a person against another one: evidence of what was said, and guardians whom it can be passed to. */
export class Safety implements Service {
  readonly reports: Reports
  readonly #options: SafetyOptions

  constructor(options: SafetyOptions) {
    this.#options = options
    this.reports = new Reports(options)
  }

  start(): Promise<void> {
    return this.reports.start()
  }

  stop(): Promise<void> {
    return this.reports.stop()
  }

  /** The network is back. */
  wake(): void {
    this.reports.wake()
  }

  sources(communityId: CommunityId): () => Iterable<Watch> {
    return this.reports.sources(communityId)
  }

  /** Nothing leaves the device. @throws as `gatherEvidence` */
  makeEvidence(wish: EvidenceWish): { bundle: string; evidence: EvidenceView } {
    return this.#shown(gatherEvidence(this.#options, wish))
  }

  /** @throws Fault `too-large`, `malformed`, `unknown-version`, `bad-signature` */
  openEvidence(bundle: string): EvidenceView {
    return this.#view(fromBase64url(bundle))
  }

  /** Of all communities, in the founders' order. */
  guardians(): GuardianView[] {
    const { communities, guardians } = this.#options
    return communities.list().flatMap(({ id: communityId }) => {
      const own = guardians.ownGuardianKeys(communityId)
      return guardians.guardians(communityId).map(({ name, signKey }) => ({
        communityId,
        key: hex(signKey),
        name: harmlessLine(name),
        fingerprint: fingerprintOf(signKey),
        mine: own !== undefined && equal(own.sign.publicKey, signKey),
      }))
    })
  }

  /** @param guardian hex of the key that signs their notices @throws as `gatherEvidence` and `Reports.send` */
  report(wish: EvidenceWish, guardian: string): SentReportView {
    const { communityId } = getConversation(this.#options.database, wish.conversationId)
    return this.reports.send(communityId, guardian, gatherEvidence(this.#options, wish))
  }

  /** @throws Fault `not-found` */
  openReport(id: ReportId): { report: ReceivedReportView; bundle: string; evidence: EvidenceView } {
    const { evidence } = this.reports.open(id)
    const report = this.reports.received().find((each) => each.id === id)
    if (report === undefined) throw new Fault('not-found', 'No such report')
    return { report, ...this.#shown(evidence) }
  }

  #shown(encoded: Bytes): { bundle: string; evidence: EvidenceView } {
    return { bundle: base64url(encoded), evidence: this.#view(encoded) }
  }

  #view(encoded: Bytes): EvidenceView {
    const mine = this.#options.personas.list().map(({ key }) => key.publicKey)
    return evidenceView(decodeEvidence(encoded), (key) => mine.some((own) => equal(own, key)))
  }
}
