import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { UnfinishedOffer } from '../../../core/api/offers.ts'
import { useRegion } from '../../locales/use-region.ts'
import { languageName } from '../../words/languages.ts'
import { commaList } from '../../words/lists.ts'
import { durationWords, formatWords, levelWords } from '../../words/offers.ts'
import { fullDate } from '../../words/time.ts'
import { useTopics } from '../../words/topics.ts'
import { AvailabilityPicture } from './availability-picture.tsx'

interface OfferFactsProps {
  readonly draft: UnfinishedOffer
  /** Milliseconds since 1970; unknown while it is being written, and to everyone but its author. */
  readonly expiresAt?: number | undefined
}

/** What one needs to know to choose. What is not said of a thing is left out. */
export function OfferFacts({ draft, expiresAt }: OfferFactsProps) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const { nameOf } = useTopics()
  const list = (entries: readonly string[]): string => commaList(i18n.locale, entries)
  const { inReturn, capacity } = draft
  const isOffer = draft.kind === 'offer'
  const returned = list(inReturn.topics.map(nameOf))
  return (
    <dl className="offer-facts">
      <Fact name={t`Languages`}>{list(draft.languages.map((tag) => languageName(i18n.locale, tag)))}</Fact>
      <Fact name={isOffer ? t`For whom` : t`Where I stand`}>{i18n._(levelWords[draft.level])}</Fact>
      <Fact name={t`How`}>{list(draft.formats.map((format) => i18n._(formatWords[format])))}</Fact>
      <Fact name={t`How long`}>{i18n._(durationWords[draft.duration])}</Fact>
      <Fact name={t`How many at once`}>
        {t({ message: plural({ count: capacity }, { one: 'One person', other: 'Up to # people' }) })}
      </Fact>
      {draft.availability.length > 0 && (
        <div className="offer-fact-wide">
          <dt>{t`Time, by your clock`}</dt>
          <dd>
            <AvailabilityPicture blocks={draft.availability} />
          </dd>
        </div>
      )}
      <Fact name={isOffer ? t`In return` : t`I can give`}>
        {returned === '' && inReturn.text === '' ? (
          isOffer ? (
            <Trans>Nothing</Trans>
          ) : (
            <Trans>Not said</Trans>
          )
        ) : (
          <>
            {returned !== '' && <p>{returned}</p>}
            {inReturn.text !== '' && <Words text={inReturn.text} />}
          </>
        )}
      </Fact>
      {draft.meet !== '' && (
        <Fact name={t`Hopes to meet`}>
          <Words text={draft.meet} />
        </Fact>
      )}
      {draft.boundaries !== '' && (
        <Fact name={t`Boundaries`}>
          <Words text={draft.boundaries} />
        </Fact>
      )}
      {expiresAt !== undefined && <Fact name={t`Here until`}>{fullDate(region, expiresAt)}</Fact>}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Words({ text }: { readonly text: string }) {
  return (
    <p className="prose" dir="auto">
      {text}
    </p>
  )
}
