import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'

/** Milliseconds after which what was read is old enough to look again unasked. */
const stale = 10 * 60_000
/** When the boards of each community were looked at last, since the page was opened. */
const lookedAt = new Map<string, number>()

/** Looks by itself when the person comes here, if nobody looked for a while and the community can be reached. */
function useFirstLook(look: () => Promise<boolean>): void {
  const { community } = useBelonging()
  const { id } = community
  const isReached = community.network.state === 'reached'
  useEffect(() => {
    if (!isReached || Date.now() - (lookedAt.get(id) ?? 0) < stale) return
    lookedAt.set(id, Date.now())
    void look()
  }, [id, isReached, look])
}

/** Asks the community's computers again. */
export function Refresh() {
  const { t } = useLingui()
  const client = useClient()
  const { community } = useBelonging()
  // always the board of everything: to ask for one topic would tell the community's computers what is looked for
  const refresh = useAction(() => client.offers.refresh({ communityId: community.id }))
  useFirstLook(refresh.run)
  return (
    <div className="list-foot">
      <Button icon="refresh" isPending={refresh.pending} onPress={() => void refresh.run()}>
        {refresh.pending ? t`Looking…` : t`Look again`}
      </Button>
      <p className="small soft">
        <Trans>You search on this device. Nobody learns what you look for.</Trans>
      </p>
      <ProblemNotice problem={refresh.problem} />
    </div>
  )
}
