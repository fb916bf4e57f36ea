import { useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useClient, useView } from '../api/context.tsx'
import { problemOf } from '../api/fault.ts'
import { ChoosePseudonym } from '../features/welcome/choose-pseudonym.tsx'
import type { SettingsView } from '../../core/api/views.ts'
import { SafetyFirst } from '../features/welcome/safety-first.tsx'
import { FirstCommunity } from '../features/welcome/first-community.tsx'
import { NavigationProvider } from '../routing/navigation.tsx'
import { ProblemNotice } from '../ui/notice.tsx'
import { CommunityContext } from './community-context.ts'
import { DraftsProvider } from './drafts.tsx'
import { Frame } from './frame.tsx'
import { useIdle } from './idle.ts'
import { usePreferences } from './preferences.tsx'
import { Threshold } from './threshold.tsx'

/** Inside the open vault: first a community and a pseudonym, then the app. */
export function Home() {
  const { t } = useLingui()
  const client = useClient()
  const communities = useView(['communities'], (client) => client.communities.list())
  const personas = useView(['personas'], (client) => client.personas.list())
  const [chosen, setChosen] = useState<string>()
  /** A pseudonym was just chosen, and its weave is being shown. */
  const [welcoming, setWelcoming] = useState(false)
  const settings = useSettings(() => void client.vault.lock().catch(() => {}))

  const error = communities.error ?? personas.error
  if (communities.data === undefined || personas.data === undefined || settings === undefined) {
    return (
      <Threshold title={t`One moment`}>{error !== undefined && <ProblemNotice problem={problemOf(error)} />}</Threshold>
    )
  }
  if (settings?.safetyIntro === 'due') return <SafetyFirst />
  const community = communities.data.find(({ id }) => id === chosen) ?? communities.data[0]
  if (community === undefined) return <FirstCommunity onDone={setChosen} />
  const mine = personas.data.filter(({ communityId }) => communityId === community.id)
  const persona = mine[0]
  if (persona === undefined || welcoming) {
    return (
      <ChoosePseudonym community={community} onCreated={() => setWelcoming(true)} onDone={() => setWelcoming(false)} />
    )
  }
  return (
    <CommunityContext value={{ community, communities: communities.data, persona, personas: mine, select: setChosen }}>
      <DraftsProvider>
        <NavigationProvider>
          <Frame />
        </NavigationProvider>
      </DraftsProvider>
    </CommunityContext>
  )
}

/** Makes the page follow what the vault says. */
function useSettings(lock: () => void): SettingsView | undefined {
  const { data } = useView(['settings'], (client) => client.settings.view())
  const { setLanguage, setTheme } = usePreferences()
  useEffect(() => {
    if (data === undefined) return
    setLanguage(data.language)
    setTheme(data.theme)
  }, [data, setLanguage, setTheme])
  useIdle(data?.autoLockMinutes ?? 0, lock)
  return data
}
