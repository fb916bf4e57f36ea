import { oc } from '@orpc/contract'
import { z } from 'zod'
import { cardField, cardView, cardWords, voiceGreeting } from './card.ts'
import { errors } from './errors.ts'
import { authorView } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const time = z.number().int().nonnegative()

/** What somebody shows, and since when each field stands so. */
export const shownCard = cardView.extend({ since: z.array(z.object({ field: cardField, at: time })) })

export const disclosureView = z.object({
  mine: shownCard,
  theirs: shownCard,
  /** Of what this person shows here: what stands otherwise on their card by now. */
  changed: z.array(cardField),
})

export const disclosureDeed = z.enum(['shown', 'changed', 'taken-back'])

/** Who was shown what, and when. Without a conversation it was an introduction that nobody answered yet. */
export const disclosureLogEntry = z.object({
  personaId: id,
  contact: authorView,
  conversationId: id.nullable(),
  field: cardField,
  deed: disclosureDeed,
  at: time,
})

export type ShownCard = z.infer<typeof shownCard>
export type DisclosureView = z.infer<typeof disclosureView>
export type DisclosureDeed = z.infer<typeof disclosureDeed>
export type DisclosureLogEntry = z.infer<typeof disclosureLogEntry>

const by = oc.errors(errors)
const ofPersona = z.object({ personaId: id })
const fields = z.array(cardField).min(1).max(6)

/** What a person shows of themselves beside their pseudonym, to whom they choose. */
export const disclosureContract = {
  /** What one could show, of one persona. Nobody sees it by itself. Errors: not-found. */
  card: by.input(ofPersona).output(cardView),
  saveCard: by.input(z.object({ personaId: id, words: cardWords })).output(cardView),
  /** Null takes it off the card. Errors: not-found, bad-input. */
  saveVoice: by.input(z.object({ personaId: id, voice: voiceGreeting.nullable() })).output(cardView),
  /** Errors: not-found (also where there is none). */
  ownVoice: by.input(ofPersona).output(voiceGreeting),
  /** What the two of a conversation show each other. */
  view: by.input(z.object({ conversationId: id })).output(disclosureView),
  /** As they stand on the card now. Errors: as conversations.send, bad-input (not on the card). */
  show: by.input(z.object({ conversationId: id, fields })).output(disclosureView),
  /** Asks the other's app to forget them. Errors: as conversations.send. */
  takeBack: by.input(z.object({ conversationId: id, fields })).output(disclosureView),
  voice: by.input(z.object({ conversationId: id, mine: z.boolean() })).output(voiceGreeting),
  /** The newest first; of conversations that were forgotten nothing is known any more. */
  log: by.output(z.array(disclosureLogEntry)),
}
