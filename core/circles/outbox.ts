import type { Bytes } from '../base/bytes.ts'
import type { CircleId, MessageId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { noteNews } from './chains.ts'
import { encodeCircleMessage, type CircleMessage } from './content.ts'
import { readResources } from './messages.ts'
import { getCircle } from './store.ts'
import { resourcesAgain } from './timing.ts'

/** An own message on its way, or stored and looked after. */
export interface Item {
  readonly number: number
  readonly circleId: CircleId
  readonly plaintext: Bytes
  /** Once it was encrypted. */
  readonly at: { readonly epoch: number; readonly index: number; readonly ciphertext: Bytes } | undefined
  /** Mined, not yet stored or to be stored again. */
  readonly box: Bytes | undefined
  /** Of the box that was prepared last. */
  readonly sequence: number
  readonly expiryHours: number
  readonly moreWork: number
  readonly stored: boolean
  readonly madeAt: number
  readonly dueAt: number
}

type Row = {
  number: number
  circle_id: CircleId
  plaintext: Bytes
  epoch: number | null
  chain_index: number | null
  ciphertext: Bytes | null
  box: Bytes | null
  sequence: number
  expiry_hours: number
  more_work: number
  stored: number
  made_at: number
  due_at: number
}

function fromRow(row: Row): Item {
  const { epoch, chain_index: index, ciphertext } = row
  return {
    number: row.number,
    circleId: row.circle_id,
    plaintext: row.plaintext,
    at: epoch === null || index === null || ciphertext === null ? undefined : { epoch, index, ciphertext },
    box: row.box ?? undefined,
    sequence: row.sequence,
    expiryHours: row.expiry_hours,
    moreWork: row.more_work,
    stored: row.stored === 1,
    madeAt: row.made_at,
    dueAt: row.due_at,
  }
}

/** Inside the transaction that saves the message. */
export function queueItem(
  database: Database,
  circleId: CircleId,
  { message, messageId, now }: { readonly message: CircleMessage; readonly messageId: MessageId; readonly now: number },
): void {
  database.run('INSERT INTO circle_outbox (circle_id, message_id, plaintext, made_at, due_at) VALUES (?, ?, ?, ?, ?)', [
    circleId,
    messageId,
    encodeCircleMessage(message),
    now,
    now,
  ])
}

/** Somebody has come in who does not know them: at once, or once it is long enough since the last time. */
export function wantResources(database: Database, circleId: CircleId, now: number): void {
  database.run(
    `UPDATE circles SET resources_at = coalesce(resources_at, max($now, min(resources_said, $now) + $again))
     WHERE id = $circleId`,
    { circleId, now, again: resourcesAgain },
  )
  requeueResources(database, circleId, now)
}

/** When that is due; now, where it was planned by a clock that was set back since. */
export function resourcesDue(resourcesAt: number, now: number): number {
  return resourcesAt > now + resourcesAgain ? now : resourcesAt
}

/** Says own resources again where that is due. */
export function requeueResources(database: Database, circleId: CircleId, now: number): void {
  const { resourcesAt } = getCircle(database, circleId)
  if (resourcesAt === undefined || resourcesDue(resourcesAt, now) > now) return
  database.run('UPDATE circles SET resources_at = NULL, resources_said = ? WHERE id = ?', [now, circleId])
  const own = readResources(database, circleId).filter(({ mine }) => mine)
  for (const { id: messageId, wireId: id, title, text, sentAt: at } of own.toReversed()) {
    const waits = database.get(
      'SELECT 1 AS waits FROM circle_outbox WHERE circle_id = ? AND message_id = ? AND stored = 0',
      [circleId, messageId],
    )
    if (waits !== undefined || id === undefined) continue
    queueItem(database, circleId, { message: { kind: 'resource', id, at, title, text }, messageId, now })
  }
}

export function getItem(database: Database, number: number): Item | undefined {
  const row = database.get<Row>('SELECT * FROM circle_outbox WHERE number = ?', [number])
  return row === undefined ? undefined : fromRow(row)
}

/** The first that is not stored yet of a circle, and all that are stored. */
export function listItems(
  database: Database,
  circleId: CircleId,
): { readonly first: Item | undefined; readonly stored: Item[] } {
  const first = database.get<Row>(
    'SELECT * FROM circle_outbox WHERE circle_id = ? AND stored = 0 ORDER BY number LIMIT 1',
    [circleId],
  )
  const stored = database.all<Row>('SELECT * FROM circle_outbox WHERE circle_id = ? AND stored = 1', [circleId])
  return { first: first === undefined ? undefined : fromRow(first), stored: stored.map(fromRow) }
}

/** In the transaction that saves the step of its chain. */
export function keepCiphertext(database: Database, number: number, at: NonNullable<Item['at']>): void {
  database.run('UPDATE circle_outbox SET epoch = ?, chain_index = ?, ciphertext = ?, box = NULL WHERE number = ?', [
    at.epoch,
    at.index,
    at.ciphertext,
    number,
  ])
}

export function keepBox(
  database: Database,
  number: number,
  { box, sequence, expiryHours }: { readonly box: Bytes; readonly sequence: number; readonly expiryHours: number },
): void {
  database.run('UPDATE circle_outbox SET box = ?, sequence = ?, expiry_hours = ? WHERE number = ?', [
    box,
    sequence,
    expiryHours,
    number,
  ])
}

/** A node refused the box: another is made, with more work where there was no room. */
export function dropBox(database: Database, number: number, moreWork: number): void {
  database.run('UPDATE circle_outbox SET box = NULL, more_work = ? WHERE number = ?', [moreWork, number])
}

/** Stored: the others are to be told, and it is looked after from now on. */
export function markStored(
  database: Database,
  { number, circleId, at }: Pick<Item, 'number' | 'circleId' | 'at'>,
  { now, againAt }: { readonly now: number; readonly againAt: number },
): void {
  database.transaction(() => {
    database.run('UPDATE circle_outbox SET stored = 1, box = NULL, due_at = ? WHERE number = ?', [againAt, number])
    if (at === undefined) return
    const moved = database.run(
      `UPDATE circle_chains SET next = $next WHERE circle_id = $circleId AND epoch = $epoch AND next < $next
         AND member = (SELECT mine FROM circle_epochs WHERE circle_id = $circleId AND epoch = $epoch)`,
      { circleId, epoch: at.epoch, next: at.index + 1 },
    )
    if (moved > 0) noteNews(database, circleId, at.epoch, now)
  })
}

export function forgetItem(database: Database, number: number): void {
  database.run('DELETE FROM circle_outbox WHERE number = ?', [number])
}

const asNew = 'stored = 0, epoch = NULL, chain_index = NULL, ciphertext = NULL, box = NULL, sequence = 0, more_work = 0'

/** As if it had not been encrypted: the next epoch's readers get it. */
export function sayAgain(database: Database, number: number): void {
  database.run(`UPDATE circle_outbox SET ${asNew} WHERE number = ?`, [number])
}

/** Another epoch has begun: what was not stored yet is said there. */
export function sayUnstoredAgain(database: Database, circleId: CircleId): void {
  database.run(`UPDATE circle_outbox SET ${asNew} WHERE circle_id = ? AND stored = 0`, [circleId])
}

/** An epoch is left alone from now on: so is what was stored there since `since`, from a number in its chain on. */
export function sayUntoldAgain(
  database: Database,
  circleId: CircleId,
  { epoch, from, since }: { readonly epoch: number; readonly from: number; readonly since: number },
): void {
  database.run(
    `UPDATE circle_outbox SET ${asNew} WHERE circle_id = ? AND epoch = ? AND chain_index >= ? AND made_at > ?`,
    [circleId, epoch, from, since],
  )
}

/** The first message of an own chain whose box still lives, or will be stored again. */
export function firstKept(database: Database, circleId: CircleId, epoch: number): number | undefined {
  const row = database.get<{ first: number | null }>(
    'SELECT min(chain_index) AS first FROM circle_outbox WHERE circle_id = ? AND epoch = ? AND stored = 1',
    [circleId, epoch],
  )
  return row?.first ?? undefined
}

/** Where an own message is: its last place in a chain. Undefined where nothing is kept of it. */
export function placeOf(
  database: Database,
  messageId: MessageId,
): { readonly stored: boolean; readonly epoch: number | null; readonly index: number | null } | undefined {
  const row = database.get<{ stored: number; epoch: number | null; index: number | null }>(
    `SELECT stored, epoch, chain_index AS "index" FROM circle_outbox WHERE message_id = ? ORDER BY stored DESC, number DESC LIMIT 1`,
    [messageId],
  )
  return row === undefined ? undefined : { ...row, stored: row.stored === 1 }
}
