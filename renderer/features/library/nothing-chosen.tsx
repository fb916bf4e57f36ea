import { Trans, useLingui } from '@lingui/react/macro'
import { Empty } from '../../ui/page.tsx'

/** Beside the list while nothing is read. */
export function NoArticleChosen() {
  const { t } = useLingui()
  return (
    <Empty title={t`Choose an article`} middle>
      <p>
        <Trans>Each is signed by someone whom the founder of this community named.</Trans>
      </p>
    </Empty>
  )
}
