import type { RecordEvent } from '../api/record-events.ts'
import type { ConversationId } from '../base/ids.ts'
import type { RecordHandler, RecordPlace } from '../conversations/records.ts'
import type { Conversation } from '../conversations/store.ts'
import { scrub } from '../conversations/scrubbing.ts'
import type { Database } from '../database/database.ts'
import { decodeDisclosure } from './content.ts'
import { Shown } from './shown.ts'

/** The area of these records on the wire. */
export const disclosureArea = 'disclosure'

/** Each side's card changes by its own records alone: there is nothing to merge. */
export class DisclosureRecords implements RecordHandler {
  readonly #database: Database
  readonly #shown: Shown
  /** Where something was taken back that must stay in no file. */
  readonly #toScrub = new Set<ConversationId>()

  constructor(database: Database) {
    this.#database = database
    this.#shown = new Shown(database)
  }

  apply({ id }: Conversation, body: Uint8Array, { mine, at, now }: RecordPlace): RecordEvent | undefined {
    const disclosure = decodeDisclosure(body)
    const when = { mine, at: Math.min(at, now) }
    if (disclosure.kind === 'show') return this.#shown.show(id, disclosure.card, when) ? 'card-shown' : undefined
    if (!this.#shown.takeBack(id, disclosure.fields, when)) return undefined
    this.#toScrub.add(id)
    return 'card-taken-back'
  }

  erase(id: ConversationId): void {
    this.#shown.erase(id)
  }

  committed(id: ConversationId): void {
    if (this.#toScrub.delete(id)) scrub(this.#database)
  }
}
