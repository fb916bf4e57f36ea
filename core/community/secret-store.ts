import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { oldestLivingEpoch, secretAfter } from './secret.ts'

/** Longer than any community lives (190 years): an epoch beyond comes from a broken clock. */
const longestWay = 10_000
/** How long a clock must go on saying that an epoch is dead before its secret goes. */
const patience = 86_400_000

type Row = { secret: Bytes; secret_epoch: number; drop_below: number; drop_seen_at: number }

function row(database: Database, id: CommunityId): Row {
  const found = database.get<Row>(
    'SELECT secret, secret_epoch, drop_below, drop_seen_at FROM communities WHERE id = ?',
    [id],
  )
  if (found === undefined) throw new Fault('not-found', 'No such community')
  return found
}

/** The first epoch whose secret is still here. @throws Fault `not-found` */
export function firstEpoch(database: Database, id: CommunityId): number {
  return row(database, id).secret_epoch
}

/** @throws Fault `not-found`, `bad-input` */
export function readSecret(database: Database, id: CommunityId, epoch: number): Bytes {
  const { secret, secret_epoch: from } = row(database, id)
  if (!Number.isInteger(epoch) || epoch - from > longestWay) throw new Fault('bad-input', 'Not an epoch of this time')
  if (epoch < from) throw new Fault('not-found', 'The secret of this epoch is not here')
  return secretAfter(secret, epoch - from)
}

/**
 * Ratchets the stored secret forward over epochs whose boxes have expired.
 *
 * That cannot be undone, and a clock can be wrong for an hour: an epoch's secret
 * goes only when the clock said a day ago already (by its own count) that the
 * epoch was dead, and has not gone back since.
 *
 * @param now milliseconds since 1970
 */
export function pruneSecret(database: Database, id: CommunityId, now: number): void {
  const { secret, secret_epoch: from, drop_below: dropBelow, drop_seen_at: seenAt } = row(database, id)
  const dead = oldestLivingEpoch(now)
  const confirmed = now - seenAt >= patience
  if (now >= seenAt && !confirmed) return
  const to = confirmed ? Math.min(dropBelow, dead) : from
  database.transaction(() => {
    if (to > from && to - from <= longestWay) {
      database.run('UPDATE communities SET secret = ?, secret_epoch = ? WHERE id = ?', [
        secretAfter(secret, to - from),
        to,
        id,
      ])
    }
    database.run('UPDATE communities SET drop_below = ?, drop_seen_at = ? WHERE id = ?', [dead, now, id])
  })
}
