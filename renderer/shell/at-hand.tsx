import { useLingui } from '@lingui/react/macro'
import { useClient } from '../api/context.tsx'
import { useNavigation } from '../routing/navigation.tsx'
import { isSection, safetyFrom, sectionOf } from '../routing/route.ts'
import { IconButton } from '../ui/button.tsx'

/** What has to be one press away where the rail has no room for it, or is not there: what helps, and the lock. */
export function AtHand() {
  const { t } = useLingui()
  const client = useClient()
  const { route, go } = useNavigation()
  // the page about safety has its own lock, in words
  if (route.at === 'safety') return null
  const hasRail = isSection(route)
  return (
    <div className="at-hand">
      {!hasRail && sectionOf(route) !== 'safety' && (
        <IconButton icon="safety" label={t`Help and safety`} onPress={() => go(safetyFrom(route))} />
      )}
      <IconButton icon="lock" label={t`Lock`} onPress={() => void client.vault.lock().catch(() => {})} />
    </div>
  )
}
