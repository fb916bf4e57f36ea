import { Trans, useLingui } from '@lingui/react/macro'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Appearance } from './appearance.tsx'
import { PrivacyModes } from './privacy-modes.tsx'
import { Promises } from './promises.tsx'
import { ReadReceipts } from './read-receipts.tsx'
import { VoiceNotes } from './voice-notes.tsx'

/** What protects this person, what does not, and what they can set. */
export function SafetyPage() {
  const { t } = useLingui()
  const client = useClient()
  const lock = useAction(() => client.vault.lock())
  return (
    <Page
      title={t`Safety`}
      action={
        <Button kind="primary" icon="lock" isPending={lock.pending} onPress={() => void lock.run()}>
          <Trans>Lock now</Trans>
        </Button>
      }
    >
      <ProblemNotice problem={lock.problem} />
      <Section title={t`If someone comes in`}>
        <p>
          <Trans>
            Press <kbd>Esc</kbd> twice, anywhere: everything is locked at once and a page of notes lies on top. To come
            back, choose Open and give your passphrase.
          </Trans>
        </p>
      </Section>
      <Section title={t`Who can see your address`}>
        <PrivacyModes />
      </Section>
      <Section title={t`What you can count on`}>
        <Promises />
      </Section>
      <Section title={t`What contacts learn`}>
        <ReadReceipts />
        <VoiceNotes />
      </Section>
      <Section title={t`Settings`}>
        <Appearance />
      </Section>
    </Page>
  )
}
