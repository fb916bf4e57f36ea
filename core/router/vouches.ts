import { implement } from '@orpc/server'
import { vouchesContract } from '../api/vouches.ts'
import type { CommunityId, ConversationId, VouchId } from '../base/ids.ts'
import type { AppState } from '../session/app-state.ts'

const at = implement(vouchesContract)
const done = {}

/** What people vouch for; the router around it keeps secrets in. */
export function vouchesRouter(app: AppState) {
  const vouches = () => app.session().vouches
  return at.router({
    list: at.list.handler(() => vouches().list()),
    give: at.give.handler(async ({ input }) => {
      await vouches().give(input.conversationId as ConversationId, input.topic)
      return done
    }),
    ask: at.ask.handler(async ({ input }) => {
      await vouches().ask(input.conversationId as ConversationId, input.topic)
      return done
    }),
    takeBack: at.takeBack.handler(async ({ input }) => {
      await vouches().takeBack(input.vouchId as VouchId)
      return done
    }),
    remove: at.remove.handler(({ input }) => {
      vouches().remove(input.vouchId as VouchId)
      return done
    }),
    setShown: at.setShown.handler(({ input }) => {
      vouches().setShown(input.vouchId as VouchId, input.shown)
      return done
    }),
    counts: at.counts.handler(({ input }) => vouches().counts(input.communityId as CommunityId)),
    beginning: at.beginning.handler(({ input }) => vouches().beginning(input.conversationId as ConversationId)),
  })
}
