import { cardFields } from '../api/card-fields.ts'
import type { CardField } from '../api/card.ts'
import type { DisclosureDeed } from '../api/disclosure.ts'
import { equal, type Bytes } from '../base/bytes.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { decodeCard, encodeCard, pick, type Card } from '../personas/card.ts'

export interface ShownWhen {
  /** Whether this person shows it. */
  readonly mine: boolean
  /** Ms since 1970. */
  readonly at: number
}

/** What this person did with one field. */
export interface Disclosed {
  readonly conversationId: ConversationId
  readonly field: CardField
  readonly deed: DisclosureDeed
  readonly at: number
}

/** The tables of what the two of a conversation show each other. Synchronous: callers may be inside a transaction. */
export class Shown {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** @returns whether any of it is news */
  show(id: ConversationId, card: Card, { mine, at }: ShownWhen): boolean {
    let changed = false
    for (const field of cardFields) {
      if (card[field] === undefined) continue
      const encoded = encodeCard(pick(card, [field]))
      const before = this.#encoded(id, mine, field)
      if (before !== undefined && equal(before, encoded)) continue
      changed = true
      this.#database.run(
        `INSERT INTO shown_fields (conversation_id, mine, field, card, shown_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET card = excluded.card, shown_at = excluded.shown_at`,
        [id, mine ? 1 : 0, field, encoded, at],
      )
      if (mine) this.#note(id, field, before === undefined ? 'shown' : 'changed', at)
    }
    return changed
  }

  /** @returns whether any of it was shown */
  takeBack(id: ConversationId, fields: readonly CardField[], { mine, at }: ShownWhen): boolean {
    let changed = false
    for (const field of fields) {
      const gone = this.#database.run('DELETE FROM shown_fields WHERE conversation_id = ? AND mine = ? AND field = ?', [
        id,
        mine ? 1 : 0,
        field,
      ])
      if (gone === 0) continue
      changed = true
      if (mine) this.#note(id, field, 'taken-back', at)
    }
    return changed
  }

  /** What one of the two shows now, and since when each field stands so. */
  of(id: ConversationId, mine: boolean): { readonly card: Card; readonly since: ReadonlyMap<CardField, number> } {
    const rows = this.#database.all<{ field: CardField; card: Bytes; shown_at: number }>(
      'SELECT field, card, shown_at FROM shown_fields WHERE conversation_id = ? AND mine = ?',
      [id, mine ? 1 : 0],
    )
    return {
      card: Object.assign({}, ...rows.map(({ card }) => decodeCard(card))) as Card,
      since: new Map(rows.map((row) => [row.field, row.shown_at])),
    }
  }

  /** What was shown goes; that it was stays, so that this person knows. */
  erase(id: ConversationId): void {
    this.#database.run('DELETE FROM shown_fields WHERE conversation_id = ?', [id])
  }

  /** The newest first. */
  log(): Disclosed[] {
    return this.#database.all<{ conversationId: ConversationId; field: CardField; deed: DisclosureDeed; at: number }>(
      'SELECT conversation_id AS conversationId, field, deed, at FROM disclosures ORDER BY at DESC, number DESC',
    )
  }

  #encoded(id: ConversationId, mine: boolean, field: CardField): Bytes | undefined {
    return this.#database.get<{ card: Bytes }>(
      'SELECT card FROM shown_fields WHERE conversation_id = ? AND mine = ? AND field = ?',
      [id, mine ? 1 : 0, field],
    )?.card
  }

  #note(id: ConversationId, field: CardField, deed: DisclosureDeed, at: number): void {
    this.#database.run('INSERT INTO disclosures (conversation_id, field, deed, at) VALUES (?, ?, ?, ?)', [
      id,
      field,
      deed,
      at,
    ])
  }
}
