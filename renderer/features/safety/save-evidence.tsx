import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { EvidenceView } from '../../../core/api/safety.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Section } from '../../ui/page.tsx'
import { fromBase64url } from '../files/base64url.ts'
import { saveAs } from '../../ui/save-as.ts'
import { evidenceText } from './evidence-text.ts'

interface SaveEvidenceProps {
  readonly bundle: string
  readonly evidence: EvidenceView
}

/** Out of the vault: a file that can be checked, and one that anybody can read. Their names tell nothing. */
export function SaveEvidence({ bundle, evidence }: SaveEvidenceProps) {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const [asking, setAsking] = useState<'proof' | 'text'>()
  const day = new Date(evidence.madeAt).toISOString().slice(0, 10)
  const save = (): void => {
    if (asking === 'proof') saveAs(`notes-${day}.proof`, new Blob([fromBase64url(bundle)]))
    if (asking === 'text') {
      const text = evidenceText(i18n, region, evidence)
      saveAs(`notes-${day}.txt`, new Blob([text], { type: 'text/plain;charset=utf-8' }))
    }
  }
  return (
    <Section title={t`Keep it outside`}>
      <p>
        <Trans>
          Two files belong together: one to be checked with “Open evidence” in Staffetta, and one that anybody can read.
        </Trans>
      </p>
      <div className="row">
        <Button icon="down" onPress={() => setAsking('proof')}>
          <Trans>Save for checking</Trans>
        </Button>
        <Button icon="down" onPress={() => setAsking('text')}>
          <Trans>Save for reading</Trans>
        </Button>
      </div>
      <Confirm
        isOpen={asking !== undefined}
        title={t`Save it outside of Staffetta?`}
        action={t`Save it`}
        onClose={() => setAsking(undefined)}
        onConfirm={save}
      >
        <p>
          <Trans>
            It is then on your disk without a lock: whoever has your device can open it, other programs and copies in
            the cloud may take it along, and deleting it may leave traces.
          </Trans>
        </p>
      </Confirm>
    </Section>
  )
}
