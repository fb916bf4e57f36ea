import { Trans, useLingui } from '@lingui/react/macro'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import type { PrivacyMode } from '../../../core/api/views.ts'

/** The three ways to be connected, each with what it shows of this device. */
export function PrivacyModes() {
  const { t } = useLingui()
  const client = useClient()
  const { data } = useView(['settings'], (client) => client.settings.view())
  const change = useAction((privacyMode: PrivacyMode) => client.settings.change({ privacyMode }))
  return (
    <div className="stack">
      <p className="small soft">
        <Trans>An address tells roughly where a device is, and who pays for its connection.</Trans>
      </p>
      <OneOf
        label={t`Way of connecting`}
        value={data?.privacyMode}
        onChange={(mode) => void change.run(mode)}
        isDisabled={data === undefined || change.pending}
        choices={[
          {
            id: 'tor',
            name: t`Through Tor`,
            hint: (
              <Trans>
                Nobody in Staffetta can see your address. Your internet provider can see that you use Tor. Not in this
                version yet.
              </Trans>
            ),
            isDisabled: true,
          },
          {
            id: 'relay',
            name: t`Through your community`,
            hint: (
              <Trans>
                Your contacts are not told your address. Your community’s computers see it, and in this version any
                member can set one up.
              </Trans>
            ),
          },
          {
            id: 'direct',
            name: t`Directly, with contacts I choose`,
            hint: (
              <Trans>
                Contacts with whom you both agree can see your address, and you theirs. For everyone else nothing
                changes. Your community’s computer can see your address.
              </Trans>
            ),
          },
        ]}
      />
      <ProblemNotice problem={change.problem} />
    </div>
  )
}
