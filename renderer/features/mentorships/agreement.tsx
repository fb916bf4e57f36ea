import { Trans, useLingui } from '@lingui/react/macro'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { agreementTexts } from '../../words/mentorships.ts'
import { isOver } from './parts.ts'
import { SharedText } from './shared-text.tsx'
import { TermsSection } from './terms.tsx'
import { useDeed } from './use-mentorship.ts'

/** What the two want with each other, and whether both stand by what it says now. */
export function Agreement({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { i18n } = useLingui()
  const { id, agreement, contact, beganAt, state } = mentorship
  const isClosed = isOver(mentorship)
  return (
    <div className={state === 'proposed' ? 'stack' : 'stack stack-wide'}>
      {!isClosed && beganAt !== null && <Agreed mentorship={mentorship} />}
      {(['what', 'boundaries', 'fallback'] as const).map((field) => (
        <SharedText
          key={field}
          mentorshipId={id}
          field={field}
          text={agreement[field]}
          title={i18n._(agreementTexts[field].title)}
          hint={i18n._(agreementTexts[field].hint)}
          name={contact.pseudonym}
          limit={limits.agreementText}
          isClosed={isClosed || state === 'proposed'}
        />
      ))}
      <TermsSection mentorshipId={id} terms={agreement} isClosed={isClosed || state === 'proposed'} />
      {!isClosed && (
        <SeenBy>
          {state === 'proposed' ? (
            <Trans>Only the two of you can read this.</Trans>
          ) : (
            <Trans>Only the two of you can read this. Each may change it; it holds once both have agreed.</Trans>
          )}
        </SeenBy>
      )}
    </div>
  )
}

/** Who has agreed to what stands there now. */
function Agreed({ mentorship: { id, agreement, contact } }: { readonly mentorship: MentorshipView }) {
  const name = contact.pseudonym
  const { mine, theirs } = agreement.agreed
  const agree = useDeed(id, (mentorships) => mentorships.agree({ mentorshipId: id, version: agreement.version }))
  return (
    <div className="stack stack-tight">
      <Live>
        {mine && theirs ? (
          <Notice tone="reached">
            <p>
              <Trans>Both of you have agreed to what stands here.</Trans>
            </p>
          </Notice>
        ) : mine ? (
          <Notice tone="waiting">
            <p>
              <Trans>
                You have agreed to what stands here. <bdi>{name}</bdi> has agreed to an earlier wording, and sees that
                it changed.
              </Trans>
            </p>
          </Notice>
        ) : (
          <Notice tone="waiting">
            <p>
              {theirs ? (
                <Trans>
                  It was changed since you agreed. <bdi>{name}</bdi> has agreed to what stands here now.
                </Trans>
              ) : (
                <Trans>It was changed since both of you agreed.</Trans>
              )}
            </p>
          </Notice>
        )}
      </Live>
      <ProblemNotice problem={agree.problem} />
      {!mine && (
        <div className="row">
          <Button kind="primary" icon="check" isPending={agree.pending} onPress={() => void agree.run()}>
            <Trans>Agree to what stands here</Trans>
          </Button>
        </div>
      )}
    </div>
  )
}
