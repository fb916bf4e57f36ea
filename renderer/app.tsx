import { ApiProvider } from './api/context.tsx'
import { Cover } from './shell/cover.tsx'
import { Gate } from './shell/gate.tsx'
import { PreferencesProvider } from './shell/preferences.tsx'

export function App() {
  return (
    <ApiProvider>
      <PreferencesProvider>
        <Cover>
          <Gate />
        </Cover>
      </PreferencesProvider>
    </ApiProvider>
  )
}
