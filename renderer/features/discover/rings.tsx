import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { RingView } from '../../../core/api/matching.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { Button } from '../../ui/button.tsx'
import { Lookalike } from '../../ui/lookalike.tsx'
import { Tag } from '../../ui/notice.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { useTopics } from '../../words/topics.ts'
import { useOffers, useRings } from './discover-state.tsx'
import { HiddenNote } from '../guardians/hidden-note.tsx'
import { guardiansOf, useHidden, type Hidden } from '../guardians/use-hidden.ts'
import './rings.css'

interface ShownRings {
  /** Those in which nobody stands whom a guardian's list hides, or all of them where that is wished. */
  readonly rings: readonly RingView[]
  /** Those with somebody whom a list hides. */
  readonly listed: readonly RingView[]
  readonly hidden: Hidden
}

function useShownRings(showsHidden: boolean): ShownRings {
  const hidden = useHidden('offers')
  const all = useRings()
  const listed = all.filter((ring) => offersOf(ring).some((id) => hidden.has(id)))
  return { rings: showsHidden ? all : all.filter((ring) => !listed.includes(ring)), listed, hidden }
}

/** All that the people of a ring wrote for it. */
function offersOf({ steps }: RingView): string[] {
  return steps.flatMap(({ offerId, requestId }) => [offerId, requestId])
}

/** Circles of two or three in which everybody gives and gets, this person among them. */
export function Rings() {
  const { t } = useLingui()
  const [showsHidden, setShowsHidden] = useState(false)
  const shown = useShownRings(showsHidden)
  if (shown.rings.length + shown.listed.length === 0) return null
  return (
    <section className="stack">
      <h2>{t`Give and get in a ring`}</h2>
      <RingsNote {...shown} isShown={showsHidden} onChange={setShowsHidden} />
      {shown.rings.length > 0 && <RingList rings={shown.rings} />}
    </section>
  )
}

/** The same as a page of its own: beside the list there is no room for it in a narrow window. */
export function RingsPage() {
  const { t } = useLingui()
  const [showsHidden, setShowsHidden] = useState(false)
  const shown = useShownRings(showsHidden)
  return (
    <>
      <BackWhenNarrow />
      <Page title={t`Give and get in a ring`}>
        <RingsNote {...shown} isShown={showsHidden} onChange={setShowsHidden} />
        {shown.rings.length === 0 ? (
          <Empty title={t`No ring now`}>
            <p>
              <Trans>
                Rings are found among what people here give and look for. Write an offer that says what you would like
                in return, and look again in some days.
              </Trans>
            </p>
          </Empty>
        ) : (
          <RingList rings={shown.rings} />
        )}
      </Page>
    </>
  )
}

interface RingsNoteProps extends ShownRings {
  readonly isShown: boolean
  readonly onChange: (isShown: boolean) => void
}

/** That rings are hidden, on whose list, and the way to see them. */
function RingsNote({ listed, hidden, isShown, onChange }: RingsNoteProps) {
  const guardians = guardiansOf(hidden, listed.flatMap(offersOf))
  return <HiddenNote count={listed.length} guardians={guardians} isShown={isShown} onChange={onChange} />
}

/** The way there, in the list. @param showsHidden also to rings that a guardian's list hides */
export function RingsEntry({ showsHidden }: { readonly showsHidden: boolean }) {
  const { t } = useLingui()
  const { go, route } = useNavigation()
  const { rings } = useShownRings(showsHidden)
  const giver = rings[0]?.steps.at(-1)?.giver
  if (giver === undefined) return null
  return (
    <ul className="rows" aria-label={t`Rings`}>
      <Row
        picture={<Weave weave={giver.weave} />}
        title={t`Give and get in a ring`}
        isCurrent={route.at === 'rings'}
        onPress={() => go({ at: 'rings' })}
      >
        <span className="row-line">
          {t({ message: plural({ count: rings.length }, { one: 'One ring for you', other: '# rings for you' }) })}
        </span>
      </Row>
    </ul>
  )
}

function RingList({ rings }: { readonly rings: readonly RingView[] }) {
  const { t } = useLingui()
  return (
    <ul className="ring-list" aria-label={t`Give and get in a ring`}>
      {rings.map((ring) => (
        <li key={ring.steps.map(({ offerId, requestId }) => `${offerId} ${requestId}`).join(' ')} className="ring">
          <RingPicture ring={ring} />
          <RingWords ring={ring} />
        </li>
      ))}
    </ul>
  )
}

/** The weaves around a circle, each giving to the next in the sense of the clock. */
export function RingPicture({ ring }: { readonly ring: RingView }) {
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
  const { offers } = useOffers()
  const isAsked = offers?.find(({ id }) => id === forMe?.offerId)?.introduced === true
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
              {!step.mine && <Lookalike author={step.giver} />}
            </li>
          )
        })}
      </ol>
      {isAsked && (
        <Tag tone="waiting">
          <Trans>You introduced yourself</Trans>
        </Tag>
      )}
      {forMe !== undefined && (
        <Button onPress={() => go({ at: 'offer', id: forMe.offerId })}>
          <Trans>See what is for you</Trans>
        </Button>
      )}
    </div>
  )
}
