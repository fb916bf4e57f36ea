import { Trans, useLingui } from '@lingui/react/macro'
import type { WordField } from '../../../core/api/card.ts'
import { wordFields } from '../../../core/api/card-fields.ts'
import { useView } from '../../api/context.tsx'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { SomeOf } from '../../ui/choice.tsx'
import { fieldWords } from '../../words/card.ts'
import { CardValue } from './card-lines.tsx'

interface ShowWithItProps {
  readonly personaId: string
  readonly value: readonly WordField[]
  readonly onChange: (fields: WordField[]) => void
}

/** Which fields of one's card an introduction shows; none to begin with. */
export function ShowWithIt({ personaId, value, onChange }: ShowWithItProps) {
  const { t, i18n } = useLingui()
  const { go } = useNavigation()
  const { data: card } = useView(['cards', personaId], (client) => client.disclosure.card({ personaId }))
  if (card === undefined) return null
  const fields = wordFields.filter((field) => card.words[field] !== undefined)
  return (
    <>
      {fields.length > 0 && (
        <SomeOf
          label={t`Show with it`}
          hint={t`Only what you choose. You can show more later.`}
          value={value.filter((field) => fields.includes(field))}
          onChange={onChange}
          choices={fields.map((field) => ({
            id: field,
            name: i18n._(fieldWords[field]),
            hint: <CardValue card={card} field={field} />,
          }))}
        />
      )}
      <div>
        <Button kind="plain" icon="you" onPress={() => go({ at: 'card', id: personaId })}>
          {fields.length > 0 ? <Trans>Change your card</Trans> : <Trans>Write what you could show of yourself</Trans>}
        </Button>
      </div>
    </>
  )
}
