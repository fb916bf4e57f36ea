import type { Bytes } from '../../core/base/bytes.ts'
import { random } from '../../core/crypto/random.ts'
import type { CircleFriend } from './circle-friend.ts'

/** What somebody holds of the circle that they are in. */
export interface Standing {
  readonly wireId: Bytes
  readonly seed: Bytes
  readonly epoch: number
  readonly secret: Bytes
  readonly hash: Bytes
  readonly members: number
}

/** As their vault has it. */
export function standing({ database }: CircleFriend): Standing {
  const row = database.get<{ wire_id: Bytes; seed: Bytes; epoch: number; secret: Bytes; chains: number }>(
    `SELECT c.wire_id, c.seed, e.epoch, e.secret,
       (SELECT count(*) FROM circle_chains WHERE circle_id = c.id AND epoch = e.epoch) AS chains
     FROM circles c JOIN circle_epochs e ON e.circle_id = c.id ORDER BY e.epoch DESC LIMIT 1`,
  )
  if (row === undefined) throw new Error('in no circle')
  return {
    wireId: row.wire_id,
    seed: row.seed,
    epoch: row.epoch,
    secret: row.secret,
    hash: random(32),
    members: row.chains,
  }
}
