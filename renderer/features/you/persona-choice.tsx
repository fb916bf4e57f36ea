import { useLingui } from '@lingui/react/macro'
import { useBelonging } from '../../shell/community-context.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Person } from '../../ui/weave.tsx'

/** As whom; not asked where there is only one. */
export function PersonaChoice({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (id: string) => void
}) {
  const { t } = useLingui()
  const { personas } = useBelonging()
  if (personas.length < 2) return null
  return (
    <OneOf
      label={t`As`}
      inline
      value={value}
      onChange={onChange}
      choices={personas.map((persona) => ({ id: persona.id, name: <Person author={persona} /> }))}
    />
  )
}
