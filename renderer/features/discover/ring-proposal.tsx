import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { limits } from '../../../core/api/limits.ts'
import type { RingView } from '../../../core/api/matching.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useTopics } from '../../words/topics.ts'
import { useRings } from './discover-state.tsx'

interface RingProposalProps {
  /** Of what is answered. */
  readonly offerId: string
  /** Words to begin with. */
  readonly onPropose: (ring: RingView, text: string) => void
}

/** Where what is answered would close a circle: words that say so. Core tells nobody of a circle; the person may. */
export function RingProposal({ offerId, onPropose }: RingProposalProps) {
  const { i18n } = useLingui()
  const { nameOf } = useTopics()
  const ring = useRings().find(({ steps }) => steps.at(-1)?.offerId === offerId)
  if (ring === undefined) return null
  const [mine, ...others] = ring.steps
  const [next, last] = others
  const topicOf = (step: RingView['steps'][number] | undefined): string => nameOf(step?.topic ?? '')
  const [iGive, nextGives, youGive] = [topicOf(mine), topicOf(next), topicOf(last)]
  const third = next?.giver.pseudonym ?? ''
  const words =
    last === undefined
      ? i18n._(msg`We could swap: you give me ${nextGives}, I give you ${iGive}.`)
      : i18n._(
          msg`We could be a ring of three: you give me ${youGive}, I give ${third} ${iGive}, ${third} gives you ${nextGives}.`,
        )
  return (
    <Notice icon="info">
      <p>
        {last === undefined ? (
          <Trans>You could swap with them.</Trans>
        ) : (
          <Trans>
            With them and <bdi>{third}</bdi> you could be a ring. Nobody is told but by you.
          </Trans>
        )}
      </p>
      <div>
        <Button onPress={() => onPropose(ring, words.slice(0, limits.introductionText))}>
          {last === undefined ? <Trans>Propose the swap</Trans> : <Trans>Propose the ring</Trans>}
        </Button>
      </div>
    </Notice>
  )
}
