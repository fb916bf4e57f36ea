import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { wordField } from './card.ts'
import { charterContract } from './charter.ts'
import { disclosureContract } from './disclosure.ts'
import { circlesContract } from './circles.ts'
import { errors } from './errors.ts'
import { appEvent } from './events.ts'
import { mentorships } from './mentorships.ts'
import { libraryContract } from './library.ts'
import { ringView, suggestionView, wish } from './matching.ts'
import { offerKind, offersContract, offerView } from './offers.ts'
import { safetyContract } from './safety.ts'
import { topicLanguages } from './topic-languages.ts'
import { topicGroupView } from './topics.ts'
import { vouchesContract } from './vouches.ts'
import {
  communityView,
  conversationView,
  fileDraftView,
  fileView,
  foundMessageView,
  introductionView,
  inviteTokenView,
  inviteView,
  limits,
  messageText,
  messageView,
  personaView,
  pseudonym,
  reaction,
  safetyNumberView,
  sentIntroductionView,
  settingsView,
  timerSeconds,
  tokenNote,
  topicId,
  vaultView,
  waitingView,
} from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const passphrase = z.string().min(1).max(limits.passphrase.max)
const link = z.string().trim().min(1).max(limits.link)
const workBits = z.number().int().min(limits.introductionWork.min).max(limits.introductionWork.max)
/** Bytes as base64url. */
const piece = z
  .string()
  .min(1)
  .max(Math.ceil((limits.file.piece * 4) / 3))
  .regex(/^[A-Za-z0-9_-]+$/)
const done = z.object({})
const by = oc.errors(errors)

/**
 * Everything that a window can ask of core. Both doors serve exactly this.
 *
 * Long work (mining, storing, waiting for a peer) never runs inside a call: the
 * call saves the wish in the vault and returns; progress comes as events, and
 * the wish survives a crash.
 */
export const contract = {
  /** All changes from now on. Ends when the app stops. */
  events: by.output(eventIterator(appEvent)),

  vault: {
    view: by.output(vaultView),
    /** Errors: vault-exists, weak-passphrase, profile-in-use, disk-full. */
    create: by.input(z.object({ passphrase })).output(vaultView),
    /** Errors: vault-absent, wrong-passphrase, vault-damaged, vault-newer. */
    unlock: by.input(z.object({ passphrase })).output(vaultView),
    /** Stops the network, forgets the key. Idempotent. */
    lock: by.output(vaultView),
  },

  communities: {
    list: by.output(z.array(communityView)),
    /**
     * Makes the secret, and either a network key and a community node on this
     * device, or takes the key of a community node that already runs.
     * Errors: invite-mangled, invite-expired, invite-unknown-version (of the node link).
     */
    create: by
      .input(z.object({ name: z.string().trim().min(1).max(limits.communityName), nodeLink: link.optional() }))
      .output(communityView),
    /** For the operator of a community node: the network key and no secret. Errors: not-found. */
    nodeLink: by.input(z.object({ communityId: id })).output(z.object({ link: z.string() })),
    /** A community node that an operator set up with our node link. Errors: as create, wrong-network-key. */
    addNode: by.input(z.object({ communityId: id, link })).output(communityView),
    /** A link for others. Errors: not-found. */
    invite: by
      .input(z.object({ communityId: id, days: z.number().int().min(1).max(30) }))
      .output(z.object({ link: z.string(), expiresAt: z.number() })),
    /** What a link says, without joining. Errors: invite-mangled, invite-expired, invite-unknown-version. */
    inspect: by.input(z.object({ link })).output(inviteView),
    /** Errors: as inspect, already-member. */
    join: by.input(z.object({ link })).output(communityView),
    /** Looks for introductions and messages now; resolves when all that was found is saved. Errors: unreachable. */
    check: by.input(z.object({ communityId: id })).output(done),
    /** Tries the nodes again at once. */
    reconnect: by.input(z.object({ communityId: id })).output(done),
  },

  personas: {
    list: by.output(z.array(personaView)),
    /** Pseudonyms to choose from, in a language. */
    propose: by.input(z.object({ language: z.enum(['en', 'it']) })).output(z.array(z.string()).length(6)),
    create: by.input(z.object({ communityId: id, pseudonym })).output(personaView),
  },

  charter: charterContract,

  library: libraryContract,

  topics: {
    /** The taxonomy, group by group, in the words of a language; with a community, its own before the others. */
    list: by
      .input(z.object({ language: z.enum(topicLanguages), communityId: id.optional() }))
      .output(z.array(topicGroupView)),
  },

  offers: offersContract,

  /** Of what this device has read: no question leaves it. */
  matching: {
    /**
     * What answers a wish; without one, what answers this person's own offers and requests. The best first, and every
     * fifth place is kept for somebody who is new here. Up to `limit`, then up to `limit` more whose authors are on a
     * list of guardians who are followed (`safety.hidden`). Of contacts who are blocked, nothing.
     */
    suggest: by
      .input(z.object({ communityId: id, wish: wish.optional(), limit: z.number().int().min(1).max(100) }))
      .output(z.array(suggestionView)),
    /**
     * All words of it, the last one as a beginning: in an offer, or in what its topics are called in any language.
     * What has them in title, author or topics stands first.
     */
    search: by
      .input(
        z.object({
          communityId: id,
          text: z.string().trim().min(1).max(limits.searchText),
          kind: offerKind.optional(),
          topic: topicId.optional(),
          limit: z.number().int().min(1).max(200),
        }),
      )
      .output(z.array(offerView)),
    /**
     * Who could teach each other in a circle of two or three with this person in it; pairs first, then rings of three,
     * then both with somebody whom this person asked already. Up to `limit`, then up to `limit` more with somebody who
     * is on a list of guardians who are followed (`safety.hidden`). With contacts who are blocked, none.
     */
    rings: by.input(z.object({ communityId: id, limit: z.number().int().min(1).max(50) })).output(z.array(ringView)),
  },

  introductions: {
    /** Those with an invite token first, then by work, then the newest. */
    pending: by.output(z.array(introductionView)),
    sent: by.output(z.array(sentIntroductionView)),
    /**
     * Saves and begins to send. `token`: what the author handed out. `workBits`: more than the least for an author who
     * gets many introductions; each bit takes twice as long.
     * Errors: offer-gone, wrong-state (own offer, or introduced already), invite-mangled, invite-unknown-version.
     */
    send: by
      .input(
        z.object({
          personaId: id,
          offerId: id,
          text: z.string().trim().min(1).max(limits.introductionText),
          /** Fields of the persona's card to show with it; those that are not on it are left out. */
          show: z.array(wordField).max(5).optional(),
          token: z.string().trim().min(1).max(limits.tokenText).optional(),
          workBits: workBits.optional(),
        }),
      )
      .output(sentIntroductionView),
    cancel: by.input(z.object({ introductionId: id })).output(done),
    /** With more work, where it is said. Errors: not-found, wrong-state. */
    retry: by.input(z.object({ introductionId: id, workBits: workBits.optional() })).output(done),
    accept: by.input(z.object({ introductionId: id })).output(conversationView),
    /** Silent to the other side; forgotten here. */
    decline: by.input(z.object({ introductionId: id })).output(done),
    /** Invite tokens of this person's personas, newest first. */
    tokens: by.output(z.array(inviteTokenView)),
    /** To be handed on in private. Errors: not-found (persona), wrong-state (as many as there may be). */
    makeToken: by.input(z.object({ personaId: id, note: tokenNote })).output(inviteTokenView),
    /** Introductions made with it stand among the others from now on. Errors: not-found. */
    revokeToken: by.input(z.object({ tokenId: id })).output(done),
  },

  conversations: {
    list: by.output(z.array(conversationView)),
    /** The last `limit` messages before `before` (a position), oldest first. */
    messages: by
      .input(
        z.object({ conversationId: id, before: z.number().int().optional(), limit: z.number().int().min(1).max(200) }),
      )
      .output(z.array(messageView)),
    /**
     * Saved in the vault before it returns. `clientId` makes a repeated call harmless.
     * Errors: message-too-long, wrong-state (ended, or blocked), key-changed (the person has to look at it first),
     * bad-input (nothing here to reply to).
     */
    send: by
      .input(z.object({ conversationId: id, clientId: id, text: messageText, replyTo: id.optional() }))
      .output(messageView),
    /** An emoji, or nothing to take it back. Errors: as send. */
    react: by.input(z.object({ messageId: id, emoji: reaction })).output(messageView),
    /** An own text, for both, within an hour. Errors: as send. */
    edit: by.input(z.object({ messageId: id, text: messageText })).output(messageView),
    /** An own one, for both, within an hour; "deleted" stays in its place. Errors: as send. */
    deleteForBoth: by.input(z.object({ messageId: id })).output(messageView),
    /** Without a trace, here alone. */
    deleteHere: by.input(z.object({ messageId: id })).output(done),
    /** Everything up to a position was seen. */
    read: by.input(z.object({ conversationId: id, upTo: z.number().int() })).output(done),
    /** For what is written from now on, by both. Errors: as send. */
    setTimer: by.input(z.object({ conversationId: id, seconds: timerSeconds })).output(conversationView),
    saveDraft: by
      .input(
        z.object({
          conversationId: id,
          text: z.string().refine((text) => text === '' || messageText.safeParse(text).success),
        }),
      )
      .output(done),
    /** All words of it, the last one as a beginning; the newest first. */
    search: by
      .input(
        z.object({
          text: z.string().trim().min(1).max(limits.searchText),
          conversationId: id.optional(),
          limit: z.number().int().min(1).max(100),
        }),
      )
      .output(z.array(foundMessageView)),
    /** Why something is still queued. */
    waiting: by.input(z.object({ conversationId: id })).output(waitingView),
    setMuted: by.input(z.object({ conversationId: id, muted: z.boolean() })).output(conversationView),
    /** Silent to the other side: messages wait on both sides until it is taken back. */
    setBlocked: by.input(z.object({ conversationId: id, blocked: z.boolean() })).output(conversationView),
    /** Deletes the messages here and asks the other's app to do the same; nothing can be written any more. */
    end: by.input(z.object({ conversationId: id })).output(conversationView),
    /** Deletes the conversation here, with its keys. The other side is not told. */
    forget: by.input(z.object({ conversationId: id })).output(done),
    /** To be compared with the contact. Errors: wrong-state (the keys are being renewed). */
    safetyNumber: by.input(z.object({ conversationId: id })).output(safetyNumberView),
    /**
     * Whether a code that the contact shows is that of the same number.
     * Errors: bad-input (it is the code of something else), wrong-state.
     */
    compareSafetyNumber: by
      .input(z.object({ conversationId: id, code: z.string().trim().min(1).max(limits.safetyCode) }))
      .output(z.object({ match: z.boolean() })),
    /** That this person found it the same. Errors: wrong-state (a changed key was not looked at yet). */
    setVerified: by.input(z.object({ conversationId: id, verified: z.boolean() })).output(conversationView),
    /** With the contact's new key, once its number was seen. Errors: wrong-state (no key has changed). */
    goOn: by.input(z.object({ conversationId: id })).output(conversationView),
    /** Lets this contact learn this device's address; needs privacy mode `direct` and the other's consent too. */
    allowDirect: by.input(z.object({ conversationId: id, allowed: z.boolean() })).output(conversationView),
  },

  mentorships,
  circles: circlesContract,

  /**
   * A file goes to core in pieces of up to `limits.file.piece` bytes (base64url): begin, append, finish; then it is
   * sent, or discarded. It travels over a live channel only, once the other asked for it.
   */
  files: {
    /** Errors: wrong-state (as many as there may be at once), disk-full. */
    begin: by
      .input(
        z.object({
          name: z.string().max(limits.fileName),
          mediaType: z.string().max(limits.fileName),
          size: z.number().int().min(1).max(limits.file.bytes),
        }),
      )
      .output(z.object({ draftId: id })),
    /** The same piece again is harmless. Errors: not-found, wrong-state, bad-input; disk-full: the draft is gone then. */
    append: by
      .input(z.object({ draftId: id, offset: z.number().int().nonnegative(), bytes: piece }))
      .output(z.object({ received: z.number().int() })),
    /**
     * Says what was removed. `asOther`: as a plain file, with everything in it.
     * Errors: not-found, bad-input, disk-full; picture-unreadable, too-large (of a picture): finish it again, or discard it.
     */
    finish: by.input(z.object({ draftId: id, asOther: z.boolean().optional() })).output(fileDraftView),
    discard: by.input(z.object({ draftId: id })).output(done),
    /** `clientId` makes a repeated call harmless. Errors: not-found, wrong-state (not finished, ended, blocked). */
    send: by.input(z.object({ draftId: id, conversationId: id, clientId: id })).output(messageView),
    /** Of a conversation, in the order in which they were offered. */
    list: by.input(z.object({ conversationId: id })).output(z.array(fileView)),
    /** Asks for one that was offered, or failed. Errors: not-found, wrong-state. */
    accept: by.input(z.object({ fileId: id })).output(fileView),
    pause: by.input(z.object({ fileId: id })).output(fileView),
    resume: by.input(z.object({ fileId: id })).output(fileView),
    /** What came is removed; it may be asked for again. */
    cancel: by.input(z.object({ fileId: id })).output(fileView),
    /** The content from `offset` on, up to 64 KiB (base64url). Errors: not-found, wrong-state (not here), unreadable. */
    read: by
      .input(z.object({ fileId: id, offset: z.number().int().nonnegative() }))
      .output(z.object({ bytes: z.string(), end: z.boolean() })),
    /** From this device: its key is destroyed. An own one cannot be fetched any more. */
    remove: by.input(z.object({ fileId: id })).output(fileView),
  },

  /** Help against other people: evidence of what was said. */
  safety: safetyContract,

  disclosure: disclosureContract,

  vouches: vouchesContract,

  settings: {
    view: by.output(settingsView),
    /** Errors: mode-unavailable (tor is not in this version). */
    change: by.input(settingsView.partial()).output(settingsView),
  },
}

export type Contract = typeof contract
