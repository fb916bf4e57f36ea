import { Trans } from '@lingui/react/macro'
import type { AuthorView } from '../../core/api/views.ts'
import { Tag } from './notice.tsx'

/** Beside a pseudonym whose letters could be taken for others; nothing beside any other. */
export function Lookalike({ author }: { readonly author: Pick<AuthorView, 'lookalike'> }) {
  if (author.lookalike !== true) return null
  return (
    <Tag tone="waiting" icon="warning">
      <Trans>Look-alike letters</Trans>
    </Tag>
  )
}
