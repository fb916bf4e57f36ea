import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { FileView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { saveAs } from '../../ui/save-as.ts'
import { readWhole } from './transfer.ts'

/** Out of the vault to the disk: only if the person wants it, and knows what that means. */
export function Save({ file }: { readonly file: FileView }) {
  const { t } = useLingui()
  const client = useClient()
  const [asking, setAsking] = useState(false)
  const save = useAction(async () => {
    saveAs(file.name, await readWhole(client, file, new AbortController().signal))
  })
  return (
    <>
      <Button icon="down" isPending={save.pending} onPress={() => setAsking(true)}>
        <Trans>Save</Trans>
      </Button>
      <ProblemNotice problem={save.problem} />
      <Confirm
        isOpen={asking}
        title={t`Save it outside of Staffetta?`}
        action={t`Save it`}
        onClose={() => setAsking(false)}
        onConfirm={() => void save.run()}
      >
        <p>
          <Trans>
            It is then on your disk without a lock: whoever has your device can open it, other programs and copies in
            the cloud may take it along, and deleting it may leave traces.
          </Trans>
        </p>
        {file.mediaType === 'other' && (
          <p>
            <Trans>Staffetta does not look into it. Open it only if you trust whoever sent it.</Trans>
          </p>
        )}
      </Confirm>
    </>
  )
}
