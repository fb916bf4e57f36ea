import { hex } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault } from '../base/fault.ts'
import { shuffled } from '../crypto/random.ts'
import type { BoxSession, Listing } from './box-session.ts'
import { placeKey, type ReadCapability } from './capability.ts'
import { gather } from './gather.ts'
import { maxPlaces, maxRecords, roundDeadline } from './limits.ts'
import type { Listed } from './messages.ts'
import type { OpenedCache } from './opened-cache.ts'
import { proveRecord, type Proven } from './record.ts'

/** What a node says that it holds. Nothing is believed of it before the record was seen. */
interface Claim extends Listed {
  readonly session: BoxSession
}

/** One author's record at one place, as the nodes tell of it. */
interface Item {
  readonly key: string
  readonly capability: ReadCapability
  readonly digest: Listed['digest']
  /** Not tried yet, the most promising first. */
  claims: Claim[]
  best: Proven | undefined
}

/** A place and the nodes to ask about it. */
export interface Target {
  readonly capability: ReadCapability
  readonly readers: readonly BoxSession[]
  /** Those of them that it is written to: half of these see every box that more than half of them took. */
  readonly writers: readonly BoxSession[]
}

export interface HarvestOptions {
  readonly clock: Clock
  readonly cache: OpenedCache
  readonly signal?: AbortSignal | undefined
}

/** Claims that prove empty are tried at so many nodes; each round costs at most `roundDeadline`. */
const maxRounds = 24

/**
 * Reads places wide and in two steps: who holds what, then each record that is
 * not held here yet, from one node. A node that lies, or is slow, costs a round
 * and nothing else: what it claimed is got from the others.
 *
 * @throws Fault `unreachable` where no node answered
 */
export async function harvest(targets: readonly Target[], options: HarvestOptions): Promise<Proven[]> {
  const items = await listAll(targets, options)
  for (const item of items) item.best = options.cache.get(item.key)
  for (let round = 0; round < maxRounds; round++) {
    const wanted = items.flatMap((item) => {
      dropSettled(item)
      const [claim] = item.claims
      return claim === undefined ? [] : [{ item, claim }]
    })
    if (wanted.length === 0) break
    await fetchRound(wanted, options)
  }
  // what was known from before and no node lists any more is not among the items
  return items.flatMap(({ best }) => (best === undefined ? [] : [best]))
}

async function listAll(targets: readonly Target[], { clock, signal }: HarvestOptions): Promise<Item[]> {
  const bySession = new Map<BoxSession, ReadCapability[]>()
  for (const { capability, readers } of targets) {
    for (const session of readers) bySession.set(session, [...(bySession.get(session) ?? []), capability])
  }
  const answers = await gather(
    [...bySession].map(([session, places]) => listOne(session, places, signal)),
    clock,
    (answers) => {
      const answered = new Set(answers.map(({ session }) => session))
      return targets.every(({ writers }) => writers.filter((each) => answered.has(each)).length * 2 >= writers.length)
    },
  )
  signal?.throwIfAborted()
  if (answers.length === 0) throw new Fault('unreachable', 'No community node answers', { retryable: true })
  const items = new Map<string, Item>()
  for (const { session, places, listings } of answers) {
    for (const [chunk, listing] of listings.entries()) {
      for (const [index, listed] of listing) {
        const capability = places[chunk * maxPlaces + index]
        if (capability !== undefined) addClaims(items, capability, listed, session)
      }
    }
  }
  // which of several nodes is asked for a record is left to chance, so that all of them carry their part
  for (const item of items.values()) item.claims = shuffled(item.claims).toSorted(mostPromisingFirst)
  return [...items.values()]
}

async function listOne(
  session: BoxSession,
  places: readonly ReadCapability[],
  signal: AbortSignal | undefined,
): Promise<{ session: BoxSession; places: readonly ReadCapability[]; listings: Listing[] }> {
  const listings: Listing[] = []
  for (let from = 0; from < places.length; from += maxPlaces) {
    listings.push(await session.list(places.slice(from, from + maxPlaces), signal))
  }
  return { session, places, listings }
}

function addClaims(
  items: Map<string, Item>,
  capability: ReadCapability,
  listed: readonly Listed[],
  session: BoxSession,
): void {
  for (const each of listed) {
    const key = placeKey(capability.place) + hex(each.digest)
    const item = items.get(key) ?? { key, capability, digest: each.digest, claims: [], best: undefined }
    item.claims.push({ ...each, session })
    items.set(key, item)
  }
}

async function fetchRound(
  wanted: readonly { readonly item: Item; readonly claim: Claim }[],
  { clock, cache, signal }: HarvestOptions,
): Promise<void> {
  const bySession = Map.groupBy(wanted, ({ claim }) => claim.session)
  const failing = new Set<BoxSession>(bySession.keys())
  const getAll = async (session: BoxSession, asked: typeof wanted, signal: AbortSignal): Promise<void> => {
    for (let from = 0; from < asked.length; from += maxRecords) {
      const batch = asked.slice(from, from + maxRecords)
      const names = batch.map(({ item: { capability, digest } }) => ({ place: capability.place, digest }))
      const records = await session.get(names, signal)
      for (const [index, { item }] of batch.entries()) {
        const record = records[index]
        const proven = record === undefined ? undefined : proveRecord(record, { ...item, clock })
        // a record that is not what it should be: nothing that this node says is worth asking for
        if (record !== undefined && proven === undefined) {
          session.distrust()
          return
        }
        if (proven !== undefined) {
          if (isBetter(proven, item.best)) item.best = proven
          cache.set(item.key, item.best)
        }
        // whatever came, the node has no more than that
        item.claims = item.claims.filter((claim) => claim.session !== session)
      }
    }
    failing.delete(session)
  }
  // one that lists thousands of records and has none could make us ask for them one deadline after the other
  await gather(
    [...bySession].map(([session, asked]) =>
      withDeadline(clock, roundDeadline, signal, (signal) => getAll(session, asked, signal)),
    ),
    clock,
  )
  signal?.throwIfAborted()
  if (failing.size === 0) return
  for (const { item } of wanted) item.claims = item.claims.filter(({ session }) => !failing.has(session))
}

/** Claims that could not change anything are not worth a question. */
function dropSettled(item: Item): void {
  const { best } = item
  if (best !== undefined) item.claims = item.claims.filter((claim) => isBetter(claim, best))
}

/** A higher sequence wins; of the same sequence the tombstone does. */
function isBetter(a: Pick<Proven, 'kind' | 'sequence'>, b: Pick<Proven, 'kind' | 'sequence'> | undefined): boolean {
  if (b === undefined || a.sequence !== b.sequence) return b === undefined || a.sequence > b.sequence
  return a.kind === 'tombstone' && b.kind === 'box'
}

function mostPromisingFirst(a: Claim, b: Claim): number {
  if (a.sequence !== b.sequence) return a.sequence > b.sequence ? -1 : 1
  return Number(b.kind === 'tombstone') - Number(a.kind === 'tombstone')
}
