import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { UnfinishedOffer } from '../../../core/api/offers.ts'
import type { AuthorView } from '../../../core/api/views.ts'
import { Person } from '../../ui/weave.tsx'
import { kindWords } from '../../words/offers.ts'
import { useTopics } from '../../words/topics.ts'
import { KindMark } from './kind-mark.tsx'
import { OfferFacts } from './offer-facts.tsx'
import './discover.css'

interface OfferBodyProps {
  readonly draft: UnfinishedOffer
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
  return (
    <div className="offer-body">
      <div className="offer-topics">
        <KindMark kind={draft.kind}>{i18n._(kindWords[draft.kind])}</KindMark>
        {draft.topics.map((topic) => (
          <span key={topic} className="topic-chip">
            {nameOf(topic)}
          </span>
        ))}
        {draft.tags.map((tag) => (
          <bdi key={tag} className="topic-chip topic-chip-own">
            #{tag}
          </bdi>
        ))}
      </div>
      <Person author={author} size="middle">
        {children}
      </Person>
      <p className="prose" dir="auto">
        {draft.text}
      </p>
      <OfferFacts draft={draft} expiresAt={expiresAt} />
    </div>
  )
}
