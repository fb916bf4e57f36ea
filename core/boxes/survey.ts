import { hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { BoxSession } from './box-session.ts'
import { placeKey, type ReadCapability } from './capability.ts'
import { gather } from './gather.ts'
import { maxAlong, maxPlaces } from './limits.ts'
import type { Listed } from './messages.ts'

/** A place and the nodes to ask about it, see Near in directory.ts. */
export interface Target {
  readonly capability: ReadCapability
  readonly readers: readonly BoxSession[]
  readonly writers: readonly BoxSession[]
  readonly sample: readonly BoxSession[]
}

/** What each node lists, by the keys of the places that it was asked about. */
type Answers = Map<BoxSession, Map<string, readonly Listed[]>>

/** A record that came along with what a node lists. */
export interface Along {
  readonly session: BoxSession
  readonly capability: ReadCapability
  readonly digest: Bytes
  readonly record: Bytes
}

export interface SurveyOptions {
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
}

interface Ask extends SurveyOptions {
  readonly answers: Answers
  readonly along: Along[]
  /** The node that is asked for records too. */
  readonly giver?: BoxSession | undefined
}

/**
 * Asks what lies at places: first a sample of those that took what was written
 * there, and where these do not all answer, and the same, all the others too. So
 * most readings cost half of the requests and show half of the nodes what is
 * read, and yet what a majority took is not missed.
 *
 * One node, which is asked about the most places, sends the records along where
 * they are few.
 *
 * @param wanted whether nothing of a place is held here yet
 * @throws Fault `unreachable` where no node answered
 */
export async function survey(
  targets: readonly Target[],
  wanted: (capability: ReadCapability) => boolean,
  options: SurveyOptions,
): Promise<{ readonly answers: Answers; readonly along: readonly Along[] }> {
  const [answers, along]: [Answers, Along[]] = [new Map(), []]
  const giver = mostAsked(targets)
  const isNew = targets.every(({ capability, sample }) => !sample.some((each) => each === giver) || wanted(capability))
  await ask(targets, ({ sample }) => ({ asked: sample, quorum: sample }), {
    ...options,
    answers,
    along,
    giver: isNew ? giver : undefined,
  })
  const doubtful = targets.filter(({ capability, sample }) => !agree(capability, sample, answers))
  if (doubtful.length > 0) {
    const others = ({ readers, sample }: Target) => readers.filter((each) => !sample.includes(each))
    await ask(doubtful, (target) => ({ asked: others(target), quorum: target.writers }), { ...options, answers, along })
  }
  if (answers.size === 0) throw new Fault('unreachable', 'No community node answers', { retryable: true })
  return { answers, along }
}

/** Until half of each quorum has answered, now or before, and a little longer for the others. */
async function ask(
  targets: readonly Target[],
  whom: (target: Target) => { readonly asked: readonly BoxSession[]; readonly quorum: readonly BoxSession[] },
  { answers, along, giver, clock, signal }: Ask,
): Promise<void> {
  const plan = targets.map((target) => ({ ...whom(target), capability: target.capability }))
  const bySession = new Map<BoxSession, ReadCapability[]>()
  for (const { capability, asked } of plan) {
    for (const session of asked) {
      const places = bySession.get(session)
      if (places === undefined) bySession.set(session, [capability])
      else places.push(capability)
    }
  }
  const tasks = [...bySession].map(([session, places]) =>
    list(session, places, session === giver ? maxAlong : 0, signal),
  )
  const told = await gather(tasks, clock, (told) => {
    const sessions = new Set([...answers.keys(), ...told.map(({ session }) => session)])
    return plan.every(({ quorum }) => quorum.filter((each) => sessions.has(each)).length * 2 >= quorum.length)
  })
  signal?.throwIfAborted()
  for (const { session, listed, records } of told) {
    along.push(...records)
    answers.set(session, new Map([...(answers.get(session) ?? []), ...listed]))
  }
}

async function list(
  session: BoxSession,
  places: readonly ReadCapability[],
  most: number,
  signal: AbortSignal | undefined,
): Promise<{
  readonly session: BoxSession
  readonly listed: Map<string, readonly Listed[]>
  readonly records: readonly Along[]
}> {
  const listed = new Map<string, readonly Listed[]>()
  const records: Along[] = []
  for (let from = 0; from < places.length; from += maxPlaces) {
    const some = places.slice(from, from + maxPlaces)
    const listing = await session.list(some, most, signal)
    for (const [index, { place }] of some.entries()) listed.set(placeKey(place), listing.places.get(index) ?? [])
    for (const { index, digest, record } of listing.records) {
      const capability = some[index]
      if (capability !== undefined && record !== undefined) records.push({ session, capability, digest, record })
    }
  }
  return { session, listed, records }
}

/** The node that is in the most samples, the first of several. */
function mostAsked(targets: readonly Target[]): BoxSession | undefined {
  const counts = new Map<BoxSession, number>()
  for (const { sample } of targets) for (const each of sample) counts.set(each, (counts.get(each) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** Whether all of the sample answered, and the same. */
function agree({ place }: ReadCapability, sample: readonly BoxSession[], answers: Answers): boolean {
  const said = sample.map((session) => {
    const listed = answers.get(session)?.get(placeKey(place))
    return listed
      ?.map(({ digest, sequence, kind }) => `${hex(digest)} ${sequence} ${kind}`)
      .toSorted()
      .join()
  })
  return said.every((each) => each !== undefined && each === said[0])
}
