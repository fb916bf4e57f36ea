import { useLingui } from '@lingui/react/macro'
import type { ReactNode, Ref } from 'react'
import { localWeek, type LocalBlock } from '../../../core/api/availability.ts'
import { useRegion } from '../../locales/use-region.ts'
import { dayOfWeek, hoursFrom } from '../../words/availability.ts'
import './availability.css'

export const days = [0, 1, 2, 3, 4, 5, 6] as const

interface WeekProps {
  /** Of the reader's clock, as `clockOffset`. */
  readonly offset: number
  readonly renderCell: (block: LocalBlock, hours: string) => ReactNode
  readonly ref?: Ref<HTMLDivElement>
}

/** A week by the reader's own clock: days across, blocks down. Its headings are seen and not read; what stands in the cells says its own. */
export function Week({ offset, renderCell, ref }: WeekProps) {
  const { i18n } = useLingui()
  const region = useRegion()
  return (
    <div className="week" ref={ref}>
      <span aria-hidden="true" />
      {days.map((day) => (
        <span key={day} className="week-day" aria-hidden="true">
          {dayOfWeek(i18n.locale, day, 'short')}
        </span>
      ))}
      {localWeek(offset).map((row) => {
        const hours = hoursFrom(region, row[0]?.minute ?? 0)
        return [
          <span key={hours} className="week-hours" aria-hidden="true" dir="ltr">
            {hours}
          </span>,
          ...row.map((block) => renderCell(block, hours)),
        ]
      })}
    </div>
  )
}
