import { Trans, useLingui } from '@lingui/react/macro'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Warnings } from '../guardians/warnings.tsx'
import { Advice } from './advice.tsx'
import { Appearance } from './appearance.tsx'
import { PrivacyModes } from './privacy-modes.tsx'
import { Promises } from './promises.tsx'
import { ReadReceipts } from './read-receipts.tsx'
import { Uneasy } from './uneasy.tsx'
import { VoiceNotes } from './voice-notes.tsx'

interface SafetyPageProps {
  /** The conversation that the person came from. */
  readonly about: string | undefined
}

/** What helps, what protects this person and what does not, and what they can set. */
export function SafetyPage({ about }: SafetyPageProps) {
  const { t } = useLingui()
  const client = useClient()
  const { go } = useNavigation()
  const lock = useAction(() => client.vault.lock())
  return (
    <Page
      title={t`Safety`}
      back={about !== undefined}
      action={
        <Button kind="primary" icon="lock" isPending={lock.pending} onPress={() => void lock.run()}>
          <Trans>Lock now</Trans>
        </Button>
      }
    >
      <ProblemNotice problem={lock.problem} />
      <Warnings />
      <Section title={t`If somebody makes you uneasy`}>
        <Uneasy about={about} />
      </Section>
      <Section title={t`Good to know`}>
        <Advice />
        <div>
          <Button kind="plain" icon="info" onPress={() => go({ at: 'safety-intro' })}>
            <Trans>The five screens from the beginning</Trans>
          </Button>
        </div>
      </Section>
      <Section title={t`If someone comes in`}>
        <p>
          <Trans>
            Press <kbd>Esc</kbd> twice, anywhere: everything is locked at once and a page of notes lies on top. To come
            back, choose Open and give your passphrase.
          </Trans>
        </p>
      </Section>
      <Section title={t`What others can see of you`}>
        <VisibleToOthers />
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

function VisibleToOthers() {
  return (
    <ul className="intro-points">
      <li>
        <Trans>
          Everyone in your community: your offers and requests, with the pseudonym and the weave beside them.
        </Trans>
      </li>
      <li>
        <Trans>Somebody you introduce yourself to: the pseudonym that you chose, and your words.</Trans>
      </li>
      <li>
        <Trans>A contact: what you write and send, and whether you are here while you talk.</Trans>
      </li>
      <li>
        <Trans>A guardian: nothing, but for what you pass to them yourself.</Trans>
      </li>
    </ul>
  )
}
