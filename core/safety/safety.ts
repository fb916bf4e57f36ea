import type { EvidenceView, GuardianView, NoticeView, ReceivedReportView, SentReportView } from '../api/safety.ts'
import { base64url, equal, fromBase64url, hex, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { harmlessLine } from '../base/harmless.ts'
import type { CommunityId, OfferId, ReportId } from '../base/ids.ts'
import type { Service } from '../base/service.ts'
import type { Watch } from '../boxes/poller.ts'
import { getConversation } from '../conversations/store.ts'
import { decodeEvidence } from './evidence.ts'
import { gatherEvidence, type EvidenceWish, type GatheringOptions } from './gathering.ts'
import type { Blocked } from './notices/content.ts'
import { Notices, type NoticesOptions, type NoticeWish } from './notices/notices.ts'
import { SeenOffers } from '../offers/seen-offers.ts'
import { publicKeyLength } from '../crypto/sign.ts'
import { Reports, type ReportsOptions } from './reports/reports.ts'
import { evidenceView, fingerprintOf } from './showing.ts'

export type SafetyOptions = GatheringOptions & ReportsOptions & Pick<NoticesOptions, 'commons' | 'guardians'>

/** How a guardian names a persona: by an offer of theirs, or by a report about them. */
export type Named = { readonly offerId: OfferId } | { readonly reportId: ReportId }

/** What helps a person against another one: evidence of what was said, and guardians whom it can be passed to. */
export class Safety implements Service {
  readonly reports: Reports
  readonly notices: Notices
  readonly #options: SafetyOptions

  constructor(options: SafetyOptions) {
    this.#options = options
    this.reports = new Reports(options)
    this.notices = new Notices({ ...options, changed: () => options.emit({ type: 'safety' }) })
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
        follows: this.notices.follows(communityId, signKey),
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

  /** @throws Fault `not-found` (community) */
  noticesOf(communityId: CommunityId): NoticeView[] {
    return this.notices.list(this.#options.communities.get(communityId).id)
  }

  /** @throws Fault `wrong-state`, `not-found`, `bad-input`, `too-large` */
  publishNotice({ blocked, ...wish }: Omit<NoticeWish, 'blocked'> & { readonly blocked: readonly Named[] }): void {
    this.notices.publish({ ...wish, blocked: blocked.map((named) => this.#named(wish.communityId, named)) })
  }

  #named(communityId: CommunityId, named: Named): Blocked {
    if ('reportId' in named) {
      const report = this.reports.open(named.reportId)
      const { contact } = decodeEvidence(report.evidence)
      const shows = report.communityId === communityId && contact.key.length === publicKeyLength
      if (!shows) throw new Fault('bad-input', 'The report shows no persona')
      return contact
    }
    const offer = new SeenOffers(this.#options.database).get(named.offerId)
    if (offer?.communityId !== communityId) throw new Fault('not-found', 'No such offer')
    return { key: offer.personaKey, pseudonym: offer.pseudonym }
  }

  #shown(encoded: Bytes): { bundle: string; evidence: EvidenceView } {
    return { bundle: base64url(encoded), evidence: this.#view(encoded) }
  }

  #view(encoded: Bytes): EvidenceView {
    const mine = this.#options.personas.list().map(({ key }) => key.publicKey)
    return evidenceView(decodeEvidence(encoded), (key) => mine.some((own) => equal(own, key)))
  }
}
