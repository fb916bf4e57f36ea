import { implement } from '@orpc/server'
import { safetyContract } from '../api/safety.ts'
import type { CommunityId, ConversationId, MessageId, PersonaId, ReportId } from '../base/ids.ts'
import type { EvidenceWish } from '../safety/gathering.ts'
import type { Named } from '../safety/safety.ts'
import type { AppState } from '../session/app-state.ts'

const at = implement(safetyContract)

/** The safety part of the contract; the router around it keeps secrets in. */
export function safetyRouter(app: AppState) {
  const safety = () => app.session().safety
  return at.router({
    makeEvidence: at.makeEvidence.handler(({ input }) => safety().makeEvidence(evidenceWish(input))),
    guardians: at.guardians.handler(() => safety().guardians()),
    report: at.report.handler(({ input: { guardian, ...wish } }) => safety().report(evidenceWish(wish), guardian)),
    sentReports: at.sentReports.handler(() => safety().reports.sent()),
    retryReport: at.retryReport.handler(({ input }) => {
      safety().reports.retry(input.reportId as ReportId)
      return {}
    }),
    takeBackReport: at.takeBackReport.handler(({ input }) => {
      safety().reports.takeBack(input.reportId as ReportId)
      return {}
    }),
    receivedReports: at.receivedReports.handler(() => safety().reports.received()),
    openReport: at.openReport.handler(({ input }) => safety().openReport(input.reportId as ReportId)),
    notices: at.notices.handler(({ input }) => safety().noticesOf(input.communityId as CommunityId)),
    hidden: at.hidden.handler(({ input }) => safety().notices.hidden(input.communityId as CommunityId)),
    follow: at.follow.handler(({ input }) => {
      safety().notices.setFollows(input.communityId as CommunityId, input.guardian, input.follows)
      return {}
    }),
    publishNotice: at.publishNotice.handler(({ input: { communityId, blocked, ...said } }) => {
      safety().publishNotice({ ...said, communityId: communityId as CommunityId, blocked: blocked as Named[] })
      return {}
    }),
    withdrawNotice: at.withdrawNotice.handler(({ input }) => {
      safety().notices.withdraw(input.communityId as CommunityId, input.noticeId)
      return {}
    }),
    deleteReport: at.deleteReport.handler(({ input }) => {
      safety().reports.delete(input.reportId as ReportId)
      return {}
    }),
    openEvidence: at.openEvidence.handler(({ input }) => safety().openEvidence(input.bundle)),
  })
}

function evidenceWish(input: {
  readonly conversationId: string
  readonly messageIds: readonly string[]
  readonly personaId: string | null
  readonly note: string
}): EvidenceWish {
  return {
    conversationId: input.conversationId as ConversationId,
    messageIds: input.messageIds as MessageId[],
    personaId: input.personaId as PersonaId | null,
    note: input.note,
  }
}
