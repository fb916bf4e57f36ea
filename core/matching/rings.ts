import type { TopicSpace } from '../topics/own.ts'
import { shared, type Facts } from './facts.ts'
import { byTurn } from './rotation.ts'

/** Somebody with what they offer and what they look for. */
export interface Trader {
  readonly persona: string
  /** Drawn on this device, and stands for the persona where equals are ordered: the least id of what they wrote. */
  readonly turn: string
  /** What they give: their offers, and what they would give in return for what they look for. */
  readonly offers: readonly Facts[]
  /** What they look for: their requests, and what they would like in return for what they give. */
  readonly requests: readonly Facts[]
}

/** That one person can give what another looks for. */
export interface Gift {
  readonly offer: Facts
  readonly request: Facts
  readonly topic: string
  readonly wished: string
  /** Between the two topics: only the same and those beside it count. */
  readonly distance: 0 | 1
}

export interface Ring {
  /** Each gives to the next, the last one to the first, which is the person who asks. */
  readonly people: readonly Trader[]
  readonly gifts: readonly Gift[]
  /** The last of those of its people. */
  readonly standing: Standing
}

/**
 * Which rings somebody's come after: those of people who can be asked come first,
 * then those with somebody who was, then those with somebody whom a list hides.
 */
export const standings = ['open', 'introduced', 'hidden'] as const
export type Standing = (typeof standings)[number]

export interface RingWish {
  /** At most so many, and as many again of those that are hidden. */
  readonly limit: number
  /** Nobody else is proposed in more than so many, so that one busy person does not fill the list. */
  readonly perPerson: number
  /** Which of equals comes first: core/matching/rotation.ts */
  readonly day: number
  /** The topics of the community. */
  readonly topics: RingTopics
  readonly standing: (persona: string) => Standing
}

type RingTopics = Pick<TopicSpace, 'near' | 'distance'>

/**
 * So much of what one persona gives, and of what it looks for, is looked at, the
 * first that was read: each is held against each of another's, and a member can
 * fill the boards under two personas.
 */
const mostOfOne = 10

/** Everybody of a list of offers, by persona. */
export function traders(facts: readonly Facts[]): Trader[] {
  return [...Map.groupBy(facts, ({ persona }) => persona)].map(([persona, wrote]) => ({
    persona,
    turn: wrote.reduce((least, { id }) => (id < least ? id : least), wrote[0]?.id ?? ''),
    offers: [...wrote.filter(({ kind }) => kind === 'offer'), ...returnsOf(wrote, 'request')].slice(0, mostOfOne),
    requests: [...wrote.filter(({ kind }) => kind === 'request'), ...returnsOf(wrote, 'offer')].slice(0, mostOfOne),
  }))
}

/** What is said in return, as if it were said by itself. */
function returnsOf(wrote: readonly Facts[], kind: Facts['kind']): Facts[] {
  return wrote.flatMap((facts) =>
    facts.kind === kind && facts.inReturn.length > 0 ? [{ ...facts, topics: facts.inReturn }] : [],
  )
}

/** The best that one can give to another: the nearest topics, then the first in order of ids and topics. */
export function giftOf(giver: Trader, taker: Trader, topics: Pick<TopicSpace, 'distance'>): Gift | undefined {
  let best: Gift | undefined
  for (const offer of giver.offers) {
    for (const request of taker.requests) {
      if (shared(offer.languages, request.languages).length === 0) continue
      for (const topic of offer.topics) {
        for (const wished of request.topics) {
          const distance = topics.distance(topic, wished)
          if (distance === undefined || distance === 2) continue
          const gift = { offer, request, topic, wished, distance }
          if (best === undefined || compareGifts(gift, best) < 0) best = gift
        }
      }
    }
  }
  return best
}

function compareGifts(a: Gift, b: Gift): number {
  if (a.distance !== b.distance) return a.distance - b.distance
  const [first, second] = [a, b].map(({ offer, request, topic, wished }) =>
    [offer.id, request.id, topic, wished].join(' '),
  )
  return (first ?? '') < (second ?? '') ? -1 : 1
}

/** People by what they look for, `topic language`, each list in the order in which they were put in. */
class Seekers {
  readonly #by = new Map<string, Trader[]>()

  add(person: Trader): void {
    for (const key of keysOf(person.requests, (topic) => [topic])) {
      const list = this.#by.get(key)
      if (list === undefined) this.#by.set(key, [person])
      else list.push(person)
    }
  }

  /** Asks of the people under each key whether they are wanted, until `count` of them are. */
  first(keys: Iterable<string>, count: number, wanted: (person: Trader) => boolean): void {
    for (const key of keys) {
      let taken = 0
      for (const person of this.#by.get(key) ?? []) {
        if (taken === count) break
        if (wanted(person)) taken++
      }
    }
  }
}

function keysOf(wrote: readonly Facts[], around: (topic: string) => Iterable<string>): Set<string> {
  const keys = new Set<string>()
  for (const { topics, languages } of wrote)
    for (const topic of topics)
      for (const near of around(topic)) for (const language of languages) keys.add(`${near} ${language}`)
  return keys
}

/** Somebody beside the person who asks, with how they stand: a number of `standings`. */
interface Neighbour {
  readonly person: Trader
  readonly standing: number
  /** What the person who asks can give them, and they that person. */
  readonly given: Gift | undefined
  readonly got: Gift | undefined
}

/**
 * Pairs and rings of three in which somebody gives and gets: by how those in them
 * stand, then pairs first, then the nearest topics, then by the turn of the day.
 *
 * Nobody is compared with everybody: who could stand between is looked up by
 * topic and language, and only as many are looked at as are proposed. So boards
 * on which everybody fits everybody cost no more than others.
 *
 * @param others without the person's own personas
 */
export function findRings(me: Trader, others: readonly Trader[], wish: RingWish): Ring[] {
  const { limit, perPerson, day, topics } = wish
  const neighbours = others
    .map((person): Neighbour => ({
      person,
      standing: standings.indexOf(wish.standing(person.persona)),
      given: giftOf(me, person, topics),
      got: giftOf(person, me, topics),
    }))
    .filter(({ given, got }) => given !== undefined || got !== undefined)
    .toSorted((a, b) => byTurn(a.person.turn, b.person.turn, day))

  const rings: Ring[] = []
  const used = new Map<Trader, number>()
  const left = (person: Trader): number => perPerson - (used.get(person) ?? 0)
  const triples = new Triples(me, neighbours, { ...wish, left })
  for (const [number, standing] of standings.entries()) {
    // as it is on most days
    if (number > 0 && !neighbours.some((one) => one.standing === number)) continue
    const until = standing === 'hidden' ? rings.length + limit : limit
    for (const found of [pairsOf(me, neighbours, number, left), triples.of(number)]) {
      if (rings.length >= until) break
      for (const ring of found) {
        rings.push({ ...ring, standing })
        for (const person of ring.people.slice(1)) used.set(person, (used.get(person) ?? 0) + 1)
        if (rings.length === until) break
      }
    }
  }
  return rings
}

type Left = (person: Trader) => number
type Found = Generator<Omit<Ring, 'standing'>, void>

/** The nearest first. Whoever takes one counts its people before asking for the next. */
function* pairsOf(me: Trader, neighbours: readonly Neighbour[], number: number, left: Left): Found {
  for (let total = 0; total <= 2; total++) {
    for (const { person, standing, given, got } of neighbours) {
      if (standing !== number || given === undefined || got === undefined) continue
      if (given.distance + got.distance === total && left(person) > 0)
        yield { people: [me, person], gifts: [given, got] }
    }
  }
}

type TriplesOptions = Pick<RingWish, 'day' | 'topics'> & { readonly left: Left }

/** Rings of three around one person. */
class Triples {
  readonly #me: Trader
  readonly #neighbours: readonly Neighbour[]
  readonly #options: TriplesOptions
  /** Who gives to the person who asks: by their standing, then by how far that lies from what is wished. */
  readonly #givers = standings.map(() => [new Seekers(), new Seekers()] as const)
  readonly #gifts = new Map<Trader, Gift>()
  readonly #keys = new Map<Trader, readonly [same: Set<string>, near: Set<string>]>()

  constructor(me: Trader, neighbours: readonly Neighbour[], options: TriplesOptions) {
    this.#me = me
    this.#neighbours = neighbours
    this.#options = options
    for (const { person, standing, got } of neighbours) {
      if (got === undefined) continue
      this.#gifts.set(person, got)
      this.#givers[standing]?.[got.distance].add(person)
    }
  }

  /** Those in which this is the last standing; the nearest first. Whoever takes one counts its people before asking for the next. */
  *of(number: number): Found {
    const { left, day, topics } = this.#options
    for (let total = 0; total <= 3; total++) {
      for (const { person: second, standing, given } of this.#neighbours) {
        if (given === undefined || standing > number) continue
        const among = this.#givers.slice(standing === number ? 0 : number, number + 1)
        const thirds = new Map<Trader, Gift>()
        for (const passed of [0, 1] as const) {
          const rest = total - given.distance - passed
          if ((rest !== 0 && rest !== 1) || left(second) <= 0) continue
          const keys = this.#keysOf(second)[passed]
          for (const between of among) {
            between[rest].first(keys, left(second), (third) => {
              const gift = third === second || left(third) <= 0 ? undefined : giftOf(second, third, topics)
              if (gift?.distance !== passed) return false
              thirds.set(third, gift)
              return true
            })
          }
        }
        for (const [third, passed] of [...thirds].toSorted(([a], [b]) => byTurn(a.turn, b.turn, day))) {
          const got = this.#gifts.get(third)
          if (got !== undefined && left(second) > 0 && left(third) > 0)
            yield { people: [this.#me, second, third], gifts: [given, passed, got] }
        }
      }
    }
  }

  #keysOf(giver: Trader): readonly [Set<string>, Set<string>] {
    const known = this.#keys.get(giver) ?? [
      keysOf(giver.offers, (topic) => [topic]),
      keysOf(giver.offers, this.#options.topics.near),
    ]
    this.#keys.set(giver, known)
    return known
  }
}
