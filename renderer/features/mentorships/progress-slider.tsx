import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components'

interface ProgressSliderProps {
  /** 0 to 1. */
  readonly value: number
  readonly onChange: (value: number) => void
}

/** How far a goal is that has no milestones, as the two feel it. */
export function ProgressSlider({ value, onChange }: ProgressSliderProps) {
  const { t } = useLingui()
  /** While it is being moved. */
  const [moving, setMoving] = useState<number>()
  return (
    <Slider
      className="slider"
      value={(moving ?? value) * 100}
      step={5}
      onChange={(next) => setMoving(next / 100)}
      onChangeEnd={(next) => {
        setMoving(undefined)
        if (next / 100 !== value) onChange(next / 100)
      }}
    >
      <div className="slider-head">
        <Label className="field-label">{t`How far you are`}</Label>
        <SliderOutput className="small soft" />
      </div>
      <SliderTrack className="slider-track">
        <span className="slider-fill" style={{ inlineSize: `${(moving ?? value) * 100}%` }} />
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
    </Slider>
  )
}
