import { Trans, useLingui } from '@lingui/react/macro'
import type { MentorshipSummary } from '../../../core/api/mentorships.ts'
import type { IconName } from '../../ui/icon.tsx'
import { Tag, type Tone } from '../../ui/notice.tsx'
import { stateWords, teachesWords, waitsForWords } from '../../words/mentorships.ts'

const looks: Readonly<Record<MentorshipSummary['state'], readonly [Tone, IconName]>> = {
  proposed: ['waiting', 'queued'],
  active: ['reached', 'mentorships'],
  paused: ['plain', 'timer'],
  finished: ['plain', 'check'],
  'ended-early': ['plain', 'close'],
}

export function StateTag({ state }: Pick<MentorshipSummary, 'state'>) {
  const { i18n } = useLingui()
  const [tone, icon] = looks[state]
  return (
    <Tag tone={tone} icon={icon}>
      {i18n._(stateWords[state])}
    </Tag>
  )
}

/** The foremost of what waits for this person. */
export function WaitTag({ waits: [first] }: Pick<MentorshipSummary, 'waits'>) {
  const { i18n } = useLingui()
  if (first === undefined) return null
  return (
    <Tag tone={first === 'check-in' ? 'plain' : 'waiting'} icon={first === 'check-in' ? 'info' : 'queued'}>
      {i18n._(waitsForWords[first])}
    </Tag>
  )
}

/** Who teaches whom, and what brought them together. */
export function Subject({ mentorship: { teaches, offerTitle } }: { readonly mentorship: MentorshipSummary }) {
  const { i18n } = useLingui()
  const words = i18n._(teachesWords[teaches])
  return (
    <Trans>
      {words}: <bdi>{offerTitle}</bdi>
    </Trans>
  )
}
