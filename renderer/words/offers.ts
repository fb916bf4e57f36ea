import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OfferDraft, OwnOfferView } from '../../core/api/offers.ts'
import type { Progress, SentIntroductionView } from '../../core/api/views.ts'

export const kindWords: Readonly<Record<OfferDraft['kind'], MessageDescriptor>> = {
  offer: msg({ message: 'Offer', comment: 'a thing that a person can teach' }),
  request: msg({ message: 'Request', comment: 'a thing that a person wants to learn' }),
}

export const levelWords: Readonly<Record<OfferDraft['level'], MessageDescriptor>> = {
  any: msg`Any level`,
  beginner: msg`Beginning`,
  some: msg`Some experience`,
  experienced: msg`Much experience`,
}

export const formatWords: Readonly<Record<OfferDraft['formats'][number], MessageDescriptor>> = {
  text: msg`In writing`,
  voice: msg`By voice`,
  'in-person': msg`In person`,
}

export const durationWords: Readonly<Record<OfferDraft['duration'], MessageDescriptor>> = {
  once: msg`One talk`,
  weeks: msg`Some weeks`,
  months: msg`Some months`,
  open: msg`As it comes`,
}

/** Of one's own offer or request. */
export const ownStateWords: Readonly<Record<OwnOfferView['state'], MessageDescriptor>> = {
  publishing: msg`On its way`,
  published: msg`Published`,
  failed: msg`Not published`,
  pausing: msg`Being paused`,
  paused: msg`Paused`,
  withdrawing: msg`Being taken back`,
  withdrawn: msg`Taken back`,
}

/** Of an introduction that one sent. */
export const sentStateWords: Readonly<Record<SentIntroductionView['state'], MessageDescriptor>> = {
  preparing: msg`On its way`,
  waiting: msg`Waiting for an answer`,
  accepted: msg`Accepted`,
  expired: msg`No answer came`,
  failed: msg`Not sent`,
  cancelled: msg`Taken back`,
}

export const phaseWords: Readonly<Record<Progress['phase'], MessageDescriptor>> = {
  waiting: msg`Waiting for your community’s computers`,
  working: msg`Doing the sum that keeps spam away`,
  storing: msg`Handing it to your community’s computers`,
}
