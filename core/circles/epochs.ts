import { equal, hex, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CircleId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { getChain, missingOf } from './chains.ts'
import { addGap } from './messages.ts'
import { chainName, memberKeys } from './keys.ts'
import { wantResources, sayUnstoredAgain, sayUntoldAgain } from './outbox.ts'
import { decodeRoster, isSmaller, rosterHash, type Roster } from './roster.ts'
import { getCircle, listMembers, memberByKey, noteMember, type Circle } from './store.ts'
import { keepEpoch, lastWords, mostEpochs, renewUntil } from './timing.ts'

/** A time during which the same people are in a circle. */
export interface Epoch {
  readonly epoch: number
  readonly secret: Bytes
  readonly roster: Roster
  /** Of the roster. */
  readonly hash: Bytes
  /** Own index in the roster. */
  readonly mine: number
  readonly startedAt: number
  readonly closedAt: number | undefined
  /** Somebody of it is not in the circle any more: nothing is stored there again. */
  readonly sealed: boolean
}

type Row = {
  epoch: number
  secret: Bytes
  roster: Bytes
  mine: number
  started_at: number
  closed_at: number | null
  sealed: number
}

/**
 * Rosters that were read from a vault: each is looked at many times between two
 * changes, and verifying it is most of the work. They go with their database.
 */
const rosters = new WeakMap<Database, Map<string, { readonly roster: Roster; readonly hash: Bytes }>>()
const mostRosters = 256

function rosterIn(
  database: Database,
  encoded: Bytes,
  hostKey: Bytes,
): { readonly roster: Roster; readonly hash: Bytes } {
  const known = rosters.get(database) ?? new Map<string, { readonly roster: Roster; readonly hash: Bytes }>()
  rosters.set(database, known)
  const hash = rosterHash(encoded)
  const name = hex(hash) + hex(hostKey)
  const found = known.get(name)
  if (found !== undefined) return found
  const read = { roster: decodeRoster(encoded, hostKey), hash }
  const [oldest] = known.keys()
  if (known.size >= mostRosters && oldest !== undefined) known.delete(oldest)
  known.set(name, read)
  return read
}

/** Those whose messages are still looked for, the newest first. */
export function listEpochs(database: Database, { id, hostKey }: Pick<Circle, 'id' | 'hostKey'>): Epoch[] {
  return database
    .all<Row>('SELECT * FROM circle_epochs WHERE circle_id = ? ORDER BY epoch DESC', [id])
    .map(({ epoch, secret, roster, mine, started_at, closed_at, sealed }) => ({
      epoch,
      secret,
      ...rosterIn(database, roster, hostKey),
      mine,
      startedAt: started_at,
      closedAt: closed_at ?? undefined,
      sealed: sealed === 1,
    }))
}

/**
 * Whether what somebody says in an epoch is still taken in. Who is in the circle no
 * more is heard for an hour from when that was learnt here: that is enough to fetch
 * what they said before, and they hold the keys of the old epochs for ever.
 *
 * @param epochs as `listEpochs` gives them @param key of the member
 */
export function isHeard(epochs: readonly Epoch[], key: Uint8Array, now: number): boolean {
  const last = epochs.find(({ roster }) => roster.members.some((each) => equal(each.key, key)))
  return last !== undefined && (last.closedAt === undefined || now < last.closedAt + lastWords)
}

/** The one that is written in. @throws Fault `wrong-state` where there is none */
export function newestEpoch(database: Database, circle: Pick<Circle, 'id' | 'hostKey'>): Epoch {
  const [newest] = listEpochs(database, circle)
  if (newest === undefined) throw new Fault('wrong-state', 'Nobody can write to this circle')
  return newest
}

/** The newest roster as the host signed it. */
export function newestRoster(database: Database, id: CircleId): { secret: Bytes; roster: Bytes } | undefined {
  return database.get<{ secret: Bytes; roster: Bytes }>(
    'SELECT secret, roster FROM circle_epochs WHERE circle_id = ? ORDER BY epoch DESC LIMIT 1',
    [id],
  )
}

/**
 * Begins an epoch that the host has told of, or has made, inside the caller's
 * transaction. From here on nothing goes to where somebody reads who is not in
 * it: what was written and is not stored yet is encrypted anew.
 *
 * @throws Fault what `decodeRoster` throws; `malformed` where it is another circle's, no later one, or without this side
 */
export function beginEpoch(
  database: Database,
  circle: Circle,
  { secret, roster: encoded, now }: { readonly secret: Bytes; readonly roster: Bytes; readonly now: number },
): void {
  const roster = decodeRoster(encoded, circle.hostKey)
  const { sign, box } = memberKeys(circle.seed)
  const mine = roster.members.findIndex(({ key }) => equal(key, sign.publicKey))
  const self = roster.members[mine]
  const fits = equal(roster.circle, circle.wireId) && roster.epoch > circle.epoch
  if (!fits || self === undefined || !equal(self.box, box.publicKey)) {
    throw new Fault('malformed', 'A roster that is not for this member')
  }
  const { id } = circle
  const before = listEpochs(database, circle)
  for (const { epoch, roster: earlier, mine: own, closedAt, sealed } of before) {
    const seals = sealed || isSmaller(roster, earlier)
    database.run('UPDATE circle_epochs SET closed_at = ?, sealed = ? WHERE circle_id = ? AND epoch = ?', [
      closedAt ?? now,
      seals ? 1 : 0,
      id,
      epoch,
    ])
    // nobody can be told there any more that there is more
    const told = getChain(database, { circleId: id, epoch, member: own })?.count ?? 0
    if (seals && !sealed) sayUntoldAgain(database, id, { epoch, from: told, since: now - renewUntil })
  }
  database.run(
    `INSERT INTO circle_epochs (circle_id, epoch, secret, roster, mine, started_at) VALUES (?, ?, ?, ?, ?, ?)`,
    [id, roster.epoch, secret, encoded, mine, now],
  )
  for (const [member, each] of roster.members.entries()) {
    const chain = hex(chainName({ circle: circle.wireId, epoch: roster.epoch, member }))
    database.run('INSERT INTO circle_chains (circle_id, epoch, member, chain) VALUES (?, ?, ?, ?)', [
      id,
      roster.epoch,
      member,
      chain,
    ])
    noteMember(database, id, each)
  }
  database.run(`UPDATE circles SET epoch = ?, name = ?, state = 'active' WHERE id = ?`, [roster.epoch, roster.name, id])
  sayUnstoredAgain(database, id)
  const [latest] = before
  if (latest !== undefined && isSmaller(latest.roster, roster)) wantResources(database, id, now)
  for (const { epoch } of before.slice(mostEpochs - 1)) forgetEpoch(database, getCircle(database, id), epoch, now)
  dropStrangers(database, circle)
}

/** Who is in no epoch that is known, and of whom nothing is here: a host can name others with each. */
function dropStrangers(database: Database, circle: Circle): void {
  const known = new Set(listEpochs(database, circle).flatMap(({ roster }) => roster.members.map(({ key }) => hex(key))))
  for (const { id, key } of listMembers(database, circle.id)) {
    if (known.has(hex(key))) continue
    database.run(
      `DELETE FROM circle_members WHERE id = $id AND muted = 0
         AND NOT EXISTS (SELECT 1 FROM circle_messages WHERE circle_id = $circle AND member_id = $id)
         AND NOT EXISTS (SELECT 1 FROM circle_reports WHERE circle_id = $circle AND (by_member = $id OR about = $id))`,
      { id, circle: circle.id },
    )
  }
}

/** Whose time is over. @returns whether any was */
export function forgetOldEpochs(database: Database, circle: Circle, now: number): boolean {
  const old = listEpochs(database, circle).filter(
    ({ closedAt }) => closedAt !== undefined && closedAt + keepEpoch <= now,
  )
  database.transaction(() => {
    for (const { epoch } of old) forgetEpoch(database, circle, epoch, now)
  })
  return old.length > 0
}

/** With its keys; what was told of and never came is a gap. */
function forgetEpoch(database: Database, circle: Circle, epoch: number, now: number): void {
  const found = listEpochs(database, circle).find((each) => each.epoch === epoch)
  if (found === undefined) return
  for (const [member, { key }] of found.roster.members.entries()) {
    if (member === found.mine) continue
    const missing = missingOf(database, { circleId: circle.id, epoch, member }).length
    if (missing > 0) addGap(database, circle.id, { memberId: memberByKey(database, circle.id, key).id, missing, now })
  }
  // where epochs follow each other fast it may be young
  sayUntoldAgain(database, circle.id, { epoch, from: 0, since: now - renewUntil })
  database.run('DELETE FROM circle_epochs WHERE circle_id = ? AND epoch = ?', [circle.id, epoch])
  database.run('DELETE FROM circle_outbox WHERE circle_id = ? AND stored = 1 AND epoch = ?', [circle.id, epoch])
}
