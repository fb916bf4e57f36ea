import { limits } from '../api/limits.ts'
import type { Bytes } from '../base/bytes.ts'
import { freshId, type CircleId, type CircleMemberId, type MessageId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { CircleMessage } from './content.ts'
import { mostOfMember, mostWithdrawn } from './timing.ts'

/** `gap`: messages that will not come. `unreadable`: one of a newer version. */
export type CircleMessageKind = 'text' | 'resource' | 'withdrawn' | 'unreadable' | 'gap'

/** A message as it stands in the vault. */
export interface StoredMessage {
  /** In the order in which they came. */
  readonly number: number
  readonly id: MessageId
  readonly circleId: CircleId
  readonly memberId: CircleMemberId
  readonly wireId: Bytes | undefined
  readonly mine: boolean
  readonly kind: CircleMessageKind
  readonly title: string
  readonly text: string
  readonly missing: number
  readonly sentAt: number
}

type Row = {
  number: number
  id: MessageId
  circle_id: CircleId
  member_id: CircleMemberId
  wire_id: Bytes | null
  mine: number
  kind: CircleMessageKind
  title: string
  text: string
  missing: number
  sent_at: number
}

function fromRow(row: Row): StoredMessage {
  return {
    number: row.number,
    id: row.id,
    circleId: row.circle_id,
    memberId: row.member_id,
    wireId: row.wire_id ?? undefined,
    mine: row.mine === 1,
    kind: row.kind,
    title: row.title,
    text: row.text,
    missing: row.missing,
    sentAt: row.sent_at,
  }
}

interface Arrival {
  readonly id?: MessageId | undefined
  readonly memberId: CircleMemberId
  readonly mine: boolean
  readonly now: number
}

/**
 * Does what a member said, inside the transaction that notes it as received.
 * Said twice it is done once: the same message may come in two epochs. They
 * stand in order by their authors' clocks, though never in the future: where the
 * whole past comes at once, the order in which it came would say nothing.
 */
export function applyMessage(database: Database, circleId: CircleId, said: CircleMessage, arrival: Arrival): void {
  const { memberId, mine, now } = arrival
  const key = [circleId, memberId] as const
  const isHere = (wireId: Bytes): boolean =>
    database.get('SELECT 1 AS known FROM circle_messages WHERE circle_id = ? AND member_id = ? AND wire_id = ?', [
      ...key,
      wireId,
    ]) !== undefined
  if (said.kind === 'withdraw') {
    database.run(
      `UPDATE circle_messages SET kind = 'withdrawn', title = '', text = ''
       WHERE circle_id = ? AND (member_id = ? OR (mine AND ?)) AND wire_id = ? AND kind = 'resource'`,
      // own ones also of when this side was in it before, under another key
      [...key, mine ? 1 : 0, said.of],
    )
    // messages come in any order, and from two epochs
    if (!mine && !isHere(said.of)) {
      database.run(
        `INSERT OR IGNORE INTO circle_withdrawn (circle_id, member_id, wire_id) SELECT $circleId, $memberId, $of
         WHERE (SELECT count(*) FROM circle_withdrawn WHERE circle_id = $circleId AND member_id = $memberId) < $most`,
        { circleId, memberId, of: said.of, most: mostWithdrawn },
      )
    }
    return
  }
  if (isHere(said.id)) return
  const isWithdrawn = said.kind === 'resource' && wasWithdrawn(database, ...key, said.id)
  const sentAt = mine ? said.at : Math.min(said.at, now)
  insert(database, circleId, {
    id: arrival.id,
    memberId,
    wireId: said.id,
    mine,
    kind: isWithdrawn ? 'withdrawn' : said.kind,
    title: said.kind === 'resource' && !isWithdrawn ? said.title : '',
    text: isWithdrawn ? '' : said.text,
    missing: 0,
    sentAt,
  })
}

/** Whether a resource that now comes was withdrawn before: that is forgotten then. */
function wasWithdrawn(database: Database, circleId: CircleId, memberId: CircleMemberId, wireId: Bytes): boolean {
  return (
    database.run('DELETE FROM circle_withdrawn WHERE circle_id = ? AND member_id = ? AND wire_id = ?', [
      circleId,
      memberId,
      wireId,
    ]) > 0
  )
}

/** In the place of what a newer version wrote. */
export function addUnreadable(
  database: Database,
  circleId: CircleId,
  { memberId, now }: Pick<Arrival, 'memberId' | 'now'>,
): void {
  insert(database, circleId, { ...nothing, memberId, kind: 'unreadable', missing: 0, sentAt: now })
}

/** In the place of what will not come. */
export function addGap(
  database: Database,
  circleId: CircleId,
  { memberId, missing, now }: { readonly memberId: CircleMemberId; readonly missing: number; readonly now: number },
): void {
  insert(database, circleId, { ...nothing, memberId, kind: 'gap', missing, sentAt: now })
}

const nothing = { id: undefined, wireId: undefined, mine: false, title: '', text: '' } as const

function insert(
  database: Database,
  circleId: CircleId,
  row: Omit<StoredMessage, 'number' | 'circleId' | 'id'> & {
    readonly id: MessageId | undefined
  },
): void {
  database.run(
    `INSERT INTO circle_messages (id, circle_id, member_id, wire_id, mine, kind, title, text, missing, sent_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.id ?? freshId(),
      circleId,
      row.memberId,
      row.wireId ?? null,
      row.mine ? 1 : 0,
      row.kind,
      row.title,
      row.text,
      row.missing,
      row.sentAt,
    ],
  )
  if (!row.mine) makeRoom(database, circleId, row.memberId)
}

/** Nobody fills a disk: the oldest of a member goes where there is too much of theirs, texts before resources. A gap says how many are gone. */
function makeRoom(database: Database, circleId: CircleId, memberId: CircleMemberId): void {
  const at = [circleId, memberId] as const
  const held = (): number =>
    database.get<{ held: number }>('SELECT held FROM circle_members WHERE id = ?', [memberId])?.held ?? 0
  const oldest = (): Row | undefined =>
    database.get<Row>(
      `SELECT * FROM circle_messages WHERE circle_id = ? AND member_id = ?
       ORDER BY kind = 'resource', sent_at, number LIMIT 1`,
      at,
    )
  let last: Row | undefined
  let missing = 0
  while (held() > mostOfMember) {
    last = oldest()
    if (last === undefined) return
    missing += last.kind === 'gap' ? last.missing : 1
    database.run('DELETE FROM circle_messages WHERE number = ?', [last.number])
  }
  if (last === undefined) return
  // in the place of the last: it is nothing new
  database.run(
    `INSERT INTO circle_messages (number, id, circle_id, member_id, mine, kind, missing, sent_at)
     VALUES (?, ?, ?, ?, 0, 'gap', ?, ?)`,
    [last.number, last.id, ...at, missing, last.sent_at],
  )
}

const heard = `FROM circle_messages m JOIN circle_members a ON a.id = m.member_id WHERE m.circle_id = $circleId AND a.muted = 0`

/** The last `limit` before a message, oldest first; nothing of those who are muted. */
export function readMessages(
  database: Database,
  {
    circleId,
    before,
    limit,
  }: { readonly circleId: CircleId; readonly before?: MessageId | undefined; readonly limit: number },
): StoredMessage[] {
  return database
    .all<Row>(
      `SELECT m.* ${heard} AND ($before IS NULL OR (m.sent_at, m.number) <
         (SELECT sent_at, number FROM circle_messages WHERE id = $before))
       ORDER BY m.sent_at DESC, m.number DESC LIMIT $limit`,
      { circleId, before: before ?? null, limit },
    )
    .map(fromRow)
    .toReversed()
}

/** What was not withdrawn, the newest first and no more of one member than there may be; nothing of those who are muted. */
export function readResources(database: Database, circleId: CircleId): StoredMessage[] {
  return database
    .all<Row>(
      `SELECT * FROM (SELECT m.*, row_number() OVER (PARTITION BY m.member_id ORDER BY m.sent_at DESC, m.number DESC) AS nth
         ${heard} AND m.kind = 'resource') WHERE nth <= $most ORDER BY sent_at DESC, number DESC`,
      { circleId, most: limits.circle.resources },
    )
    .map(fromRow)
}

export function findMessage(database: Database, id: MessageId): StoredMessage | undefined {
  const row = database.get<Row>('SELECT * FROM circle_messages WHERE id = ?', [id])
  return row === undefined ? undefined : fromRow(row)
}

/** Of what others said and is not muted, and what came after the person last looked. */
export function countUnread(database: Database, circleId: CircleId, readUpto: number): number {
  const row = database.get<{ unread: number }>(
    `SELECT count(*) AS unread ${heard} AND m.mine = 0 AND m.number > $readUpto`,
    { circleId, readUpto },
  )
  return row?.unread ?? 0
}

/** When this side last said something, by the time that it told. */
export function lastOwn(database: Database, circleId: CircleId): number {
  const row = database.get<{ last: number | null }>(
    'SELECT max(sent_at) AS last FROM circle_messages WHERE circle_id = ? AND mine = 1',
    [circleId],
  )
  return row?.last ?? 0
}

export function lastNumber(database: Database, circleId: CircleId): number {
  const row = database.get<{ last: number | null }>(
    'SELECT max(number) AS last FROM circle_messages WHERE circle_id = ?',
    [circleId],
  )
  return row?.last ?? 0
}
