import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import type { ShownOffer } from '../../../core/api/offers.ts'
import { useClient } from '../../api/context.tsx'
import { OfferBody } from '../discover/offer-body.tsx'
import type { Writing } from './use-kept-offer.ts'

/** Milliseconds of quiet after which it is drawn anew. */
const pause = 250

/** What others will see, as core would show it to them: what it leaves out is left out here. */
export function OfferPreview({ personaId, draft }: Writing) {
  const { t } = useLingui()
  const client = useClient()
  const [shown, setShown] = useState<ShownOffer>()
  useEffect(() => {
    const abort = new AbortController()
    const look = (): void => {
      client.offers
        .preview({ personaId, draft }, { signal: abort.signal })
        .then((now) => abort.signal.aborted || setShown(now))
        // what cannot be shown yet is being written
        .catch(() => {})
    }
    const timer = setTimeout(look, shown === undefined ? 0 : pause)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
    // oxlint-disable-next-line react/exhaustive-deps -- what is shown now says only whether to wait
  }, [client, personaId, draft])
  return (
    <aside className="write-preview" aria-label={t`What others will see`}>
      <p className="write-preview-label">
        <Trans>What others will see</Trans>
      </p>
      {shown !== undefined && (
        <>
          <p className="write-preview-title" dir="auto">
            {shown.title === '' ? t`Your title` : shown.title}
          </p>
          <OfferBody draft={{ ...shown, text: shown.text === '' ? t`Your words` : shown.text }} author={shown.author} />
        </>
      )}
    </aside>
  )
}
