import { setImmediate } from 'node:timers/promises'
import type { AppEvent } from '../api/events.ts'
import { hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { CommunityId, OfferId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { placeKey, type Capability } from '../boxes/capability.ts'
import type { OpenedBox } from '../boxes/client.ts'
import { clientOf, type Clients } from '../boxes/clients.ts'
import { readEpochs } from '../community/board-epochs.ts'
import type { Communities } from '../community/communities.ts'
import { allTopic } from './boards.ts'
import type { Database } from '../database/database.ts'
import { identityKeyOf } from '../ratchet/bundle.ts'
import { allPlaces, type Board } from './boards.ts'
import { readOffer, type OfferContent } from './content.ts'
import { harmlessText } from '../base/harmless.ts'
import type { SeenOffers } from './seen-offers.ts'

const hour = 3_600_000
/** Offers verified, and offers saved, before others get a turn: a full board must not freeze the app. */
const batch = 16
const savedAtOnce = 64

export interface BrowserOptions {
  readonly database: Database
  readonly communities: Communities
  readonly seen: SeenOffers
  readonly clients: Clients
  /** The offers of this vault that were taken off, by `offerKey`. */
  readonly withdrawn: () => ReadonlySet<string>
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  readonly log: Log
}

type Boards = ReadonlyMap<string, { readonly place: Capability; readonly board: Board }>

/** What makes copies one offer. */
export function offerKey(personaKey: Bytes, identityKey: Bytes): string {
  return `${hex(personaKey)}/${hex(identityKey)}`
}

interface Found {
  readonly content: OfferContent
  readonly identityKey: Bytes
  readonly epoch: number
  /** With the epoch, what shows others that its persona signed it. */
  readonly proof: { readonly signature: Bytes; readonly author: Bytes }
}

/** Reads boards, verifies what lies there, and keeps it in the vault. */
export class Browser {
  readonly #options: BrowserOptions

  constructor(options: BrowserOptions) {
    this.#options = options
  }

  /**
   * Reads the boards of a topic, or of everything.
   *
   * @returns how many offers stand there
   * @throws Fault `unreachable`, `cancelled`, `not-found` (community)
   */
  async refresh(communityId: CommunityId, topic: string | undefined, signal: AbortSignal): Promise<number> {
    const { communities, clients, clock, log } = this.#options
    communities.get(communityId)
    const client = clientOf(clients, communityId)
    const found: Found[] = []
    let refused = 0
    // one epoch after the other: nodes remember 256 places that somebody may read, and an epoch has 128
    for (const epoch of readEpochs(clock.now())) {
      const boards = this.#boards(communityId, topic ?? allTopic, epoch)
      const boxes = await client.fetch(
        [...boards.values()].map(({ place }) => place),
        { signal },
      )
      refused += await this.#verify(boxes, boards, found, signal)
    }
    if (refused > 0) log.write('info', 'offers.unusable', { boxes: refused })
    return this.#save(communityId, topic, found, signal)
  }

  /** @param found is added to @returns how many were not what they should be */
  async #verify(boxes: readonly OpenedBox[], boards: Boards, found: Found[], signal: AbortSignal): Promise<number> {
    const { clock } = this.#options
    let refused = 0
    for (const [index, box] of boxes.entries()) {
      if (index % batch === batch - 1) await setImmediate()
      if (signal.aborted) throw cancelled()
      const board = boards.get(placeKey(box.place))?.board
      const offer = board === undefined ? undefined : read(box, board, clock.now())
      if (offer === undefined) refused++
      else found.push(offer)
    }
    return refused
  }

  /**
   * Every group, however full: nobody can hide offers by filling a place or by
   * saying that one is empty, and none is lost when an earlier group empties.
   * A place where nothing lies costs its nodes a look into their index.
   */
  #boards(communityId: CommunityId, topic: string, epoch: number): Boards {
    const { communities } = this.#options
    const boards = new Map<string, { place: Capability; board: Board }>()
    const secret = communities.secretIfHere(communityId, epoch)
    if (secret === undefined) return boards
    for (const kind of ['offer', 'request'] as const) {
      const board = { kind, topic, epoch }
      for (const place of allPlaces(secret, board)) boards.set(placeKey(place.place), { place, board })
    }
    return boards
  }

  async #save(
    communityId: CommunityId,
    topic: string | undefined,
    found: readonly Found[],
    signal: AbortSignal,
  ): Promise<number> {
    const { database, seen, withdrawn, clock, emit } = this.#options
    const saved = new Set<OfferId>()
    const now = clock.now()
    for (let from = 0; from < found.length; from += savedAtOnce) {
      await setImmediate()
      if (signal.aborted) throw cancelled()
      database.transaction(() => {
        // asked each time: one may be taken off in between
        const gone = withdrawn()
        for (const { content, identityKey, epoch, proof } of found.slice(from, from + savedAtOnce)) {
          if (gone.has(offerKey(content.personaKey, identityKey))) continue
          saved.add(seen.put(communityId, content, { identityKey, epoch, now, proof }))
        }
      })
    }
    // last, and never of a reading that was cancelled: that has missed nothing
    database.transaction(() => {
      seen.countMissed(communityId, topic, saved)
      seen.purge(now)
    })
    emit({ type: 'offers', communityId })
    return saved.size
  }
}

/** An offer that is what it should be, on the board where it should be, or undefined. */
function read(box: OpenedBox, board: Board, now: number): Found | undefined {
  try {
    const { author } = box
    const { content, signature } = readOffer(box.content, { author, epoch: board.epoch })
    const belongs =
      content.draft.kind === board.kind &&
      (board.topic === allTopic || content.draft.topics.includes(board.topic)) &&
      content.expiryHours * hour > now &&
      isToBeSeen(content)
    if (!belongs) return undefined
    const identityKey = identityKeyOf(content.bundle)
    return { content, identityKey, epoch: board.epoch, proof: { signature, author } }
  } catch (error) {
    if (isFault(error)) return undefined
    throw error
  }
}

/** Who is nobody and says nothing that can be seen could only be there to confuse. */
function isToBeSeen({ draft, pseudonym }: OfferContent): boolean {
  return [pseudonym, draft.title, draft.text].every((text) => harmlessText(text) !== '')
}

function cancelled(): Fault {
  return new Fault('cancelled', 'Reading was cancelled')
}
