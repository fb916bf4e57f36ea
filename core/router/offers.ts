import { implement } from '@orpc/server'
import { offersContract } from '../api/offers.ts'
import type { CommunityId, OfferDraftId, OfferId, PersonaId } from '../base/ids.ts'
import type { AppState } from '../session/app-state.ts'
import { faultBoundary } from './faults.ts'

/** Offers and requests, answered by the app. */
export function offersRouter(app: AppState) {
  const at = implement(offersContract).use(faultBoundary)
  const offers = () => app.session().offers
  const done = {}
  return at.router({
    browse: at.browse.handler(({ input: { communityId, topic, kind } }) =>
      offers().browse({
        communityId: communityId as CommunityId,
        ...(topic === undefined ? {} : { topic }),
        ...(kind === undefined ? {} : { kind }),
      }),
    ),
    refresh: at.refresh.handler(({ input: { communityId, topic }, signal }) =>
      offers().refresh({ communityId: communityId as CommunityId, ...(topic === undefined ? {} : { topic }) }, signal),
    ),
    mine: at.mine.handler(() => offers().mine()),
    preview: at.preview.handler(({ input }) =>
      offers().preview({ personaId: input.personaId as PersonaId, draft: input.draft }),
    ),
    publish: at.publish.handler(({ input }) =>
      offers().publish({
        personaId: input.personaId as PersonaId,
        draft: input.draft,
        draftId: input.draftId as OfferDraftId | undefined,
      }),
    ),
    edit: at.edit.handler(({ input }) =>
      offers().edit({
        offerId: input.offerId as OfferId,
        draft: input.draft,
        draftId: input.draftId as OfferDraftId | undefined,
      }),
    ),
    pause: at.pause.handler(({ input }) => {
      offers().pause(input.offerId as OfferId)
      return done
    }),
    resume: at.resume.handler(({ input }) => {
      offers().resume(input.offerId as OfferId)
      return done
    }),
    renew: at.renew.handler(({ input }) => offers().renew(input.offerId as OfferId)),
    retry: at.retry.handler(({ input }) => {
      offers().retry(input.offerId as OfferId)
      return done
    }),
    withdraw: at.withdraw.handler(({ input }) => {
      offers().withdraw(input.offerId as OfferId)
      return done
    }),
    drafts: at.drafts.handler(() => offers().drafts.list()),
    saveDraft: at.saveDraft.handler(({ input }) =>
      offers().drafts.save(input.draftId as OfferDraftId, {
        personaId: input.personaId as PersonaId,
        offerId: input.offerId as OfferId | undefined,
        draft: input.draft,
      }),
    ),
    discardDraft: at.discardDraft.handler(({ input }) => {
      offers().drafts.discard(input.draftId as OfferDraftId)
      return done
    }),
  })
}
