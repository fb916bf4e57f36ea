import { useEffect, useMemo, useState } from 'react'
import { limits } from '../../../core/api/limits.ts'
import type { ArticleView, FoundArticleView, LibraryView } from '../../../core/api/library.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useBelonging } from '../../shell/community-context.ts'

/** All articles that are on this device. */
export function useLibrary(): { readonly library: LibraryView | undefined; readonly error: unknown } {
  const { community } = useBelonging()
  const { data, error } = useView(['library', community.id], (client) =>
    client.library.list({ communityId: community.id }),
  )
  return { library: data, error }
}

/** One article in all its languages; undefined before it is known. */
export function useVersions(articleId: string): readonly ArticleView[] | undefined {
  const { library } = useLibrary()
  return useMemo(() => library?.articles.filter((article) => article.articleId === articleId), [library, articleId])
}

/** What has all words of a text; undefined while nothing is looked for, or before it is found. */
export function useFoundArticles(text: string): readonly FoundArticleView[] | undefined {
  const client = useClient()
  const { community } = useBelonging()
  const { library } = useLibrary()
  const [found, setFound] = useState<readonly FoundArticleView[]>()
  const wanted = text.trim().slice(0, limits.searchText)
  useEffect(() => {
    // what is found is another where articles came
    if (wanted === '' || library === undefined) return undefined
    const abort = new AbortController()
    const { signal } = abort
    void client.library
      .search({ communityId: community.id, text: wanted, limit: 100 }, { signal })
      .catch((): FoundArticleView[] => [])
      .then((now) => signal.aborted || setFound(now))
    return () => abort.abort()
  }, [client, community.id, wanted, library])
  return wanted === '' ? undefined : found
}
