import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { EvidenceShown } from '../safety/evidence-shown.tsx'
import { SaveEvidence } from '../safety/save-evidence.tsx'

/** What somebody passed to this person as a guardian. */
export function ReportPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const client = useClient()
  const { go, replace } = useNavigation()
  const [asking, setAsking] = useState(false)
  const { data, error } = useView(['safety', 'report', id], (client) => client.safety.openReport({ reportId: id }))
  const remove = useAction(async () => {
    await client.safety.deleteReport({ reportId: id })
    replace({ at: 'guardians' })
  })
  if (data === undefined) {
    return error === undefined ? null : (
      <Page title={t`This is no longer here`} back>
        <ProblemNotice problem={problemOf(error)} />
      </Page>
    )
  }
  const { about } = data.report
  const canBlock = data.evidence.contact.keyOf === 'persona'
  return (
    <Page
      title={t`About ${about}`}
      lead={
        <Trans>
          Passed to you alone. Nothing is answered by itself. Hear both sides before you judge, and bring nobody into
          danger.
        </Trans>
      }
      back
    >
      <EvidenceShown evidence={data.evidence} />
      <div className="row">
        <Button
          kind="primary"
          icon="write"
          onPress={() => go({ at: 'write-notice', ...(canBlock ? { blocks: { reportId: id } } : {}) })}
        >
          <Trans>Say something to everyone</Trans>
        </Button>
        <Button icon="remove" isPending={remove.pending} onPress={() => setAsking(true)}>
          <Trans>Delete it here</Trans>
        </Button>
      </div>
      <ProblemNotice problem={remove.problem} />
      <SaveEvidence bundle={data.bundle} evidence={data.evidence} />
      <Confirm
        isOpen={asking}
        title={t`Delete this report?`}
        action={t`Delete it here`}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove.run()}
      >
        <p>
          <Trans>It is gone from this device and does not come back. Whoever passed it on is not told.</Trans>
        </p>
      </Confirm>
    </Page>
  )
}
