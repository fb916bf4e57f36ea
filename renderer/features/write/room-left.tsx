import { Trans, useLingui } from '@lingui/react/macro'
import { limits } from '../../../core/api/limits.ts'
import { offerRoom } from '../../../core/api/offer-room.ts'
import type { UnfinishedOffer } from '../../../core/api/offers.ts'
import { Live } from '../../ui/live.tsx'
import { Notice } from '../../ui/notice.tsx'

/** From so much of it on one is told. */
const nearlyFull = 0.85

/** Whether all of it fits. */
export function fits(draft: UnfinishedOffer): boolean {
  return offerRoom(draft) <= limits.offerRoom
}

/** How much more may be written, once it is nearly full. */
export function RoomLeft({ draft }: { readonly draft: UnfinishedOffer }) {
  const { i18n } = useLingui()
  const used = offerRoom(draft) / limits.offerRoom
  const percent = i18n.number(Math.min(used, 1), { style: 'percent' })
  const over = i18n.number(used - 1, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <Live>
      {used > 1 ? (
        <Notice tone="danger">
          <p>
            <Trans>This is {over} too long. Make some of it shorter.</Trans>
          </p>
        </Notice>
      ) : (
        used >= nearlyFull && (
          <p className="small soft">
            <Trans>{percent} of the room for words is used.</Trans>
          </p>
        )
      )}
    </Live>
  )
}
