import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { SettingsView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { localeNames, locales } from '../../locales/locale.ts'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import './safety.css'

const lockTimes = [1, 5, 15, 30, 60, 240]

/** Language, theme and when to lock. */
export function Appearance() {
  const { t } = useLingui()
  const client = useClient()
  const { data } = useView(['settings'], (client) => client.settings.view())
  const change = useAction((wish: Partial<SettingsView>) => client.settings.change(wish))
  if (data === undefined) return null
  const minutes = [...new Set([...lockTimes, ...(data.autoLockMinutes > 0 ? [data.autoLockMinutes] : [])])]
  return (
    <>
      <div className="settings-grid">
        <Select
          label={t`Language`}
          value={data.language}
          onChange={(language) => void change.run({ language: language as SettingsView['language'] })}
          items={[
            { id: 'system', name: t`As on this device` },
            ...locales.map((id) => ({ id, name: localeNames[id] })),
          ]}
        />
        <Select
          label={t`Theme`}
          value={data.theme}
          onChange={(theme) => void change.run({ theme: theme as SettingsView['theme'] })}
          items={[
            { id: 'system', name: t`As on this device` },
            { id: 'light', name: t`Light` },
            { id: 'dark', name: t`Dark` },
            { id: 'contrast', name: t`High contrast` },
          ]}
        />
        <Select
          label={t`Lock by itself`}
          value={String(data.autoLockMinutes)}
          onChange={(minutes) => void change.run({ autoLockMinutes: Number(minutes) })}
          items={[
            ...minutes
              .toSorted((a, b) => a - b)
              .map((count) => ({
                id: String(count),
                name: t({ message: plural({ count }, { one: 'After # minute', other: 'After # minutes' }) }),
              })),
            { id: '0', name: t`Never` },
          ]}
        />
      </div>
      <ProblemNotice problem={change.problem} />
    </>
  )
}
