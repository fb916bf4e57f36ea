import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { CardField, CardView } from '../../../core/api/card.ts'
import { cardFields } from '../../../core/api/card-fields.ts'
import { ageWords, fieldWords } from '../../words/card.ts'
import './trust.css'

/** Which fields of a card say something, in their order. */
export function fieldsOf({ words, hasVoice }: CardView): CardField[] {
  return cardFields.filter((field) => (field === 'voice' ? hasVoice : words[field] !== undefined))
}

interface CardLinesProps {
  readonly card: CardView
  /** What plays the voice. */
  readonly voice?: ReactNode
  /** Beside a field. */
  readonly beside?: (field: CardField) => ReactNode
}

/** What somebody shows of themselves, field by field. */
export function CardLines({ card, voice, beside }: CardLinesProps) {
  const { i18n } = useLingui()
  return (
    <dl className="card-lines">
      {fieldsOf(card).map((field) => (
        <div key={field} className="card-line">
          <dt>{i18n._(fieldWords[field])}</dt>
          <dd>{field === 'voice' ? voice : <CardValue card={card} field={field} />}</dd>
          {beside !== undefined && <dd className="card-beside">{beside(field)}</dd>}
        </div>
      ))}
    </dl>
  )
}

/** What one field says, in words. */
export function CardValue({ card, field }: { readonly card: CardView; readonly field: CardField }) {
  const { i18n } = useLingui()
  if (field === 'voice') return <Trans>A few seconds of it</Trans>
  if (field === 'age') return card.words.age === undefined ? null : i18n._(ageWords[card.words.age])
  return (
    <span className="prose" dir="auto">
      {card.words[field]}
    </span>
  )
}
