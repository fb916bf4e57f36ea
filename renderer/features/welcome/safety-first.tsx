import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Intro } from '../safety/intro.tsx'

/** After the vault was made, and until it was read or skipped: what everybody should know about safety. */
export function SafetyFirst() {
  const client = useClient()
  const done = useAction(() => client.settings.change({ safetyIntro: 'seen' }))
  return (
    <main className="threshold">
      <div className="threshold-body">
        <Intro onDone={() => void done.run()} />
        <ProblemNotice problem={done.problem} />
      </div>
    </main>
  )
}
