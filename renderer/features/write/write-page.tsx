import { Trans, useLingui } from '@lingui/react/macro'
import { unsaid } from '../../../core/api/blank-offer.ts'
import { useState } from 'react'
import type { OfferDraft } from '../../../core/api/offers.ts'
import { useView } from '../../api/context.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Page } from '../../ui/page.tsx'
import { DraftRows, useDrafts } from './drafts.tsx'
import { OfferForm } from './offer-form.tsx'
import type { Writing } from './use-kept-offer.ts'

interface WritePageProps {
  readonly kind: OfferDraft['kind']
  /** Of what is being written: a new id begins something new. */
  readonly draftId: string
  /** Of one's own, which is changed. */
  readonly offerId?: string | undefined
}

/** An offer or a request, begun, gone on with, or changed. */
export function WritePage({ kind, draftId, offerId }: WritePageProps) {
  const { t } = useLingui()
  const begun = useBegun(kind, draftId, offerId)
  if (begun === undefined) return null
  return (
    <Page
      title={
        offerId === undefined
          ? begun.draft.kind === 'offer'
            ? t`What can you teach?`
            : t`What do you want to learn?`
          : t`Change what you wrote`
      }
      lead={
        offerId === undefined ? (
          <Trans>A title, a few plain sentences and a topic are enough.</Trans>
        ) : (
          <Trans>Whoever has read it will see the new words in place of the old ones.</Trans>
        )
      }
      back
      wide
    >
      {offerId === undefined && <Unfinished draftId={draftId} />}
      <OfferForm draftId={draftId} begun={begun} offerId={offerId} />
    </Page>
  )
}

/** So many leave the form in sight; all of them are under You. */
const fewDrafts = 3

/** Over something new: what was begun before, so that nobody takes it for lost. */
function Unfinished({ draftId }: { readonly draftId: string }) {
  const { t } = useLingui()
  const { replace } = useNavigation()
  const drafts = useDrafts() ?? []
  // as it was when the page was opened: what is kept while one writes does not move the form
  const [isNew] = useState(!drafts.some(({ id }) => id === draftId))
  const begun = drafts.filter(({ id, offerId }) => offerId === null && id !== draftId)
  if (!isNew || begun.length === 0) return null
  const title = begun.length === 1 ? t`Continue your draft` : t`Continue a draft`
  return (
    <section className="stack stack-tight unfinished" aria-labelledby="unfinished">
      <h2 id="unfinished" className="write-more">
        {title}
      </h2>
      <DraftRows label={title} drafts={begun.slice(0, fewDrafts)} open={replace} />
    </section>
  )
}

/** What was written of it until now; undefined until core has said it. */
function useBegun(kind: OfferDraft['kind'], draftId: string, offerId: string | undefined): Writing | undefined {
  const { i18n } = useLingui()
  const { persona } = useBelonging()
  const drafts = useView(['offer-drafts'], (client) => client.offers.drafts())
  const own = useView(['own-offers'], (client) => client.offers.mine())
  if (drafts.data === undefined || own.data === undefined) return undefined
  const kept = drafts.data.find(({ id }) => id === draftId)
  if (kept !== undefined) return { personaId: kept.personaId, draft: kept.draft }
  const offer = own.data.find(({ id }) => id === offerId)
  if (offer !== undefined) return { personaId: offer.personaId, draft: wordsOf(offer) }
  const languages = [i18n.locale]
  const draft: OfferDraft = {
    kind,
    topics: [],
    title: '',
    text: '',
    languages,
    level: 'any',
    formats: ['text'],
    ...unsaid,
  }
  return { personaId: persona.id, draft }
}

/** What an offer says, without what is known of it besides. */
export function wordsOf({ kind, topics, title, text, languages, level, formats, ...rest }: OfferDraft): OfferDraft {
  const { tags, availability, capacity, duration, boundaries, inReturn, meet } = rest
  const more = { tags, availability, capacity, duration, boundaries, inReturn, meet }
  return { kind, topics, title, text, languages, level, formats, ...more }
}
