import type { CardField, CardView, VoiceGreeting } from '../api/card.ts'
import type { DisclosureLogEntry, DisclosureView, ShownCard } from '../api/disclosure.ts'
import type { AppEvent } from '../api/events.ts'
import { base64url, fromBase64url } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId, PersonaId } from '../base/ids.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { RecordHandler } from '../conversations/records.ts'
import { getConversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import { encodeCard, harmlessCard, pick, type Card, type Voice } from '../personas/card.ts'
import { Cards } from '../personas/cards.ts'
import type { Personas } from '../personas/personas.ts'
import { equal } from '../base/bytes.ts'
import { encodeDisclosure } from './content.ts'
import { disclosureArea, DisclosureRecords } from './records.ts'
import { Shown } from './shown.ts'

export interface DisclosuresOptions {
  readonly database: Database
  readonly personas: Personas
  readonly conversations: () => Conversations
  readonly emit: (event: AppEvent) => void
}

/** What this person could show of themselves, what they show to whom, and what others show them. */
export class Disclosures {
  readonly #options: DisclosuresOptions
  /** What its area keeps with each conversation. */
  readonly records: readonly [area: string, handler: RecordHandler]
  readonly #cards: Cards
  readonly #shown: Shown

  constructor(options: DisclosuresOptions) {
    this.#options = options
    this.records = [disclosureArea, new DisclosureRecords(options.database)]
    this.#cards = new Cards(options.database)
    this.#shown = new Shown(options.database)
  }

  /** @throws Fault `not-found` */
  card(personaId: PersonaId): CardView {
    return cardView(this.#cards.get(this.#options.personas.get(personaId).id))
  }

  /** Nobody is shown it by this. @throws Fault `not-found`, `bad-input` */
  saveCard(personaId: PersonaId, words: CardView['words']): CardView {
    this.#cards.setWords(this.#options.personas.get(personaId).id, words)
    this.#options.emit({ type: 'personas' })
    return this.card(personaId)
  }

  /** @throws Fault `not-found`, `bad-input` */
  saveVoice(personaId: PersonaId, voice: VoiceGreeting | null): CardView {
    const { id } = this.#options.personas.get(personaId)
    this.#cards.setVoice(id, voice === null ? undefined : { mediaType: voice.mediaType, bytes: bytesOf(voice.bytes) })
    this.#options.emit({ type: 'personas' })
    return this.card(personaId)
  }

  /** @throws Fault `not-found` (also where there is none) */
  ownVoice(personaId: PersonaId): VoiceGreeting {
    return voiceView(this.#cards.get(this.#options.personas.get(personaId).id).voice)
  }

  /** What the two of a conversation show each other. @throws Fault `not-found` */
  view(conversationId: ConversationId): DisclosureView {
    const { id, personaId } = getConversation(this.#options.database, conversationId)
    const own = this.#cards.get(personaId)
    const mine = this.#shown.of(id, true)
    return {
      mine: shownCard(mine),
      theirs: shownCard(this.#shown.of(id, false)),
      changed: [...mine.since.keys()].filter((field) => own[field] !== undefined && differs(own, mine.card, field)),
    }
  }

  /**
   * Shows fields of the persona's card as they stand there now; what stands there already is not told again.
   *
   * @throws Fault as `Actions`; `bad-input` where the card does not have one of them
   */
  async show(conversationId: ConversationId, fields: readonly CardField[]): Promise<DisclosureView> {
    const { database, conversations } = this.#options
    const { personaId } = getConversation(database, conversationId)
    await conversations().actions.record(conversationId, disclosureArea, () => {
      const own = this.#cards.get(personaId)
      if (fields.some((field) => own[field] === undefined)) throw new Fault('bad-input', 'There is nothing to show')
      const before = this.#shown.of(conversationId, true).card
      const news = fields.filter((field) => differs(own, before, field))
      return news.length === 0 ? undefined : encodeDisclosure({ kind: 'show', card: pick(own, news) })
    })
    return this.view(conversationId)
  }

  /** Asks the other's app to forget it: they have seen it. @throws Fault as `Actions` */
  async takeBack(conversationId: ConversationId, fields: readonly CardField[]): Promise<DisclosureView> {
    await this.#options.conversations().actions.record(conversationId, disclosureArea, () => {
      const { since } = this.#shown.of(conversationId, true)
      const here = [...since.keys()].filter((field) => fields.includes(field))
      return here.length === 0 ? undefined : encodeDisclosure({ kind: 'take-back', fields: here })
    })
    return this.view(conversationId)
  }

  /** @throws Fault `not-found` (also where none is shown) */
  voice(conversationId: ConversationId, mine: boolean): VoiceGreeting {
    const { id } = getConversation(this.#options.database, conversationId)
    return voiceView(this.#shown.of(id, mine).card.voice)
  }

  /** Who was shown what in conversations that are still here; the newest first. */
  log(): DisclosureLogEntry[] {
    const { conversations } = this.#options
    const contacts = new Map(
      conversations()
        .list()
        .map(({ id, personaId, contact }) => [id, { personaId, contact }]),
    )
    return this.#shown.log().flatMap(({ conversationId, field, deed, at }) => {
      const who = contacts.get(conversationId)
      return who === undefined ? [] : [{ ...who, conversationId, field, deed, at }]
    })
  }
}

function differs(a: Card, b: Card, field: CardField): boolean {
  return !equal(encodeCard(pick(a, [field])), encodeCard(pick(b, [field])))
}

function cardView(card: Card): CardView {
  return { words: harmlessCard(card), hasVoice: card.voice !== undefined }
}

function shownCard({ card, since }: ReturnType<Shown['of']>): ShownCard {
  return { ...cardView(card), since: [...since].map(([field, at]) => ({ field, at })) }
}

function voiceView(voice: Voice | undefined): VoiceGreeting {
  if (voice === undefined) throw new Fault('not-found', 'No voice is shown')
  return { mediaType: voice.mediaType, bytes: base64url(voice.bytes) }
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text)
  } catch (cause) {
    throw new Fault('bad-input', 'Bytes that are not base64url', { cause })
  }
}
