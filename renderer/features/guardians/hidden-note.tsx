import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import './guardians.css'

interface HiddenNoteProps {
  readonly count: number
  readonly guardians: readonly string[]
  readonly isShown: boolean
  readonly onChange: (isShown: boolean) => void
}

/** That something is hidden, and by whom; and the way to see it all the same. */
export function HiddenNote({ count, guardians, isShown, onChange }: HiddenNoteProps) {
  const { t } = useLingui()
  if (count === 0) return null
  const names = guardians.join(', ')
  return (
    <div className="hidden-note">
      <span>
        {t({ message: plural({ count }, { one: '# is hidden', other: '# are hidden' }) })},{' '}
        <Trans>
          on the list of <bdi>{names}</bdi>
        </Trans>
      </span>
      <Button kind="plain" onPress={() => onChange(!isShown)}>
        {isShown ? <Trans>Hide again</Trans> : <Trans>Show anyway</Trans>}
      </Button>
    </div>
  )
}

interface ListedNoticeProps {
  readonly guardians: readonly string[] | undefined
  readonly on: 'offer' | 'introduction'
}

/** On the page of what a list names: that it does, and what to make of it. */
export function ListedNotice({ guardians, on }: ListedNoticeProps) {
  if (guardians === undefined) return null
  const names = guardians.join(', ')
  return (
    <Notice tone="waiting" icon="warning">
      <p>
        {on === 'offer' ? (
          <Trans>
            This pseudonym is on the list of <bdi>{names}</bdi>. What they say about it is under Safety; you decide.
          </Trans>
        ) : (
          <Trans>
            Somebody of this name is on the list of <bdi>{names}</bdi>. Names can be copied: it may be another person.
          </Trans>
        )}
      </p>
    </Notice>
  )
}
