import type { Bytes } from '../base/bytes.ts'
import type { CircleId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { maxStepsAhead } from '../ratchet/sender-keys.ts'
import type { Notice } from './notice.ts'

/** Whose messages, of which epoch. */
export interface ChainKey {
  readonly circleId: CircleId
  readonly epoch: number
  /** Index in the roster. */
  readonly member: number
}

/** What a member has told of their messages, and what of them is here; of the own chain, what was stored and told. */
export interface Chain {
  readonly turn: number
  readonly count: number
  readonly first: number
  /** How many were received without a gap; of the own chain: stored. */
  readonly next: number
  /** Of each member of the roster, how many this one has. */
  readonly seen: readonly number[]
  readonly differs: boolean
  /** Of the own chain, once it was begun: CBOR of its `ChainKeys`. */
  readonly keys: Bytes | undefined
  readonly told: { readonly day: number; readonly at: number; readonly sequence: number }
  readonly moreWork: number
  readonly newsAt: number | undefined
}

type Row = {
  member: number
  turn: number
  count: number
  first: number
  next: number
  seen: string
  differs: number
  keys: Bytes | null
  told_day: number
  told_at: number
  told_sequence: number
  more_work: number
  news_at: number | null
}

function fromRow(row: Row): Chain {
  return {
    turn: row.turn,
    count: row.count,
    first: row.first,
    next: row.next,
    seen: JSON.parse(row.seen) as number[],
    differs: row.differs === 1,
    keys: row.keys ?? undefined,
    told: {
      day: row.told_day,
      at: row.told_at,
      sequence: row.told_sequence,
    },
    moreWork: row.more_work,
    newsAt: row.news_at ?? undefined,
  }
}

/** In the order of the roster; none where the epoch is gone. */
export function listChains(database: Database, circleId: CircleId, epoch: number): Chain[] {
  return database
    .all<Row>('SELECT * FROM circle_chains WHERE circle_id = ? AND epoch = ? ORDER BY member', [circleId, epoch])
    .map(fromRow)
}

/** Undefined where the epoch is gone. */
export function getChain(database: Database, { circleId, epoch, member }: ChainKey): Chain | undefined {
  const row = database.get<Row>('SELECT * FROM circle_chains WHERE circle_id = ? AND epoch = ? AND member = ?', [
    circleId,
    epoch,
    member,
  ])
  return row === undefined ? undefined : fromRow(row)
}

/** What was told of and is not here, as far ahead as it may be read. */
export function missingOf(database: Database, key: ChainKey): number[] {
  const chain = getChain(database, key)
  if (chain === undefined) return []
  const ahead = new Set(aheadOf(database, key))
  const from = Math.max(chain.next, chain.first)
  const missing: number[] = []
  for (let index = from; index < Math.min(chain.count, chain.next + maxStepsAhead); index++) {
    if (!ahead.has(index)) missing.push(index)
  }
  return missing
}

/** Whether it is expected: told of, and not here. */
export function isMissing(database: Database, key: ChainKey, index: number): boolean {
  return missingOf(database, key).includes(index)
}

/** Notes that a message is here. */
export function noteReceived(database: Database, key: ChainKey, index: number, now: number): void {
  const { circleId, epoch, member } = key
  database.run('INSERT INTO circle_ahead (circle_id, epoch, member, chain_index) VALUES (?, ?, ?, ?)', [
    circleId,
    epoch,
    member,
    index,
  ])
  advance(database, key)
  noteNews(database, circleId, epoch, now)
}

/**
 * Takes in what a member told. What is no longer looked after is not waited for.
 *
 * @returns how many messages will never come
 */
export function noteTold(database: Database, key: ChainKey, notice: Notice, differs: boolean): number {
  const { circleId, epoch, member } = key
  const before = getChain(database, key)
  if (before === undefined) return 0
  // neither goes back
  const count = Math.max(before.count, notice.count)
  const first = Math.max(before.first, notice.first)
  database.run(
    `UPDATE circle_chains SET turn = ?, count = ?, first = ?, seen = ?, differs = ?
     WHERE circle_id = ? AND epoch = ? AND member = ?`,
    [notice.turn, count, first, JSON.stringify(notice.seen), differs ? 1 : 0, circleId, epoch, member],
  )
  if (first <= before.next) return 0
  const here = aheadOf(database, key).filter((index) => index < first).length
  database.run('UPDATE circle_chains SET next = ? WHERE circle_id = ? AND epoch = ? AND member = ?', [
    first,
    circleId,
    epoch,
    member,
  ])
  database.run('DELETE FROM circle_ahead WHERE circle_id = ? AND epoch = ? AND member = ? AND chain_index < ?', [
    circleId,
    epoch,
    member,
    first,
  ])
  advance(database, key)
  return first - before.next - here
}

/** Something was stored, or received: the others are to be told. */
export function noteNews(database: Database, circleId: CircleId, epoch: number, now: number): void {
  database.run(
    `UPDATE circle_chains SET news_at = $now WHERE circle_id = $circleId AND epoch = $epoch AND news_at IS NULL
       AND member = (SELECT mine FROM circle_epochs WHERE circle_id = $circleId AND epoch = $epoch)`,
    { circleId, epoch, now },
  )
}

function aheadOf(database: Database, { circleId, epoch, member }: ChainKey): number[] {
  const rows = database.all<{ at: number }>(
    'SELECT chain_index AS at FROM circle_ahead WHERE circle_id = ? AND epoch = ? AND member = ? ORDER BY chain_index',
    [circleId, epoch, member],
  )
  return rows.map(({ at }) => at)
}

/** Moves on over what is here. */
function advance(database: Database, key: ChainKey): void {
  const { circleId, epoch, member } = key
  const chain = getChain(database, key)
  if (chain === undefined) return
  let { next } = chain
  for (const index of aheadOf(database, key)) {
    if (index !== next) break
    next++
  }
  if (next === chain.next) return
  const where = [circleId, epoch, member] as const
  database.run('UPDATE circle_chains SET next = ? WHERE circle_id = ? AND epoch = ? AND member = ?', [next, ...where])
  database.run('DELETE FROM circle_ahead WHERE circle_id = ? AND epoch = ? AND member = ? AND chain_index < ?', [
    ...where,
    next,
  ])
}
