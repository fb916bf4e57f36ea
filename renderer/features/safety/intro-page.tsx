import { useNavigation } from '../../routing/navigation.tsx'
import { Intro } from './intro.tsx'

/** The five screens again, for whoever wants to read them once more. */
export function SafetyIntroPage() {
  const { replace } = useNavigation()
  return (
    <div className="page">
      <Intro onDone={() => replace({ at: 'safety' })} />
    </div>
  )
}
