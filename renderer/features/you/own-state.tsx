import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { OwnOfferView } from '../../../core/api/offers.ts'
import { useNow } from '../../shell/use-now.ts'
import { Tag, type Tone } from '../../ui/notice.tsx'
import { ownStateWords } from '../../words/offers.ts'

const tones: Readonly<Record<OwnOfferView['state'], Tone>> = {
  publishing: 'waiting',
  published: 'reached',
  failed: 'danger',
  pausing: 'waiting',
  paused: 'plain',
  withdrawing: 'waiting',
  withdrawn: 'plain',
}

const day = 86_400_000

/** Whether as many were accepted as its author wants at once, and others may still come. */
export function isFull({ accepted, capacity, state }: OwnOfferView): boolean {
  return accepted >= capacity && (state === 'published' || state === 'publishing')
}

/** Whether its author should look at it. */
export function needsCare(offer: OwnOfferView): boolean {
  return offer.endsSoon || offer.state === 'failed' || isFull(offer)
}

/** Whole days until it ends, today not counted. */
export function daysLeft({ expiresAt }: OwnOfferView, now: number): number {
  return Math.max(0, Math.floor((expiresAt - now) / day))
}

/** How one's own offer stands, in a word or two. */
export function OwnState({ offer }: { readonly offer: OwnOfferView }) {
  const { t, i18n } = useLingui()
  const days = daysLeft(offer, useNow())
  return (
    <>
      <Tag tone={tones[offer.state]}>{i18n._(ownStateWords[offer.state])}</Tag>
      {isFull(offer) && (
        <Tag tone="waiting" icon="people">
          {t`Full`}
        </Tag>
      )}
      {offer.endsSoon && (
        <Tag tone="waiting" icon="timer">
          {t({
            message: plural({ count: days }, { 0: 'Ends today', one: 'Ends tomorrow', other: 'Ends in # days' }),
          })}
        </Tag>
      )}
    </>
  )
}
