import { useLingui } from '@lingui/react/macro'
import { Select } from '../../ui/select.tsx'
import { workChoices } from '../../words/work.ts'

interface WorkChoiceProps {
  /** In bits. */
  readonly value: number
  readonly onChange: (bits: number) => void
}

/** How long this device works for an introduction; more lets it stand before others. */
export function WorkChoice({ value, onChange }: WorkChoiceProps) {
  const { t, i18n } = useLingui()
  return (
    <Select
      label={t`How long your device works for it`}
      hint={t`A sum keeps spam away. Whoever has the longer one done stands before the others. The times are a guess: a slow device takes longer.`}
      value={String(value)}
      onChange={(bits) => onChange(Number(bits))}
      items={workChoices.map(({ bits, duration }) => ({ id: String(bits), name: i18n._(duration) }))}
    />
  )
}
