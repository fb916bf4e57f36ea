import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useView } from '../../api/context.tsx'
import { useRegion } from '../../locales/use-region.ts'
import { useNow } from '../../shell/use-now.ts'
import { Icon } from '../../ui/icon.tsx'
import { Live } from '../../ui/live.tsx'
import { relativeTime } from '../../words/time.ts'

/** Milliseconds after which waiting is worth a word. */
const patience = 2000

/** Why something of one's own has not gone out yet; nothing where all has. */
export function WaitingLine({ conversationId }: { readonly conversationId: string }) {
  const { t } = useLingui()
  const region = useRegion()
  const now = useNow()
  const { data } = useView(['waiting', conversationId], (client) => client.conversations.waiting({ conversationId }))
  const waits = useLasting(data !== undefined && data.queued > 0)
  const next = data?.nextTryAt ?? null
  const when = next === null ? '' : relativeTime(region, Math.max(next, now), now)
  return (
    <Live className="waiting-line">
      {waits && data !== undefined && data.queued > 0 && (
        <p>
          <Icon name="queued" />
          <span>
            {t({
              message: plural(
                { count: data.queued },
                { one: '# message waits to go out.', other: '# messages wait to go out.' },
              ),
            })}{' '}
            {data.reason === 'offline' && (
              <Trans>None of your community’s computers answers. It goes out by itself as soon as one does.</Trans>
            )}
            {data.reason === 'working' && <Trans>Your device is at it; this takes some seconds.</Trans>}
            {data.reason === 'retrying' && (
              <Trans>Your community’s computers did not take it. The next try comes by itself: {when}.</Trans>
            )}
            {data.reason === 'blocked' && (
              <Trans>You have blocked this contact. It goes out if you unblock them.</Trans>
            )}
          </span>
        </p>
      )}
    </Live>
  )
}

/** Whether something has been so for a while: what goes out at once is no matter. */
function useLasting(isSo: boolean): boolean {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!isSo) return undefined
    const timer = setTimeout(() => setLasts(true), patience)
    return () => {
      clearTimeout(timer)
      setLasts(false)
    }
  }, [isSo])
  return lasts
}
