import { generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { useMemo } from 'react'
import './field.css'

/** White around the code that cameras need, in modules. */
const quiet = 4

/**
 * A link as a QR code, dark on white in every theme: cameras read nothing else
 * reliably. In capitals, which take a third less room and mean the same.
 */
export function QrCode({ label, link }: { readonly label: string; readonly link: string }) {
  const code = useMemo(() => generate(link.toUpperCase()), [link])
  const size = code.size + 2 * quiet
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img would need a data URL, which the page's policy refuses
    <svg className="qr-code" viewBox={`${-quiet} ${-quiet} ${size} ${size}`} role="img" aria-label={label}>
      <rect x={-quiet} y={-quiet} width={size} height={size} fill="#fff" />
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  )
}
