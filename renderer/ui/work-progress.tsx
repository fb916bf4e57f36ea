import { useLingui } from '@lingui/react'
import { Label, ProgressBar } from 'react-aria-components'
import { useProgress } from '../api/context.tsx'
import type { Progress } from '../../core/api/views.ts'
import { phaseWords } from '../words/offers.ts'
import './progress.css'

/** How far the work for an offer or an introduction is: in words that are read when they change, and as a bar. */
export function WorkProgress({ subject, saved }: { readonly subject: string; readonly saved: Progress | null }) {
  const { i18n } = useLingui()
  const { phase, fraction } = useProgress(subject, saved) ?? { phase: 'waiting', fraction: 0 }
  const waits = phase === 'waiting'
  return (
    <ProgressBar className="progress" value={Math.round(fraction * 100)} isIndeterminate={waits}>
      <Label className="small" aria-live="polite">
        {i18n._(phaseWords[phase])}
      </Label>
      <div className={waits ? 'progress-track progress-track-waiting' : 'progress-track'}>
        <div className="progress-fill" {...(waits ? {} : { style: { inlineSize: `${fraction * 100}%` } })} />
      </div>
    </ProgressBar>
  )
}
