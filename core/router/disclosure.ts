import { implement } from '@orpc/server'
import { disclosureContract } from '../api/disclosure.ts'
import type { ConversationId, PersonaId } from '../base/ids.ts'
import type { AppState } from '../session/app-state.ts'

const at = implement(disclosureContract)

/** What a person shows of themselves; the router around it keeps secrets in. */
export function disclosureRouter(app: AppState) {
  const disclosures = () => app.session().disclosures
  return at.router({
    card: at.card.handler(({ input }) => disclosures().card(input.personaId as PersonaId)),
    saveCard: at.saveCard.handler(({ input }) => disclosures().saveCard(input.personaId as PersonaId, input.words)),
    saveVoice: at.saveVoice.handler(({ input }) => disclosures().saveVoice(input.personaId as PersonaId, input.voice)),
    ownVoice: at.ownVoice.handler(({ input }) => disclosures().ownVoice(input.personaId as PersonaId)),
    view: at.view.handler(({ input }) => disclosures().view(input.conversationId as ConversationId)),
    show: at.show.handler(({ input }) => disclosures().show(input.conversationId as ConversationId, input.fields)),
    takeBack: at.takeBack.handler(({ input }) =>
      disclosures().takeBack(input.conversationId as ConversationId, input.fields),
    ),
    voice: at.voice.handler(({ input }) => disclosures().voice(input.conversationId as ConversationId, input.mine)),
    log: at.log.handler(() =>
      [...app.session().introductions.shownWith(), ...disclosures().log()].toSorted((a, b) => b.at - a.at),
    ),
  })
}
