import { Trans, useLingui } from '@lingui/react/macro'
import type { RingView } from '../../../core/api/matching.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Weave } from '../../ui/weave.tsx'
import { useTopics } from '../../words/topics.ts'
import { useHidden } from '../guardians/use-hidden.ts'
import { useRings } from './discover-state.tsx'
import './rings.css'

/** Circles of two or three in which everybody gives and gets, this person among them. */
export function Rings() {
  const { t } = useLingui()
  const hidden = useHidden('offers')
  const rings = useRings().filter(({ steps }) =>
    steps.every(({ offerId, requestId }) => !hidden.has(offerId) && !hidden.has(requestId)),
  )
  if (rings.length === 0) return null
  return (
    <section className="stack">
      <h2>{t`Give and get in a circle`}</h2>
      <ul className="ring-list" aria-label={t`Give and get in a circle`}>
        {rings.map((ring) => (
          <li key={ring.steps.map(({ offerId, requestId }) => `${offerId} ${requestId}`).join(' ')} className="ring">
            <RingPicture ring={ring} />
            <RingWords ring={ring} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The weaves around a circle, each giving to the next in the sense of the clock. */
function RingPicture({ ring }: { readonly ring: RingView }) {
  const count = ring.steps.length
  return (
    <span className={`ring-picture ring-of-${count}`} aria-hidden="true">
      <svg viewBox="0 0 120 120" className="ring-line">
        <circle cx="60" cy="60" r="40" />
        {ring.steps.map(({ offerId }, index) => (
          // halfway between two places, pointing on
          <path
            key={offerId}
            d="M -5 -5 L 4 0 L -5 5"
            transform={`rotate(${arrowAngle(index, count)} 60 60) translate(60 20)`}
          />
        ))}
      </svg>
      {ring.steps.map(({ giver, offerId }) => (
        <span key={offerId} className="ring-place">
          <Weave weave={giver.weave} />
        </span>
      ))}
    </span>
  )
}

/** In degrees from the top, where the first person is. */
function arrowAngle(index: number, count: number): number {
  return ((index + 0.5) * 360) / count
}

function RingWords({ ring }: { readonly ring: RingView }) {
  const { t } = useLingui()
  const { go } = useNavigation()
  const { nameOf } = useTopics()
  const forMe = ring.steps.at(-1)
  return (
    <div className="ring-words">
      <ol>
        {ring.steps.map((step, index) => {
          const taker = ring.steps[(index + 1) % ring.steps.length]?.giver.pseudonym ?? ''
          const giver = step.giver.pseudonym
          const [topic, wished] = [nameOf(step.topic), nameOf(step.wished)]
          const what = step.topic === step.wished ? topic : t`${topic}, close to: ${wished}`
          return (
            <li key={step.offerId}>
              {step.mine ? (
                <Trans>
                  You give <bdi>{taker}</bdi>: {what}
                </Trans>
              ) : step === forMe ? (
                <Trans>
                  <bdi>{giver}</bdi> gives you: {what}
                </Trans>
              ) : (
                <Trans>
                  <bdi>{giver}</bdi> gives <bdi>{taker}</bdi>: {what}
                </Trans>
              )}
            </li>
          )
        })}
      </ol>
      {forMe !== undefined && (
        <Button onPress={() => go({ at: 'offer', id: forMe.offerId })}>
          <Trans>See what is for you</Trans>
        </Button>
      )}
    </div>
  )
}
