import { implement } from '@orpc/server'
import { contract } from '../api/contract.ts'
import type { CircleId, CircleMemberId, ConversationId, MessageId, PersonaId } from '../base/ids.ts'
import type { AppState } from '../session/app-state.ts'
import { faultBoundary } from './faults.ts'

/** The part of the contract that is about circles. */
export function circlesRouter(app: AppState) {
  const at = implement(contract).use(faultBoundary).circles
  const circles = () => app.session().circles
  const done = {}

  return at.router({
    list: at.list.handler(() => circles().list()),
    create: at.create.handler(({ input: { personaId, name, ownName } }) => {
      const persona = app.session().personas.get(personaId as PersonaId)
      return circles().create({ personaId: persona.id, communityId: persona.communityId, name, ownName })
    }),
    invite: at.invite.handler(({ input: { circleId, conversationIds } }) =>
      circles().invite(circleId as CircleId, conversationIds as ConversationId[]),
    ),
    withdrawInvitation: at.withdrawInvitation.handler(({ input: { circleId, conversationId } }) =>
      circles().withdrawInvitation(circleId as CircleId, conversationId as ConversationId),
    ),
    accept: at.accept.handler(({ input: { circleId, ownName } }) => circles().accept(circleId as CircleId, ownName)),
    decline: at.decline.handler(({ input }) => {
      circles().decline(input.circleId as CircleId)
      return done
    }),
    messages: at.messages.handler(({ input: { circleId, before, limit } }) =>
      circles().messages({ circleId: circleId as CircleId, before: before as MessageId | undefined, limit }),
    ),
    send: at.send.handler(({ input: { circleId, clientId, text } }) =>
      circles().send(circleId as CircleId, clientId as MessageId, text),
    ),
    resources: at.resources.handler(({ input }) => circles().resources(input.circleId as CircleId)),
    addResource: at.addResource.handler(({ input: { circleId, clientId, title, text } }) =>
      circles().addResource(circleId as CircleId, clientId as MessageId, { title, text }),
    ),
    withdrawResource: at.withdrawResource.handler(({ input }) => {
      circles().withdrawResource(input.messageId as MessageId)
      return done
    }),
    read: at.read.handler(({ input }) => {
      circles().read(input.circleId as CircleId)
      return done
    }),
    setMuted: at.setMuted.handler(({ input: { circleId, memberId, muted } }) =>
      circles().setMuted(circleId as CircleId, memberId as CircleMemberId, muted),
    ),
    remove: at.remove.handler(({ input: { circleId, memberId } }) =>
      circles().remove(circleId as CircleId, memberId as CircleMemberId),
    ),
    report: at.report.handler(async ({ input: { circleId, memberId, text } }) => {
      await circles().report(circleId as CircleId, memberId as CircleMemberId, text)
      return done
    }),
    leave: at.leave.handler(({ input }) => circles().leave(input.circleId as CircleId)),
    end: at.end.handler(({ input }) => circles().end(input.circleId as CircleId)),
    forget: at.forget.handler(({ input }) => {
      circles().forget(input.circleId as CircleId)
      return done
    }),
  })
}
