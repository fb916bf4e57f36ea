import { pseudonym as pseudonymShape } from '../api/views.ts'
import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import { harmlessText } from '../base/harmless.ts'
import { freshId, type CommunityId, type PersonaId } from '../base/ids.ts'
import { random } from '../crypto/random.ts'
import { seedLength, signingKey, type SigningKey } from '../crypto/sign.ts'
import type { Database } from '../database/database.ts'

/** One pseudonymous identity in one community. Nothing ties two of them together but that they lie in one vault. */
export interface Persona {
  readonly id: PersonaId
  readonly communityId: CommunityId
  readonly pseudonym: string
  /** Signs offers. Made for this persona alone, from fresh randomness. */
  readonly key: SigningKey
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

type Row = { id: string; community_id: string; pseudonym: string; seed: Bytes; created_at: number }

const columns = 'id, community_id, pseudonym, seed, created_at'

/** The personas of one vault. Every change is on disk when its call returns. */
export class Personas {
  readonly #database: Database
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  /** @throws Fault `bad-input` (pseudonym), `not-found` (community) */
  create(communityId: CommunityId, pseudonym: string): Persona {
    const name = pseudonymShape.safeParse(pseudonym)
    // what others would see otherwise than it is written is no name
    if (!name.success || harmlessText(name.data) !== name.data.normalize('NFC')) {
      throw new Fault('bad-input', 'This cannot be a pseudonym')
    }
    return this.#database.transaction(() => {
      if (this.#database.get('SELECT 1 FROM communities WHERE id = ?', [communityId]) === undefined) {
        throw new Fault('not-found', 'No such community')
      }
      const id = freshId<PersonaId>()
      this.#database.run(`INSERT INTO personas (${columns}) VALUES (?, ?, ?, ?, ?)`, [
        id,
        communityId,
        name.data,
        random(seedLength),
        this.#clock.now(),
      ])
      return this.get(id)
    })
  }

  /** The first made come first. */
  list(communityId?: CommunityId): Persona[] {
    return this.#database
      .all<Row>(
        `SELECT ${columns} FROM personas WHERE :community IS NULL OR community_id = :community ORDER BY created_at, rowid`,
        { community: communityId ?? null },
      )
      .map(read)
  }

  /** @throws Fault `not-found` */
  get(id: PersonaId): Persona {
    const row = this.#database.get<Row>(`SELECT ${columns} FROM personas WHERE id = ?`, [id])
    if (row === undefined) throw new Fault('not-found', 'No such persona')
    return read(row)
  }
}

function read(row: Row): Persona {
  return {
    id: row.id as PersonaId,
    communityId: row.community_id as CommunityId,
    pseudonym: row.pseudonym,
    key: signingKey(row.seed),
    createdAt: row.created_at,
  }
}
