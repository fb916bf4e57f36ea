import { useLingui } from '@lingui/react/macro'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Page } from '../../ui/page.tsx'
import { JoinOrCreate } from '../welcome/join-or-create.tsx'

/** One more community. */
export function AnotherCommunity() {
  const { t } = useLingui()
  const { select } = useBelonging()
  const { replace } = useNavigation()
  return (
    <Page title={t`Another community`} lead={t`The communities you are in do not learn of each other.`} back>
      <JoinOrCreate
        onDone={(id) => {
          select(id)
          replace({ at: 'discover' })
        }}
      />
    </Page>
  )
}
