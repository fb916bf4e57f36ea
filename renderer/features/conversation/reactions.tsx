import { useLingui } from '@lingui/react/macro'
import type { MessageView } from '../../../core/api/views.ts'

/** Signs that the two of them put to a message. */
export function Reactions({
  reactions,
  author,
}: {
  readonly reactions: MessageView['reactions']
  readonly author: string
}) {
  const { t } = useLingui()
  const { mine, theirs } = reactions
  if (mine === null && theirs === null) return null
  return (
    <p className="reactions">
      {mine !== null && (
        <span className="reaction">
          <span>{mine}</span>
          <span className="reaction-by">{t`You`}</span>
        </span>
      )}
      {theirs !== null && (
        <span className="reaction">
          <span>{theirs}</span>
          <bdi className="reaction-by">{author}</bdi>
        </span>
      )}
    </p>
  )
}
