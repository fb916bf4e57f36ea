import { Trans, useLingui } from '@lingui/react/macro'
import { Empty } from '../../ui/page.tsx'
import { useLibrary } from './use-library.ts'

/** Beside the list while nothing is read; nothing where there is nothing to choose. */
export function NoArticleChosen() {
  const { t } = useLingui()
  const { library } = useLibrary()
  if (library === undefined || library.articles.length === 0) return null
  return (
    <Empty title={t`Choose an article`} middle>
      <p>
        <Trans>Each is signed by someone whom the founder of this community named.</Trans>
      </p>
    </Empty>
  )
}
