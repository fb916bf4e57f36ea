import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { OfferDraft } from '../../../core/api/offers.ts'
import type { AuthorView } from '../../../core/api/views.ts'
import { Person } from '../../ui/weave.tsx'
import { formatWords, kindWords, levelWords } from '../../words/offers.ts'
import { languageName } from '../../words/languages.ts'
import { fullDate } from '../../words/time.ts'
import { useTopics } from '../../words/topics.ts'
import { KindMark } from './kind-mark.tsx'
import './discover.css'
import { useRegion } from '../../locales/use-region.ts'

interface OfferBodyProps {
  readonly draft: OfferDraft
  readonly author: AuthorView
  /** Milliseconds since 1970; unknown while it is being written, and to everyone but its author. */
  readonly expiresAt?: number
  /** Under the author's name. */
  readonly children?: ReactNode
}

/** An offer or a request under its title, as everyone in the community reads it. */
export function OfferBody({ draft, author, expiresAt, children }: OfferBodyProps) {
  const { i18n } = useLingui()
  const { nameOf } = useTopics()
  const region = useRegion()
  // entries with a capital of their own: commas, and no word between them
  const list = new Intl.ListFormat(i18n.locale, { type: 'unit', style: 'short' })
  return (
    <div className="offer-body">
      <div className="offer-topics">
        <KindMark kind={draft.kind}>{i18n._(kindWords[draft.kind])}</KindMark>
        {draft.topics.map((topic) => (
          <span key={topic} className="topic-chip">
            {nameOf(topic)}
          </span>
        ))}
      </div>
      <Person author={author} size="middle">
        {children}
      </Person>
      <p className="prose" dir="auto">
        {draft.text}
      </p>
      <dl className="offer-facts">
        <dt>
          <Trans>Languages</Trans>
        </dt>
        <dd>{list.format(draft.languages.map((tag) => languageName(i18n.locale, tag)))}</dd>
        <dt>{draft.kind === 'offer' ? <Trans>For whom</Trans> : <Trans>Where I stand</Trans>}</dt>
        <dd>{i18n._(levelWords[draft.level])}</dd>
        <dt>
          <Trans>How</Trans>
        </dt>
        <dd>{list.format(draft.formats.map((format) => i18n._(formatWords[format])))}</dd>
        {expiresAt !== undefined && (
          <>
            <dt>
              <Trans>Here until</Trans>
            </dt>
            <dd>{fullDate(region, expiresAt)}</dd>
          </>
        )}
      </dl>
    </div>
  )
}
