import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Filter } from '../ui/choice.tsx'
import { localeNames, localeOf, locales } from '../locales/locale.ts'
import { usePreferences } from './preferences.tsx'
import './threshold.css'

interface ThresholdProps {
  readonly title: string
  readonly lead?: ReactNode
  /** Whether the language can be chosen here: before there is a place to keep it. */
  readonly languages?: boolean
  readonly children?: ReactNode
}

/** A screen before the app itself: one column in the light of a lamp. */
export function Threshold({ title, lead, languages = false, children }: ThresholdProps) {
  return (
    <main className="threshold">
      <div className="threshold-body">
        <header className="threshold-head">
          <svg className="threshold-mark" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M11 4h10l3.5 12h-17L11 4ZM16 16v10M10.500 28h11M13 21.500h6" />
          </svg>
          <h1>{title}</h1>
          {lead !== undefined && <p className="threshold-lead">{lead}</p>}
        </header>
        {children}
      </div>
      <footer className="threshold-foot">{languages && <LanguageChoice />}</footer>
    </main>
  )
}

function LanguageChoice() {
  const { t } = useLingui()
  const { language, setLanguage } = usePreferences()
  return (
    <Filter
      label={t`Language`}
      choices={locales.map((id) => ({ id, name: <span lang={id}>{localeNames[id]}</span> }))}
      value={localeOf(language, navigator.languages)}
      onChange={setLanguage}
    />
  )
}
