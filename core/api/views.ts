import { z } from 'zod'
import { cardWords } from './card.ts'
import { limits } from './limits.ts'
import { recordEvents } from './record-events.ts'
import { isReaction } from './reaction.ts'
import { anyLine, plainLine } from './texts.ts'
import { timers } from './timers.ts'
import { utf8Length } from './utf8-length.ts'

export { anyLine, limits, plainLine }

const id = z.string().regex(/^[0-9a-f]{32}$/)
const time = z.number().int().nonnegative()
export const topicId = z.string().regex(/^[a-z0-9-]{1,40}$/)
/** A community's own topic: no built-in one begins so. */
export const ownTopicId = z.string().regex(/^own-[a-z0-9]{8,36}$/)
/** BCP 47, primary language only: `it`, `fr`. */
export const languageTag = z.string().regex(/^[a-z]{2,3}$/)

/** For this person's own eyes. */
export const tokenNote = anyLine(limits.tokenNote)

export const pseudonym = plainLine(limits.pseudonym.max).min(limits.pseudonym.min)
export const privacyMode = z.enum(['tor', 'relay', 'direct'])

/** How a persona is drawn: numbers from its key, so that the same key always gives the same weave. */
export const weave = z.object({
  /** Thread colours: an index into the design system's thread palette, 0 to 11. */
  threads: z.array(z.number().int().min(0).max(11)).min(2).max(3),
  /** One of four motifs, distinguishable without colour. */
  motif: z.number().int().min(0).max(3),
  /** 8 x 8 cells, 0 to threads.length - 1. */
  cells: z.array(z.number().int().min(0).max(2)).length(64),
})

export const vaultView = z.object({ state: z.enum(['absent', 'locked', 'open']) })

export const networkView = z.object({
  /** `offline`: switched off or no community; `connecting`: nothing reached yet; `reached`: at least one community node answers. */
  state: z.enum(['offline', 'connecting', 'reached']),
  privacyMode,
  nodesReached: z.number().int().nonnegative(),
  nodesKnown: z.number().int().nonnegative(),
})

export const communityView = z.object({
  id,
  name: z.string(),
  joinedAt: time,
  /** Whether this device runs a community node for it. */
  hosting: z.boolean(),
  network: networkView,
})

export const inviteView = z.object({
  communityName: z.string(),
  expiresAt: time,
  nodes: z.number().int().nonnegative(),
  alreadyMember: z.boolean(),
})

export const personaView = z.object({ id, communityId: id, pseudonym: z.string(), weave, createdAt: time })

export const authorView = z.object({
  pseudonym: z.string(),
  weave,
  /** There where the pseudonym has letters that could be taken for others, as of another script. */
  lookalike: z.literal(true).optional(),
})

/** Work in the background that the person can watch and cancel. */
export const progress = z.object({
  phase: z.enum(['waiting', 'working', 'storing']),
  /** 0 to 1 within the phase. */
  fraction: z.number().min(0).max(1),
})

/** An introduction that came in and waits for an answer. */
export const introductionView = z.object({
  id,
  personaId: id,
  offerId: id,
  offerTitle: z.string(),
  from: authorView,
  text: z.string(),
  /** What they show of themselves with it. */
  card: cardWords,
  receivedAt: time,
  /** Bits of memory-hard work that it shows. */
  work: z.number().int().min(0).max(256),
  /** Where it was made with one of this person's invite tokens that is still alive. */
  invited: z.object({ tokenId: id, note: z.string() }).nullable(),
})

/** An invite token of a persona's: whoever introduces themselves with it stands first. */
export const inviteTokenView = z.object({
  id,
  personaId: id,
  /** For this person alone: whom it was given to. */
  note: z.string(),
  /** What is handed on, in private. */
  text: z.string(),
  createdAt: time,
})

/** An introduction that this person sent. */
export const sentIntroductionView = z.object({
  id,
  personaId: id,
  to: authorView,
  offerTitle: z.string(),
  text: z.string(),
  /** What this person showed with it; of one that was accepted it stands with the conversation. */
  card: cardWords,
  createdAt: time,
  state: z.enum(['preparing', 'waiting', 'accepted', 'expired', 'failed', 'cancelled']),
  progress: progress.nullable(),
  /** Bits of memory-hard work that are done for it. */
  workBits: z.number().int(),
  /** Whether it carries an invite token. */
  invited: z.boolean(),
  /** It failed because too many introductions lie at this offer: with more work it may still get there. */
  crowded: z.boolean(),
})

/** `read` only where both sides show it. */
export const deliveryState = z.enum(['queued', 'stored', 'delivered', 'read'])

export const messageText = z
  .string()
  .min(1)
  .refine((text) => utf8Length(text) <= limits.messageBytes)
export const reaction = z.string().refine(isReaction)
export const timerSeconds = z.number().refine((seconds) => timers.includes(seconds))
/**
 * Something that was said, or a line about the conversation: `timer` (its new setting), `session-reset` (its keys
 * were renewed), `event` (something beside it was changed). The text of a `file` is its name; the rest of it is in
 * `files.list`, by the message's id.
 */
export const messageKind = z.enum(['text', 'file', 'unreadable', 'deleted', 'timer', 'session-reset', 'event'])

export const messageView = z.object({
  id,
  conversationId: id,
  /** Position on screen: rises from message to message, never changes. Those that disappeared leave a gap. */
  position: z.number().int().nonnegative(),
  mine: z.boolean(),
  kind: messageKind,
  text: z.string(),
  /** Of kind `event`. */
  event: z.enum(recordEvents).nullable(),
  /** When it was written, by the writer's clock; clamped to the arrival. */
  sentAt: time,
  edited: z.boolean(),
  /** What it answers; without id where that is no longer here. */
  reply: z.object({ messageId: id.nullable(), mine: z.boolean(), text: z.string() }).nullable(),
  reactions: z.object({ mine: z.string().nullable(), theirs: z.string().nullable() }),
  /** Seconds after which it disappears, from when it was read (one's own: delivered). 0: never. */
  timer: z.number().int().nonnegative(),
  /** When it does; null before that began to run. */
  expiresAt: time.nullable(),
  /** Until when it can be changed (a text) or deleted for both; null where it cannot. */
  changeableUntil: time.nullable(),
  /** Only on one's own messages. */
  delivery: deliveryState.nullable(),
})

export const mediaType = z.enum([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'audio/webm',
  'audio/ogg',
  'audio/mp4',
  'other',
])

/** What was taken off a file before it is sent: `author` is a person in it, `name` its own name. */
export const trace = z.enum(['place', 'camera', 'time', 'author', 'text', 'preview', 'other', 'name'])

/** A file that is ready to be sent. */
export const fileDraftView = z.object({
  id,
  name: z.string(),
  mediaType,
  size: z.number().int().positive(),
  /** What it told and does not any more. */
  removed: z.array(trace),
  /** A picture without what it told beside its pixels. Anything else goes as it is, with all that is in it. */
  cleaned: z.boolean(),
})

/** A file in a conversation. */
export const fileView = z.object({
  id,
  conversationId: id,
  messageId: id,
  mine: z.boolean(),
  /** Harmless to save under and to show. */
  name: z.string(),
  /** Of what came, a picture only once it was looked at and is sound; `other` is for saving, never for showing. */
  mediaType,
  size: z.number().int().positive(),
  /**
   * The other's: `offered` until the person asks for it, `waiting` for a live channel, `moving`, `paused`, `here`,
   * `failed` (see `problem`), `refused` (the other does not have it any more), `gone` (removed here). Own:
   * `offered`, `moving` while the other gets it, `here` once they have all of it, `gone`.
   */
  state: z.enum(['offered', 'waiting', 'moving', 'paused', 'here', 'failed', 'refused', 'gone']),
  problem: z.enum(['wrong-content', 'disk-full']).nullable(),
  /** How much of it is here (of the other's) or there (of an own one, while it moves), 0 to 1. */
  fraction: z.number().min(0).max(1),
  /** Whether `files.read` gives it. */
  readable: z.boolean(),
})
/** A message that was searched for. */
export const foundMessageView = z.object({ message: messageView, contact: authorView })

export const conversationView = z.object({
  id,
  personaId: id,
  communityId: id,
  contact: authorView,
  offerTitle: z.string(),
  createdAt: time,
  lastMessage: messageView.nullable(),
  /** Counted up to 1,000. */
  unread: z.number().int().nonnegative(),
  /** Whether a live channel is open now, and how. */
  channel: z.enum(['none', 'relay', 'direct']),
  /** `mine` and `theirs` must both be true before either address is shown to the other. */
  direct: z.object({ mine: z.boolean(), theirs: z.boolean() }),
  /** Seconds after which new messages disappear; 0: never. */
  timer: z.number().int().nonnegative(),
  muted: z.boolean(),
  /** Nothing of this contact is fetched, and nothing goes to them. They are not told. */
  blocked: z.boolean(),
  /** `asked`: this side ended it; `confirmed`: and the other's app has deleted it; `by-contact`: the other side ended it. */
  ending: z.enum(['none', 'asked', 'confirmed', 'by-contact']),
  draft: z.string(),
  /** Whether this person compared the safety number and found it the same. */
  verified: z.boolean(),
  /** `renewing`: a session reset is under way; `changed`: the contact has another key, and nothing goes on before `goOn`. */
  keys: z.enum(['ok', 'renewing', 'changed']),
})

/** What both compare to know that nobody sits between them. */
export const safetyNumberView = z.object({
  /** 60 digits, the same on both sides. */
  digits: z.string().regex(/^\d{60}$/),
  /** For a QR code that the other scans. */
  code: z.string(),
  /** Whether this person said that they compared it. */
  verified: z.boolean(),
  /** It is that of a new key: nothing goes on before the person says so. */
  changed: z.boolean(),
})

/** Why messages are still queued. */
export const waitingView = z.object({
  /** How many. */
  queued: z.number().int().nonnegative(),
  /**
   * `offline`: no community node answers; `working`: their work is being done, or they are being stored;
   * `retrying`: the nodes did not take them, and they are tried again; `blocked`: this contact is blocked.
   */
  reason: z.enum(['none', 'offline', 'working', 'retrying', 'blocked']),
  /** When the next try is; null where nothing is tried again. */
  nextTryAt: time.nullable(),
})

export const settingsView = z.object({
  privacyMode,
  /** `system` follows the device. */
  language: z.enum(['system', 'en', 'it']),
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  /** Lock after so many minutes without use; 0 means never. */
  autoLockMinutes: z.number().int().min(0).max(240),
  /** Fetches voice notes of up to 1 MiB without being asked. */
  fetchVoice: z.boolean(),
  /** Tells contacts what was read, and shows what they have read. Only where both have it on. */
  readReceipts: z.boolean(),
  /** Whether the five screens about safety are still to be shown: they were neither read nor skipped. */
  safetyIntro: z.enum(['due', 'seen']),
})

export type Weave = z.infer<typeof weave>
export type Progress = z.infer<typeof progress>
export type VaultView = z.infer<typeof vaultView>
export type NetworkView = z.infer<typeof networkView>
export type CommunityView = z.infer<typeof communityView>
export type InviteView = z.infer<typeof inviteView>
export type PersonaView = z.infer<typeof personaView>
export type AuthorView = z.infer<typeof authorView>
export type IntroductionView = z.infer<typeof introductionView>
export type SentIntroductionView = z.infer<typeof sentIntroductionView>
export type InviteTokenView = z.infer<typeof inviteTokenView>
export type DeliveryState = z.infer<typeof deliveryState>
export type MessageView = z.infer<typeof messageView>
export type MediaType = z.infer<typeof mediaType>
export type FileDraftView = z.infer<typeof fileDraftView>
export type FileView = z.infer<typeof fileView>
export type FoundMessageView = z.infer<typeof foundMessageView>
export type WaitingView = z.infer<typeof waitingView>
export type SafetyNumberView = z.infer<typeof safetyNumberView>
export type ConversationView = z.infer<typeof conversationView>
export type SettingsView = z.infer<typeof settingsView>
export type PrivacyMode = z.infer<typeof privacyMode>
