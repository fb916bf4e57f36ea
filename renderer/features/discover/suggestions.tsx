import { useLingui } from '@lingui/react/macro'
import { useNavigation } from '../../routing/navigation.tsx'
import { reasonWords } from '../../words/reasons.ts'
import { useTopics } from '../../words/topics.ts'
import { useHidden } from '../guardians/use-hidden.ts'
import { useSuggestions } from './discover-state.tsx'
import { OfferRow } from './offer-row.tsx'
import './discover.css'

/** So many reasons fit under a title. */
const reasonsShown = 3

interface SuggestionsProps {
  /** What a guardian's list hides, too. */
  readonly showsHidden: boolean
}

/** What fits this person's own offers and requests, above everything else, and why. */
export function Suggestions({ showsHidden }: SuggestionsProps) {
  const { t, i18n } = useLingui()
  const { go, route } = useNavigation()
  const { nameOf } = useTopics()
  const hidden = useHidden('offers')
  const suggestions = useSuggestions().filter(({ offer }) => showsHidden || !hidden.has(offer.id))
  if (suggestions.length === 0) return null
  return (
    <section className="suggestions">
      <h2 className="suggestions-title">{t`Suggested for you`}</h2>
      <ul className="rows" aria-label={t`Suggested for you`}>
        {suggestions.map(({ offer, reasons }) => (
          <OfferRow
            key={offer.id}
            offer={offer}
            isCurrent={route.at === 'offer' && route.id === offer.id}
            onPress={() => go({ at: 'offer', id: offer.id })}
            reasons={reasons.slice(0, reasonsShown).map((reason) => reasonWords(i18n, reason, nameOf))}
          />
        ))}
      </ul>
    </section>
  )
}
