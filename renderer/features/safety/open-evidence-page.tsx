import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { EvidenceView } from '../../../core/api/safety.ts'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { toBase64url } from '../files/base64url.ts'
import { EvidenceShown } from './evidence-shown.tsx'

/** Somebody's evidence, from a file: checked on this device, shown, and not kept. */
export function OpenEvidencePage() {
  const { t } = useLingui()
  const client = useClient()
  const [evidence, setEvidence] = useState<EvidenceView>()
  const [isTooLong, setTooLong] = useState(false)
  const open = useAction(async (file: File) => {
    setEvidence(undefined)
    const tooLong = file.size > limits.evidence.bytes || file.size === 0
    setTooLong(tooLong)
    if (tooLong) return
    const bundle = toBase64url(new Uint8Array(await file.arrayBuffer()))
    setEvidence(await client.safety.openEvidence({ bundle }))
  })
  return (
    <Page
      title={t`Open evidence`}
      lead={<Trans>A file that somebody saved for checking. It is looked at on this device alone, and not kept.</Trans>}
      back
    >
      <div>
        <FileTrigger
          onSelect={(files) => {
            const file = files?.[0]
            if (file !== undefined) void open.run(file)
          }}
        >
          <Button kind="primary" icon="file" isPending={open.pending}>
            <Trans>Choose a file</Trans>
          </Button>
        </FileTrigger>
      </div>
      <ProblemNotice problem={open.problem} />
      {isTooLong && (
        <Notice tone="danger">
          <p>
            <Trans>
              This file is no evidence of Staffetta’s. Nothing was opened; choose the one that ends in “.proof”.
            </Trans>
          </p>
        </Notice>
      )}
      {evidence !== undefined && <EvidenceShown evidence={evidence} />}
    </Page>
  )
}
