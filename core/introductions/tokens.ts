import type { InviteTokenView } from '../api/views.ts'
import { limits } from '../api/limits.ts'
import { equal, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { freshId, type PersonaId, type TokenId } from '../base/ids.ts'
import { random } from '../crypto/random.ts'
import type { Database } from '../database/database.ts'
import { tokenMark } from './places.ts'
import { encodeToken, tokenLength } from './token-text.ts'

type Row = { id: TokenId; persona_id: PersonaId; note: string; secret: Bytes; created_at: number }

/** The table of invite tokens that this person made. Synchronous: callers may be inside a transaction. */
export class Tokens {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Newest first. */
  list(): InviteTokenView[] {
    return this.#database.all<Row>('SELECT * FROM introduction_tokens ORDER BY created_at DESC, rowid DESC').map(viewOf)
  }

  /** @throws Fault `wrong-state` where the persona has as many as it may */
  make(personaId: PersonaId, note: string, now: number): InviteTokenView {
    const row: Row = {
      id: freshId<TokenId>(),
      persona_id: personaId,
      note,
      secret: random(tokenLength),
      created_at: now,
    }
    this.#database.transaction(() => {
      if (this.#of(personaId).length >= limits.inviteTokens) {
        throw new Fault('wrong-state', 'As many invite tokens as there may be')
      }
      this.#database.run(
        'INSERT INTO introduction_tokens (id, persona_id, note, secret, created_at) VALUES (?, ?, ?, ?, ?)',
        [row.id, row.persona_id, row.note, row.secret, row.created_at],
      )
    })
    return viewOf(row)
  }

  /** Also for those that wait: they stand among the others from now on. @throws Fault `not-found` */
  revoke(id: TokenId): void {
    if (this.#database.run('DELETE FROM introduction_tokens WHERE id = ?', [id]) !== 1) {
      throw new Fault('not-found', 'No such invite token')
    }
  }

  isAlive(id: TokenId): boolean {
    return this.#database.get('SELECT 1 AS alive FROM introduction_tokens WHERE id = ?', [id]) !== undefined
  }

  /** Which of a persona's tokens a mark was made with. All are tried, so that time does not tell which. */
  match(personaId: PersonaId, place: Uint8Array, identityKey: Uint8Array, mark: Uint8Array): TokenId | undefined {
    let found: TokenId | undefined
    for (const { id, secret } of this.#of(personaId)) {
      if (equal(tokenMark(secret, place, identityKey), mark)) found = id
    }
    return found
  }

  #of(personaId: PersonaId): Row[] {
    return this.#database.all<Row>('SELECT * FROM introduction_tokens WHERE persona_id = ?', [personaId])
  }
}

function viewOf({ id, persona_id: personaId, note, secret, created_at: createdAt }: Row): InviteTokenView {
  return { id, personaId, note, text: encodeToken(secret), createdAt }
}
