import type { MatchReason } from '../api/matching.ts'
import type { TopicSpace } from '../topics/own.ts'
import { blocksOf, shared, sharedTime, type Facts, type Wish } from './facts.ts'
import { turnOf } from './rotation.ts'

const day = 86_400_000

/**
 * Points of one offer for one wish. What is asked for outweighs everything else
 * together: an offer on the very topic stands above one beside it, whatever else
 * speaks for that one, but for a swap.
 */
const points = {
  /** By how far the nearest topics lie from each other. */
  topic: [90, 45, 15],
  /** Where no topics are near, but a free tag is the same. */
  tagAlone: 45,
  /** For each more of its topics that is wished for or beside that, two at most. */
  moreTopics: 4,
  /** For each more language that both speak, two at most. */
  moreLanguages: 2,
  level: { same: 8, any: 4, beside: 2, far: 0 },
  /** A format that both can do. */
  format: 4,
  /** For each free tag that is the same, two at most. */
  tags: 4,
  /** Time of the week that both have; where one of them does not say, it is half as good. */
  time: { shared: 8, unsaid: 4, none: 0 },
  /** Its author looks for something that this person offers. */
  swap: 30,
  fresh: 4,
  /** Taken off for each better one of the same author: nobody fills the list alone. */
  sameAuthor: 24,
} as const

/** So long an offer counts as new, and so does whoever wrote it. */
export const freshFor = 7 * day

export interface RankContext {
  readonly now: number
  /** Which of equals comes first: core/matching/rotation.ts */
  readonly day: number
  /** The topics of the community. */
  readonly topics: Pick<TopicSpace, 'distance'>
  /** A topic that could go back to the author of an offer, or come back from the author of a request. */
  readonly inReturn: (offer: Facts, wish: Wish) => string | undefined
}

export interface Ranked {
  readonly offer: Facts
  readonly wish: Wish
  readonly score: number
  /** Of these points, those for what is asked: how near the nearest topic is, or that a tag is the same. */
  readonly fit: number
  /** Its place was kept for somebody who is new here: core/matching/newcomers.ts */
  readonly kept?: true
}

const levels = ['beginner', 'some', 'experienced']

type LevelFit = keyof typeof points.level

function levelFit(mine: string, theirs: string): LevelFit {
  if (mine === 'any' || theirs === 'any') return 'any'
  if (mine === theirs) return 'same'
  return Math.abs(levels.indexOf(mine) - levels.indexOf(theirs)) === 1 ? 'beside' : 'far'
}

function timeFit(mine: number, theirs: number): keyof typeof points.time {
  if (mine === 0 || theirs === 0) return 'unsaid'
  return sharedTime(mine, theirs) === 0 ? 'none' : 'shared'
}

/** @returns undefined where it answers nothing of the wish, or in no language that both speak */
function scoreOf(
  offer: Facts,
  wish: Wish,
  { now, topics, inReturn }: RankContext,
): Pick<Ranked, 'score' | 'fit'> | undefined {
  if (offer.kind === wish.kind) return undefined
  let nearest: number | undefined
  let close = 0
  for (const topic of offer.topics) {
    let best: number | undefined
    for (const wished of wish.topics) {
      const distance = topics.distance(wished, topic)
      if (distance !== undefined && (best === undefined || distance < best)) best = distance
    }
    if (best === undefined) continue
    if (best < 2) close++
    if (nearest === undefined || best < nearest) nearest = best
  }
  const tags = shared(wish.tags, offer.tags).length
  if (nearest === undefined && tags === 0) return undefined
  const languages = shared(wish.languages, offer.languages).length
  if (languages === 0) return undefined
  const fit = Math.max(
    (nearest === undefined ? undefined : points.topic[nearest]) ?? 0,
    tags === 0 ? 0 : points.tagAlone,
  )
  const score =
    fit +
    points.moreTopics * Math.max(0, close - 1) +
    points.moreLanguages * Math.min(2, languages - 1) +
    points.tags * Math.min(2, tags) +
    points.time[timeFit(wish.availability, offer.availability)] +
    points.level[levelFit(wish.level, offer.level)] +
    (shared(wish.formats, offer.formats).length > 0 ? points.format : 0) +
    (inReturn(offer, wish) === undefined ? 0 : points.swap) +
    (now - offer.seenAt < freshFor ? points.fresh : 0)
  return { score, fit }
}

/**
 * Orders offers by how well they answer any of the wishes; what answers none is
 * left out. The same for the same data on the same day. Among equals the day
 * decides, and an author's second offer gives way to others.
 *
 * @param wishes requests are answered by offers, and offers by requests
 */
export function rank(offers: readonly Facts[], wishes: readonly Wish[], context: RankContext): Ranked[] {
  const found: (Ranked & { readonly turn: number })[] = []
  for (const offer of offers) {
    let best: Omit<Ranked, 'offer'> | undefined
    for (const wish of wishes) {
      const scored = scoreOf(offer, wish, context)
      if (scored !== undefined && (best === undefined || scored.score > best.score)) best = { wish, ...scored }
    }
    if (best !== undefined) found.push({ offer, ...best, turn: turnOf(offer.id, context.day) })
  }
  const order = (a: (typeof found)[number], b: (typeof found)[number]): number =>
    b.score - a.score || a.turn - b.turn || (a.offer.id < b.offer.id ? -1 : 1)
  found.sort(order)
  const before = new Map<string, number>()
  const spread = found.map((one) => {
    const better = before.get(one.offer.persona) ?? 0
    before.set(one.offer.persona, better + 1)
    return better === 0 ? one : { ...one, score: one.score - points.sameAuthor * better }
  })
  return spread.toSorted(order)
}

/** Why an offer was suggested, the strongest reason first. */
export function reasonsFor({ offer, wish, kept }: Ranked, { now, topics, inReturn }: RankContext): MatchReason[] {
  const reasons: MatchReason[] = kept ? [{ kind: 'newcomer' }] : []
  const back = inReturn(offer, wish)
  if (back !== undefined) reasons.push({ kind: 'swap', topic: back })
  const same = shared(offer.topics, wish.topics)
  for (const topic of same) reasons.push({ kind: 'topic', topic })
  const near = same.length === 0 ? nearTopic(offer, wish, topics) : undefined
  if (near !== undefined) reasons.push(near)
  for (const tag of shared(wish.tags, offer.tags)) reasons.push({ kind: 'tag', tag })
  reasons.push({ kind: 'language', languages: shared(wish.languages, offer.languages) })
  const time = blocksOf(sharedTime(wish.availability, offer.availability))
  if (time.length > 0) reasons.push({ kind: 'availability', blocks: time })
  if (levelFit(wish.level, offer.level) === 'same') reasons.push({ kind: 'level', level: offer.level })
  const formats = shared(wish.formats, offer.formats) as ('text' | 'voice' | 'in-person')[]
  if (formats.length > 0) reasons.push({ kind: 'format', formats })
  if (!kept && now - offer.seenAt < freshFor) reasons.push({ kind: 'new' })
  return reasons
}

function nearTopic(offer: Facts, wish: Wish, topics: RankContext['topics']): MatchReason | undefined {
  const pairs = offer.topics.flatMap((topic) => wish.topics.map((wished) => ({ topic, wished })))
  const [first] = pairs
    .filter(({ topic, wished }) => topics.distance(wished, topic) !== undefined)
    .toSorted((a, b) => (topics.distance(a.wished, a.topic) ?? 0) - (topics.distance(b.wished, b.topic) ?? 0))
  return first === undefined ? undefined : { kind: 'near-topic', ...first }
}
