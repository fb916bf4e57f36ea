import { Trans } from '@lingui/react/macro'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'

/** Whoever accepts one more than they wanted at once is told before, and can take the offer off the boards. */
export function OneMore({ offerId }: { readonly offerId: string }) {
  const client = useClient()
  const { data } = useView(['own-offers'], (client) => client.offers.mine())
  const pause = useAction(() => client.offers.pause({ offerId }))
  const offer = data?.find(({ id }) => id === offerId)
  if (offer === undefined || offer.accepted < offer.capacity) return null
  const { accepted, capacity, state } = offer
  const isPaused = state === 'paused' || state === 'pausing'
  const canPause = state === 'published' || state === 'publishing' || state === 'failed'
  return (
    <Live>
      <Notice tone="waiting" icon="people">
        {/* the button goes once it is pressed; its place must not be taken by Accept, for who presses Enter twice */}
        <p tabIndex={-1}>
          <Trans>
            Places taken: {accepted} of {capacity}. This would be one more than you wanted at once.
          </Trans>{' '}
          {isPaused && <Trans>The offer is paused: nobody new finds it.</Trans>}
        </p>
        <ProblemNotice problem={pause.problem} />
        {canPause && (
          <Button isPending={pause.pending} onPress={() => void pause.run()}>
            <Trans>Pause the offer</Trans>
          </Button>
        )}
      </Notice>
    </Live>
  )
}
