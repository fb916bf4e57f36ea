import { Trans, useLingui } from '@lingui/react/macro'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'

/** Whether contacts are told what was read, and are asked the same. */
export function ReadReceipts() {
  const { t } = useLingui()
  const client = useClient()
  const { data } = useView(['settings'], (client) => client.settings.view())
  const change = useAction((readReceipts: boolean) => client.settings.change({ readReceipts }))
  if (data === undefined) return null
  return (
    <>
      <OneOf
        label={t`What you have read`}
        hint={
          <Trans>
            It tells when you look at your device. You see what others have read only if you show the same, and only of
            those who show it too.
          </Trans>
        }
        value={data.readReceipts ? 'shown' : 'hidden'}
        onChange={(choice) => void change.run(choice === 'shown')}
        choices={[
          { id: 'hidden', name: t`Nobody is told` },
          { id: 'shown', name: t`Contacts are told, and I see what they have read` },
        ]}
      />
      <ProblemNotice problem={change.problem} />
    </>
  )
}
