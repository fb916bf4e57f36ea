import { Trans, useLingui } from '@lingui/react/macro'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { SeenBy } from '../../ui/notice.tsx'
import { isOver } from './parts.ts'
import { Links } from './links.tsx'
import { SharedFiles } from './shared-files.tsx'
import { SharedText } from './shared-text.tsx'

/** What both have at hand: notes, links, files. */
export function Things({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const isClosed = isOver(mentorship)
  return (
    <div className="stack stack-wide">
      <SharedText
        mentorshipId={mentorship.id}
        field="notes"
        text={mentorship.notes}
        title={t`Notes of both`}
        hint={t`What you tried, what to practise until next time.`}
        name={mentorship.contact.pseudonym}
        limit={limits.notes}
        isClosed={isClosed}
        lines={8}
      />
      <Links mentorship={mentorship} isClosed={isClosed} />
      <SharedFiles mentorship={mentorship} isClosed={isClosed} />
      <SeenBy>
        <Trans>Only the two of you can read this.</Trans>
      </SeenBy>
    </div>
  )
}
