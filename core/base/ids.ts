import { randomBytes } from 'node:crypto'

declare const brand: unique symbol
/** A string that cannot be mistaken for another kind of string. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }

export type CommunityId = Branded<'CommunityId'>
export type PersonaId = Branded<'PersonaId'>
export type OfferId = Branded<'OfferId'>
export type IntroductionId = Branded<'IntroductionId'>
export type ConversationId = Branded<'ConversationId'>
export type MessageId = Branded<'MessageId'>
export type TokenId = Branded<'TokenId'>
export type FileId = Branded<'FileId'>
export type VouchId = Branded<'VouchId'>
export type MentorshipId = Branded<'MentorshipId'>
export type DraftId = Branded<'DraftId'>
export type OfferDraftId = Branded<'OfferDraftId'>
export type CircleId = Branded<'CircleId'>
export type CircleMemberId = Branded<'CircleMemberId'>
export type ReportId = Branded<'ReportId'>

/** 128 random bits, lower-case hex. Local to this vault: no id is ever derived from a key. */
export function freshId<Id extends Branded<string>>(): Id {
  return randomBytes(16).toString('hex') as Id
}
