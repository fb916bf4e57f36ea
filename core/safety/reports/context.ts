import type { AppEvent } from '../../api/events.ts'
import type { Clock } from '../../base/clock.ts'
import type { CommunityId } from '../../base/ids.ts'
import type { Log } from '../../base/log.ts'
import type { Clients } from '../../boxes/clients.ts'
import type { Communities } from '../../community/communities.ts'
import type { BoxKey } from '../../crypto/seal.ts'
import type { SigningKey } from '../../crypto/sign.ts'
import type { Database } from '../../database/database.ts'
import type { Addressee } from './places.ts'
import type { ReceivedReports } from './received.ts'
import type { SentReports } from './sent.ts'

/** Who the guardians of a community are, as its charter says now. */
export interface Guardians {
  guardians(communityId: CommunityId): readonly (Addressee & { readonly name: string })[]
  /** This person's own keys, where they are one. */
  ownGuardianKeys(communityId: CommunityId): { readonly sign: SigningKey; readonly box: BoxKey } | undefined
}

/** What the two sides of reports share. */
export interface ReportsContext {
  readonly database: Database
  readonly communities: Communities
  readonly guardians: Guardians
  readonly clients: Clients
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  readonly log: Log
  /** Of the memory-hard work; the same on both sides. */
  readonly workBits: number
  readonly sent: SentReports
  readonly received: ReceivedReports
}
