import type { AppEvent } from '../../core/api/events.ts'

/** Names a view: what it shows, then of which. `['offers', communityId]` */
export type ViewKey = readonly [name: string, ...of: (string | number)[]]

/** Which views have to be read anew after `event`. A short key stands for all that begin with it. */
export function staleAfter(event: AppEvent): readonly ViewKey[] {
  switch (event.type) {
    case 'vault':
      return [['vault']]
    case 'community':
      // whether one is reached decides why something waits
      return [['communities'], ['waiting']]
    case 'personas':
      return [['personas'], ['cards']]
    case 'offers':
      return [
        ['offers', event.communityId],
        ['matches', event.communityId],
        ['vouches', 'counts'],
      ]
    case 'own-offers':
      // one's own are on the boards too
      return [['own-offers'], ['offers'], ['matches']]
    case 'offer-drafts':
      return [['offer-drafts']]
    case 'offer-ends':
      return [['own-offers']]
    case 'charter':
      // it says who may publish in the library, and which topics there are
      return [
        ['charter', event.communityId],
        ['topics', event.communityId],
        ['library', event.communityId],
        ['matches', event.communityId],
        ['safety'],
      ]
    case 'library':
      return [['library', event.communityId]]
    case 'introductions':
      // an offer says whether it was answered
      return [['introductions'], ['offers'], ['matches']]
    case 'conversations':
      // one that ended leaves room for another at the offer it began with; who is blocked is not suggested
      return [['conversations'], ['waiting'], ['safety-number'], ['own-offers'], ['matches']]
    case 'messages':
      return [
        ['messages', event.conversationId],
        ['waiting', event.conversationId],
        ['conversations'],
        ['found'],
        ['disclosure'],
      ]
    case 'circle':
      return [['circles'], ['circle-messages', event.circleId], ['circle-resources', event.circleId]]
    case 'files':
      return [['files', event.conversationId]]
    case 'safety':
      // lists of guardians hide people
      return [['safety'], ['matches']]
    case 'mentorships':
      // one that is over leaves room for another at the offer that it began with
      return [['mentorships'], ['mentorship'], ['mentorship-prefill'], ['hours'], ['own-offers']]
    case 'reminder':
      return [['mentorships'], ['mentorship']]
    case 'vouches':
      return [['vouches']]
    case 'settings':
      return [['settings']]
    case 'progress':
      return []
    default:
      return event satisfies never
  }
}
