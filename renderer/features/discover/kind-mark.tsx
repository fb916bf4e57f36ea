import type { ReactNode } from 'react'
import type { OfferDraft } from '../../../core/api/offers.ts'
import './kind-mark.css'

/** Offer or request: a full lamp gives light, an empty one waits for it. */
export function KindMark({ kind, children }: { readonly kind: OfferDraft['kind']; readonly children: ReactNode }) {
  return (
    <span className={`kind kind-${kind}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="4.5" />
      </svg>
      {children}
    </span>
  )
}
