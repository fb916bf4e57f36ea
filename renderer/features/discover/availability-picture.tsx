import { useLingui } from '@lingui/react/macro'
import { useRegion } from '../../locales/use-region.ts'
import { useNow } from '../../shell/use-now.ts'
import { availabilityWords, clockOffset } from '../../words/availability.ts'
import { Week } from './week.tsx'

/** A week with the blocks in which somebody has time, in the reader's own time; in words for whoever does not see it. */
export function AvailabilityPicture({ blocks }: { readonly blocks: readonly number[] }) {
  const { i18n } = useLingui()
  const region = useRegion()
  const offset = clockOffset(useNow())
  return (
    <div className="week-picture">
      <div aria-hidden="true">
        <Week
          offset={offset}
          renderCell={({ block }) => (
            <span key={block} className={blocks.includes(block) ? 'week-cell week-free' : 'week-cell'} />
          )}
        />
      </div>
      <p className="small">
        <bdi>{availabilityWords(i18n.locale, region, blocks, offset)}</bdi>
      </p>
    </div>
  )
}
