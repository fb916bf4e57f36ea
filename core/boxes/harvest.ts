import { hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { shuffled } from '../crypto/random.ts'
import type { BoxSession } from './box-session.ts'
import { placeKey, type ReadCapability } from './capability.ts'
import { gather } from './gather.ts'
import { maxRecords, roundDeadline, silentAfter } from './limits.ts'
import type { Listed } from './messages.ts'
import { recordKey, type OpenedCache } from './opened-cache.ts'
import { proveRecord, type Proven } from './record.ts'
import { survey, type SurveyOptions, type Target } from './survey.ts'

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

export interface HarvestOptions extends SurveyOptions {
  readonly cache: OpenedCache
}

/** Claims that prove empty are tried at so many nodes; each round costs at most `roundDeadline`. */
const maxRounds = 24

/**
 * Reads places in two steps: who holds what, then each record that is not held
 * here yet, from one node. A node that lies, or is slow, costs a round
 * and nothing else: what it claimed is got from the others.
 *
 * @throws Fault `unreachable` where no node answered
 */
export async function harvest(targets: readonly Target[], options: HarvestOptions): Promise<Proven[]> {
  const items = await listAll(targets, options)
  for (const item of items) item.best ??= options.cache.get(item.key)
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

async function listAll(targets: readonly Target[], options: HarvestOptions): Promise<Item[]> {
  const items = new Map<string, Item>()
  const capabilities = new Map(targets.map(({ capability }) => [placeKey(capability.place), capability]))
  const isNew = ({ place }: ReadCapability): boolean => !options.cache.hasPlace(placeKey(place))
  const { answers, along } = await survey(targets, isNew, options)
  for (const [session, places] of answers) {
    for (const [key, listed] of places) {
      const capability = capabilities.get(key)
      if (capability !== undefined) addClaims(items, capability, listed, session)
    }
  }
  // which of several nodes is asked for a record is left to chance, so that all of them carry their part
  for (const item of items.values()) item.claims = shuffled(item.claims).toSorted(mostPromisingFirst)
  for (const { session, capability, digest, record } of along) {
    const item = items.get(recordKey(placeKey(capability.place), hex(digest)))
    if (item !== undefined) take(item, record, session, options)
  }
  return [...items.values()]
}

function addClaims(
  items: Map<string, Item>,
  capability: ReadCapability,
  listed: readonly Listed[],
  session: BoxSession,
): void {
  for (const each of listed) {
    const key = recordKey(placeKey(capability.place), hex(each.digest))
    const item = items.get(key) ?? { key, capability, digest: each.digest, claims: [], best: undefined }
    item.claims.push({ ...each, session })
    items.set(key, item)
  }
}

async function fetchRound(
  wanted: readonly { readonly item: Item; readonly claim: Claim }[],
  options: HarvestOptions,
): Promise<void> {
  const { clock, signal } = options
  const bySession = Map.groupBy(wanted, ({ claim }) => claim.session)
  const failing = new Set<BoxSession>(bySession.keys())
  const getAll = async (session: BoxSession, asked: typeof wanted, signal: AbortSignal): Promise<void> => {
    const batches = Array.from({ length: Math.ceil(asked.length / maxRecords) }, (_, index) =>
      asked.slice(index * maxRecords, (index + 1) * maxRecords),
    )
    const get = (batch: typeof wanted): Promise<(Bytes | undefined)[]> => {
      const names = batch.map(({ item: { capability, digest } }) => ({ place: capability.place, digest }))
      const records = session.get(names, signal)
      // nobody may come to wait for it
      records.catch(() => {})
      return records
    }
    let next = get(batches[0] ?? [])
    for (const [index, batch] of batches.entries()) {
      const records = await next
      const following = batches[index + 1]
      // on its way while what came is verified
      if (following !== undefined) next = get(following)
      for (const [index, { item }] of batch.entries()) {
        // a record that is not what it should be: nothing that this node says is worth asking for
        if (!take(item, records[index], session, options)) return
      }
    }
    failing.delete(session)
  }
  const end = new AbortController()
  await Promise.race([
    // one that lists thousands of records and has none could make us ask for them one deadline after the other
    gather(
      [...bySession].map(([session, asked]) =>
        withDeadline(clock, roundDeadline, signal, (signal) => getAll(session, asked, signal)),
      ),
      clock,
    ),
    allSilent(failing, clock, end.signal),
  ])
  end.abort(end)
  signal?.throwIfAborted()
  if (failing.size === 0) return
  for (const { item } of wanted) item.claims = item.claims.filter(({ session }) => !failing.has(session))
}

/** @returns whether what a node gave may be what it claimed */
function take(item: Item, record: Bytes | undefined, session: BoxSession, { cache, clock }: HarvestOptions): boolean {
  const proven = record === undefined ? undefined : proveRecord(record, { ...item, clock })
  if (record !== undefined && proven === undefined) {
    session.distrust()
    return false
  }
  if (proven !== undefined) {
    if (isBetter(proven, item.best)) item.best = proven
    cache.set(item.key, item.best)
  }
  // whatever came, the node has no more than that
  item.claims = item.claims.filter((claim) => claim.session !== session)
  return true
}

/** Resolves once all that have not answered yet have been silent for too long: what they claim is got elsewhere. */
async function allSilent(waited: ReadonlySet<BoxSession>, clock: Clock, signal: AbortSignal): Promise<void> {
  do await clock.wait(silentAfter / 8, signal).catch(() => {})
  while (!signal.aborted && [...waited].some((session) => !session.silent))
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
