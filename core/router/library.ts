import { implement } from '@orpc/server'
import { libraryContract } from '../api/library.ts'
import type { CommunityId } from '../base/ids.ts'
import type { AppState } from '../session/app-state.ts'
import { faultBoundary } from './faults.ts'

/** A community's shared articles. */
export function libraryRouter(app: AppState) {
  const at = implement(libraryContract).use(faultBoundary)
  const library = () => app.session().library
  return at.router({
    list: at.list.handler(({ input }) => library().list(input.communityId as CommunityId)),
    read: at.read.handler(({ input }) =>
      library().read(input.communityId as CommunityId, input.articleId, input.language),
    ),
    search: at.search.handler(({ input }) =>
      library().search(input.communityId as CommunityId, input.text, input.limit),
    ),
    publish: at.publish.handler(({ input: { communityId, ...article } }) =>
      library().publish(communityId as CommunityId, article),
    ),
    withdraw: at.withdraw.handler(({ input }) => {
      library().withdraw(input.communityId as CommunityId, input.articleId, input.language)
      return {}
    }),
    refresh: at.refresh.handler(async ({ input, signal }) => {
      const { commons, communities } = app.session()
      await commons.refresh(communities.get(input.communityId as CommunityId).id, signal)
      return {}
    }),
  })
}
