import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Page } from '../../ui/page.tsx'
import { PseudonymForm } from '../welcome/pseudonym-form.tsx'

/** One more pseudonym in the same community. */
export function NewPersona() {
  const { t } = useLingui()
  const { replace } = useNavigation()
  const { community } = useBelonging()
  return (
    <Page
      title={t`Another pseudonym`}
      lead={
        <Trans>
          What you publish does not say that two pseudonyms are yours. But in this version whoever runs a community
          computer can find out, and so can someone who talks with both. So can anyone who knows the way you write.
        </Trans>
      }
      back
    >
      <PseudonymForm communityId={community.id} onCreated={() => replace({ at: 'you' })} />
    </Page>
  )
}
