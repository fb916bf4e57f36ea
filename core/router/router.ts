import { implement, type Context, type Router } from '@orpc/server'
import { contract } from '../api/contract.ts'
import type { AppState } from '../session/app-state.ts'
import type {
  CommunityId,
  ConversationId,
  DraftId,
  FileId,
  IntroductionId,
  MessageId,
  OfferId,
  PersonaId,
  TokenId,
} from '../base/ids.ts'
import { addNode, createCommunity, inspect, invite, join, nodeLink } from '../session/communities.ts'
import { sendFile } from '../session/files.ts'
import { personaView } from '../session/personas.ts'
import { topicGroups } from '../topics/words.ts'
import { proposePseudonyms } from '../personas/pseudonyms.ts'
import { charterRouter } from './charter.ts'
import { circlesRouter } from './circles.ts'
import { faultBoundary } from './faults.ts'
import { disclosureRouter } from './disclosure.ts'
import { mentorshipsRouter } from './mentorships.ts'
import { offersRouter } from './offers.ts'
import { libraryRouter } from './library.ts'
import { safetyRouter } from './safety.ts'
import { vouchesRouter } from './vouches.ts'

/** Named, because what is inferred is too long for the compiler to write down. */
export type AppRouter = Router<typeof contract, Context>

/**
 * The contract, answered by the app. Nothing but translation happens here: ids
 * get their brands, services do the work, `faultBoundary` keeps secrets in.
 */
export function createRouter(app: AppState): AppRouter {
  const at = implement(contract).use(faultBoundary)
  const { introductions, conversations, files } = {
    introductions: () => app.session().introductions,
    conversations: () => app.session().conversations,
    files: () => app.session().files,
  }
  const done = {}

  return at.router({
    events: at.events.handler(({ signal }) => app.bus.events(signal)),

    vault: {
      view: at.vault.view.handler(() => app.vault()),
      create: at.vault.create.handler(({ input }) => app.create(input.passphrase)),
      unlock: at.vault.unlock.handler(({ input }) => app.unlock(input.passphrase)),
      lock: at.vault.lock.handler(() => app.lock()),
    },

    communities: {
      list: at.communities.list.handler(() => app.session().communityViews()),
      create: at.communities.create.handler(({ input }) => createCommunity(app, input)),
      nodeLink: at.communities.nodeLink.handler(({ input }) => nodeLink(app, input.communityId as CommunityId)),
      addNode: at.communities.addNode.handler(({ input }) =>
        addNode(app, input.communityId as CommunityId, input.link),
      ),
      invite: at.communities.invite.handler(({ input }) => invite(app, input.communityId as CommunityId, input.days)),
      inspect: at.communities.inspect.handler(({ input }) => inspect(app, input.link)),
      join: at.communities.join.handler(({ input }) => join(app, input.link)),
      check: at.communities.check.handler(async ({ input, signal }) => {
        await app
          .session()
          .membership(input.communityId as CommunityId)
          .poller.check(signal)
        return done
      }),
      reconnect: at.communities.reconnect.handler(async ({ input }) => {
        await app
          .session()
          .membership(input.communityId as CommunityId)
          .node.reconnect()
        return done
      }),
    },

    personas: {
      list: at.personas.list.handler(() => app.session().personas.list().map(personaView)),
      propose: at.personas.propose.handler(({ input }) => proposePseudonyms(input.language, 6)),
      create: at.personas.create.handler(({ input }) => {
        const { communities, personas } = app.session()
        const { id } = communities.get(input.communityId as CommunityId)
        const persona = personas.create(id, input.pseudonym)
        app.bus.emit({ type: 'personas' })
        return personaView(persona)
      }),
    },

    charter: charterRouter(app),

    library: libraryRouter(app),

    topics: {
      list: at.topics.list.handler(({ input: { language, communityId } }) =>
        communityId === undefined
          ? topicGroups(language)
          : app
              .session()
              .charters.topics(communityId as CommunityId)
              .groups(language),
      ),
    },

    offers: offersRouter(app),

    matching: {
      suggest: at.matching.suggest.handler(({ input: { communityId, wish, limit } }) =>
        app.session().matching.suggest({ communityId: communityId as CommunityId, wish, limit }),
      ),
      search: at.matching.search.handler(({ input: { communityId, ...wish } }) =>
        app.session().matching.search({ communityId: communityId as CommunityId, ...wish }),
      ),
      rings: at.matching.rings.handler(({ input: { communityId, limit } }) =>
        app.session().matching.rings({ communityId: communityId as CommunityId, limit }),
      ),
    },

    introductions: {
      pending: at.introductions.pending.handler(() => introductions().pending()),
      sent: at.introductions.sent.handler(() => introductions().sent()),
      send: at.introductions.send.handler(({ input }) =>
        introductions().send({
          personaId: input.personaId as PersonaId,
          offerId: input.offerId as OfferId,
          text: input.text,
          show: input.show,
          ...(input.token === undefined ? {} : { token: input.token }),
          ...(input.workBits === undefined ? {} : { workBits: input.workBits }),
        }),
      ),
      cancel: at.introductions.cancel.handler(({ input }) => {
        introductions().cancel(input.introductionId as IntroductionId)
        return done
      }),
      retry: at.introductions.retry.handler(({ input }) => {
        introductions().retry(input.introductionId as IntroductionId, input.workBits)
        return done
      }),
      accept: at.introductions.accept.handler(async ({ input }) => {
        const id = await introductions().accept(input.introductionId as IntroductionId)
        return conversations().view(id)
      }),
      decline: at.introductions.decline.handler(({ input }) => {
        introductions().decline(input.introductionId as IntroductionId)
        return done
      }),
      tokens: at.introductions.tokens.handler(() => introductions().tokens()),
      makeToken: at.introductions.makeToken.handler(({ input }) =>
        introductions().makeToken(input.personaId as PersonaId, input.note),
      ),
      revokeToken: at.introductions.revokeToken.handler(({ input }) => {
        introductions().revokeToken(input.tokenId as TokenId)
        return done
      }),
    },

    conversations: {
      list: at.conversations.list.handler(() => conversations().list()),
      messages: at.conversations.messages.handler(({ input: { conversationId, before, limit } }) =>
        conversations().messages({
          conversationId: conversationId as ConversationId,
          limit,
          ...(before === undefined ? {} : { before }),
        }),
      ),
      send: at.conversations.send.handler(({ input }) =>
        conversations().send({
          conversationId: input.conversationId as ConversationId,
          clientId: input.clientId as MessageId,
          text: input.text,
          replyTo: input.replyTo as MessageId | undefined,
        }),
      ),
      react: at.conversations.react.handler(async ({ input }) => {
        await conversations().actions.react(input.messageId as MessageId, input.emoji)
        return conversations().message(input.messageId as MessageId)
      }),
      edit: at.conversations.edit.handler(async ({ input }) => {
        await conversations().actions.edit(input.messageId as MessageId, input.text)
        return conversations().message(input.messageId as MessageId)
      }),
      deleteForBoth: at.conversations.deleteForBoth.handler(async ({ input }) => {
        await conversations().actions.deleteForBoth(input.messageId as MessageId)
        return conversations().message(input.messageId as MessageId)
      }),
      deleteHere: at.conversations.deleteHere.handler(({ input }) => {
        conversations().deleteHere(input.messageId as MessageId)
        return done
      }),
      read: at.conversations.read.handler(({ input }) => {
        conversations().read({ conversationId: input.conversationId as ConversationId, upTo: input.upTo })
        return done
      }),
      setTimer: at.conversations.setTimer.handler(async ({ input }) => {
        await conversations().actions.setTimer(input.conversationId as ConversationId, input.seconds)
        return conversations().view(input.conversationId as ConversationId)
      }),
      saveDraft: at.conversations.saveDraft.handler(({ input }) => {
        conversations().saveDraft(input.conversationId as ConversationId, input.text)
        return done
      }),
      search: at.conversations.search.handler(({ input: { text, conversationId, limit } }) =>
        conversations().search({ text, conversationId: conversationId as ConversationId | undefined, limit }),
      ),
      waiting: at.conversations.waiting.handler(({ input }) =>
        conversations().waiting(input.conversationId as ConversationId),
      ),
      setMuted: at.conversations.setMuted.handler(({ input }) =>
        conversations().setMuted(input.conversationId as ConversationId, input.muted),
      ),
      setBlocked: at.conversations.setBlocked.handler(({ input }) =>
        conversations().setBlocked(input.conversationId as ConversationId, input.blocked),
      ),
      end: at.conversations.end.handler(async ({ input }) => {
        await conversations().actions.end(input.conversationId as ConversationId)
        return conversations().view(input.conversationId as ConversationId)
      }),
      forget: at.conversations.forget.handler(async ({ input }) => {
        await conversations().forget(input.conversationId as ConversationId)
        return done
      }),
      safetyNumber: at.conversations.safetyNumber.handler(({ input }) =>
        conversations().security.safetyNumber(input.conversationId as ConversationId),
      ),
      compareSafetyNumber: at.conversations.compareSafetyNumber.handler(({ input }) =>
        conversations().security.compare(input.conversationId as ConversationId, input.code),
      ),
      setVerified: at.conversations.setVerified.handler(({ input }) => {
        const id = input.conversationId as ConversationId
        conversations().security.setVerified(id, input.verified)
        return conversations().view(id)
      }),
      goOn: at.conversations.goOn.handler(async ({ input }) => {
        const id = input.conversationId as ConversationId
        await conversations().security.goOn(id)
        return conversations().view(id)
      }),
      allowDirect: at.conversations.allowDirect.handler(({ input }) =>
        conversations().allowDirect({
          conversationId: input.conversationId as ConversationId,
          allowed: input.allowed,
        }),
      ),
    },

    mentorships: mentorshipsRouter(app),
    circles: circlesRouter(app),

    files: {
      begin: at.files.begin.handler(async ({ input }) => ({ draftId: await files().begin(input) })),
      append: at.files.append.handler(async ({ input }) => ({
        received: await files().append(input.draftId as DraftId, input.offset, input.bytes),
      })),
      finish: at.files.finish.handler(({ input }) => files().finish(input.draftId as DraftId, input.asOther ?? false)),
      send: at.files.send.handler(({ input }) =>
        sendFile(app, {
          draftId: input.draftId as DraftId,
          conversationId: input.conversationId as ConversationId,
          clientId: input.clientId as MessageId,
        }),
      ),
      discard: at.files.discard.handler(async ({ input }) => {
        await files().discard(input.draftId as DraftId)
        return done
      }),
      list: at.files.list.handler(({ input }) => files().list(input.conversationId as ConversationId)),
      accept: at.files.accept.handler(({ input }) => files().accept(input.fileId as FileId)),
      pause: at.files.pause.handler(({ input }) => files().pause(input.fileId as FileId)),
      resume: at.files.resume.handler(({ input }) => files().resume(input.fileId as FileId)),
      cancel: at.files.cancel.handler(({ input }) => files().cancel(input.fileId as FileId)),
      read: at.files.read.handler(({ input }) => files().read(input.fileId as FileId, input.offset)),
      remove: at.files.remove.handler(({ input }) => files().remove(input.fileId as FileId)),
    },

    safety: safetyRouter(app),

    disclosure: disclosureRouter(app),

    vouches: vouchesRouter(app),

    settings: {
      view: at.settings.view.handler(() => app.session().settings.view()),
      change: at.settings.change.handler(({ input }) => app.session().changeSettings(input)),
    },
  })
}
