import { Trans, useLingui } from '@lingui/react/macro'
import { Threshold } from '../../shell/threshold.tsx'
import { JoinOrCreate } from './join-or-create.tsx'

/** The vault is open and empty: an invite, or a community of one's own. */
export function FirstCommunity({ onDone }: { readonly onDone: (communityId: string) => void }) {
  const { t } = useLingui()
  return (
    <Threshold
      title={t`Your community`}
      lead={<Trans>A group of people who trust each other enough to share what they know.</Trans>}
    >
      <JoinOrCreate onDone={onDone} />
    </Threshold>
  )
}
