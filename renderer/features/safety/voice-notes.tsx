import { Trans, useLingui } from '@lingui/react/macro'
import { limits } from '../../../core/api/limits.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { sizeName } from '../../words/amounts.ts'

/** Whether voice notes come without being asked for. */
export function VoiceNotes() {
  const { t } = useLingui()
  const region = useRegion()
  const client = useClient()
  const { data } = useView(['settings'], (client) => client.settings.view())
  const change = useAction((fetchVoice: boolean) => client.settings.change({ fetchVoice }))
  if (data === undefined) return null
  const most = sizeName(region, limits.file.voice)
  return (
    <>
      <OneOf
        label={t`Voice notes`}
        hint={
          <Trans>
            One that comes by itself tells its sender that your device has it. All other files come if you ask.
          </Trans>
        }
        value={data.fetchVoice ? 'all' : 'asked'}
        onChange={(choice) => void change.run(choice === 'all')}
        choices={[
          { id: 'asked', name: t`Come only if I ask` },
          { id: 'all', name: t`Come by themselves, up to ${most}` },
        ]}
      />
      <ProblemNotice problem={change.problem} />
    </>
  )
}
