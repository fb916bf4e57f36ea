import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'
import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components'
import { localWeek } from '../../../core/api/availability.ts'
import { useNow } from '../../shell/use-now.ts'
import { Icon } from '../../ui/icon.tsx'
import { clockOffset, dayOfWeek } from '../../words/availability.ts'
import { days, Week } from '../discover/week.tsx'
import { moveInGrid } from './move-in-grid.ts'

interface AvailabilityPickerProps {
  readonly value: readonly number[]
  readonly onChange: (blocks: number[]) => void
}

/** Blocks of the week, in the writer's own time. One stop of the keyboard; arrows go on from there. */
export function AvailabilityPicker({ value, onChange }: AvailabilityPickerProps) {
  const { i18n } = useLingui()
  const list = new Intl.ListFormat(i18n.locale, { type: 'unit', style: 'short' })
  const offset = clockOffset(useNow())
  const week = useRef<HTMLDivElement>(null)
  const [last, setLast] = useState(() => localWeek(offset)[0]?.[0]?.block)
  return (
    <CheckboxGroup
      className="choice-group"
      value={value.map(String)}
      onChange={(blocks) => onChange(blocks.map(Number).toSorted((a, b) => a - b))}
    >
      <Label className="field-label">
        <Trans>When you have time, roughly</Trans>
      </Label>
      <Text slot="description" className="field-hint">
        <Trans>
          By your own clock; others see it by theirs. It tells roughly where on the globe you wake and sleep. Leave it
          empty to say nothing. Arrow keys go from one to the next.
        </Trans>
      </Text>
      <Week
        offset={offset}
        ref={week}
        renderCell={({ block, day }, hours) => {
          const name = dayOfWeek(i18n.locale, day, 'long')
          return (
            <Checkbox
              key={block}
              value={String(block)}
              className="week-cell week-choice"
              aria-label={list.format([name, hours])}
              excludeFromTabOrder={block !== last}
              onFocus={() => setLast(block)}
              onKeyDown={(event) => {
                if (moveInGrid(week.current, days.length, event.key)) event.preventDefault()
                else event.continuePropagation()
              }}
            >
              <Icon name="check" />
            </Checkbox>
          )
        }}
      />
    </CheckboxGroup>
  )
}
