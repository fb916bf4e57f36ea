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
      lead={<Trans>Nobody can tell that two pseudonyms are yours, unless the way you write does.</Trans>}
      back
    >
      <PseudonymForm communityId={community.id} onCreated={() => replace({ at: 'you' })} />
    </Page>
  )
}
