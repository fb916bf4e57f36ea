import { useLingui } from '@lingui/react/macro'
import { useNavigation } from '../routing/navigation.tsx'
import { safetyFrom, sectionOf } from '../routing/route.ts'
import { IconButton } from '../ui/button.tsx'

/** The way to what helps where the rail has no room: one press from everywhere. */
export function SafetyAtHand() {
  const { t } = useLingui()
  const { route, go } = useNavigation()
  if (sectionOf(route) === 'safety') return null
  return (
    <div className="safety-at-hand">
      <IconButton icon="safety" label={t`Help and safety`} onPress={() => go(safetyFrom(route))} />
    </div>
  )
}
