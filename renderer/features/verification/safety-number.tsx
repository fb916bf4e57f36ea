import { Trans, useLingui } from '@lingui/react/macro'
import type { SafetyNumberView } from '../../../core/api/views.ts'
import { QrCode } from '../../ui/qr-code.tsx'
import './verification.css'

const groupLength = 5

/** The number as digits and as a picture for a camera; the same digits stand on both sides. */
export function SafetyNumber({ number: { digits, code } }: { readonly number: SafetyNumberView }) {
  const { t } = useLingui()
  const groups = digits.match(new RegExp(`\\d{${groupLength}}`, 'g')) ?? []
  return (
    <div className="safety-number">
      <ol className="safety-digits" dir="ltr" aria-label={t`Verification number`}>
        {groups.map((group, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- groups have places, and may be the same
          <li key={index}>{group}</li>
        ))}
      </ol>
      <figure className="safety-code">
        <QrCode label={t`The verification number as a QR code`} link={code} />
        <figcaption className="small soft">
          <Trans>Another device reads this off your screen.</Trans>
        </figcaption>
      </figure>
    </div>
  )
}
