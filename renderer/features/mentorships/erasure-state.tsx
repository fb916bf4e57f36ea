import { Trans } from '@lingui/react/macro'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { Live } from '../../ui/live.tsx'
import { Notice } from '../../ui/notice.tsx'

/** What was deleted here, and what is known of the other side. */
export function ErasureState({ mentorship: { erasure, contact } }: { readonly mentorship: MentorshipView }) {
  const name = contact.pseudonym
  return (
    <Live className="stack stack-tight">
      {erasure.workspace === 'asked' && (
        <Notice tone="waiting">
          <p>
            <Trans>
              What you kept together is deleted here. <bdi>{name}</bdi>’s app is asked to do the same, and has not
              confirmed it yet. It cannot be made to.
            </Trans>
          </p>
        </Notice>
      )}
      {erasure.workspace === 'done' && (
        <Notice tone="reached">
          <p>
            <Trans>
              What you kept together is deleted here, and <bdi>{name}</bdi>’s app has confirmed that it has deleted its
              part.
            </Trans>
          </p>
        </Notice>
      )}
      {erasure.files === 'asked' && (
        <Notice tone="waiting">
          <p>
            <Trans>
              The conversation’s files are deleted here. <bdi>{name}</bdi>’s app is asked to do the same, and has not
              confirmed it yet. What was saved elsewhere stays there.
            </Trans>
          </p>
        </Notice>
      )}
      {erasure.files === 'done' && (
        <Notice tone="reached">
          <p>
            <Trans>
              The conversation’s files are deleted here, and <bdi>{name}</bdi>’s app has confirmed that it has deleted
              its own. What was saved elsewhere stays there.
            </Trans>
          </p>
        </Notice>
      )}
    </Live>
  )
}
