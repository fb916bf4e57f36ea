import { Trans } from '@lingui/react/macro'
import type { IntroductionView } from '../../../core/api/views.ts'
import { Tag } from '../../ui/notice.tsx'

/** That an introduction came with one of this person's invite tokens, and with which. */
export function Invited({ introduction: { invited } }: { readonly introduction: IntroductionView }) {
  if (invited === null) return null
  const { note } = invited
  return (
    <Tag tone="reached" icon="link">
      {note === '' ? (
        <Trans>With a personal invite</Trans>
      ) : (
        <Trans>
          Invited: <bdi>{note}</bdi>
        </Trans>
      )}
    </Tag>
  )
}
