import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { mostStitches, stitchesOf, type Stitches } from './stitches.ts'
import './hours.css'

interface HoursPictureProps {
  /** Minutes. */
  readonly given: number
  readonly received: number
}

const step = 14
const middle = 44

/** A seam: what was given is sewn above it, what was received below. Beside words that say the same. */
export function HoursPicture({ given, received }: HoursPictureProps) {
  const { t } = useLingui()
  const stitches = stitchesOf(given, received)
  const { hours } = stitches
  const width = (mostStitches + 1) * step
  return (
    <figure className="hours">
      <svg className="hours-picture" viewBox={`0 0 ${width} ${2 * middle}`} aria-hidden="true">
        <path className="hours-seam" d={`M0 ${middle}H${width}`} />
        <Row stitches={stitches.given} kind="given" />
        <Row stitches={stitches.received} kind="received" />
      </svg>
      <figcaption className="small soft">
        {t({ message: plural(hours, { one: 'Each stitch is an hour.', other: 'Each stitch is # hours.' }) })}
      </figcaption>
    </figure>
  )
}

function Row({ stitches, kind }: { readonly stitches: Stitches['given']; readonly kind: 'given' | 'received' }) {
  const { whole, rest } = stitches
  const up = kind === 'given' ? -1 : 1
  const count = whole + (rest > 0.02 ? 1 : 0)
  return (
    <g className={`hours-${kind}`}>
      {Array.from({ length: count }, (_, index) => {
        const length = 28 * (index < whole ? 1 : rest)
        const x = step * (index + 0.75)
        const y = middle + 6 * up
        // a little aslant, as a hand sews
        return <path key={index} d={`M${x} ${y}l${length * 0.18} ${length * up}`} />
      })}
    </g>
  )
}
