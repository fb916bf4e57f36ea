import { implement } from '@orpc/server'
import { charterContract } from '../api/charter.ts'
import type { CommunityId, PersonaId } from '../base/ids.ts'
import type { AppState } from '../session/app-state.ts'
import { faultBoundary } from './faults.ts'

/** What a founder says of a community. */
export function charterRouter(app: AppState) {
  const at = implement(charterContract).use(faultBoundary)
  const editing = () => app.session().charterEditing
  return at.router({
    view: at.view.handler(({ input }) => editing().view(input.communityId as CommunityId)),
    addGuardian: at.addGuardian.handler(({ input }) =>
      editing().addGuardian(input.communityId as CommunityId, input.name, input.code),
    ),
    removeGuardian: at.removeGuardian.handler(({ input }) =>
      editing().removeGuardian(input.communityId as CommunityId, input.key),
    ),
    addEditor: at.addEditor.handler(({ input }) =>
      editing().addEditor(input.communityId as CommunityId, input.name, input.code),
    ),
    removeEditor: at.removeEditor.handler(({ input }) =>
      editing().removeEditor(input.communityId as CommunityId, input.key),
    ),
    putTopic: at.putTopic.handler(({ input: { communityId, ...topic } }) =>
      editing().putTopic(communityId as CommunityId, topic),
    ),
    removeTopic: at.removeTopic.handler(({ input }) =>
      editing().removeTopic(input.communityId as CommunityId, input.id),
    ),
    guardianCode: at.guardianCode.handler(({ input }) => ({
      code: app.session().charters.guardianCode(input.communityId as CommunityId),
    })),
    editorCode: at.editorCode.handler(({ input }) => ({ code: editing().editorCode(input.personaId as PersonaId) })),
  })
}
