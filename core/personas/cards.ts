import type { CardWords } from '../api/card.ts'
import type { Bytes } from '../base/bytes.ts'
import type { PersonaId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { decodeCard, encodeCard, harmlessCard, type Card, type Voice } from './card.ts'

/** What this person could show, for each persona; nobody sees any of it before they choose. Synchronous. */
export class Cards {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  get(personaId: PersonaId): Card {
    const row = this.#database.get<{ card: Bytes }>('SELECT card FROM own_cards WHERE persona_id = ?', [personaId])
    return row === undefined ? {} : decodeCard(row.card)
  }

  /** Kept as others will see it. The voice stays. @throws Fault `bad-input` */
  setWords(personaId: PersonaId, words: CardWords): void {
    this.#save(personaId, { ...harmlessCard(words), voice: this.get(personaId).voice })
  }

  /** @throws Fault `bad-input` */
  setVoice(personaId: PersonaId, voice: Voice | undefined): void {
    this.#save(personaId, { ...this.get(personaId), voice })
  }

  #save(personaId: PersonaId, card: Card): void {
    this.#database.run(
      'INSERT INTO own_cards (persona_id, card) VALUES (?, ?) ON CONFLICT (persona_id) DO UPDATE SET card = excluded.card',
      [personaId, encodeCard(card)],
    )
  }
}
