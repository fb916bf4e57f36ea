import type { PeerId } from '@libp2p/interface'
import { copy, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Locks } from '../base/locks.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { maxWorkBits, mine } from '../crypto/miner.ts'
import type { SigningKey } from '../crypto/sign.ts'
import type { MemberNode } from '../network/member-node.ts'
import { decodeBox, layBox } from './box.ts'
import { BoxSession } from './box-session.ts'
import { placeKey, type ReadCapability } from './capability.ts'
import type { BoxClient, BoxDraft, OpenedBox, StoreOptions } from './client.ts'
import { Directory, type Near } from './directory.ts'
import { gather } from './gather.ts'
import { harvest } from './harvest.ts'
import { isExpired } from './hours.ts'
import { fullStoreBits } from './limits.ts'
import { occupancy } from './occupancy.ts'
import { OpenedCache } from './opened-cache.ts'
import { byMajority } from './replicate.ts'
import { encodeTombstone } from './tombstone.ts'

export interface NetworkBoxClientOptions {
  readonly node: MemberNode
  readonly clock: Clock
  readonly log: Log
}

/** A member's side of the box network, over its own libp2p node. PROTOCOL.md section "Placement". */
export class NetworkBoxClient implements BoxClient, Service {
  readonly #node: MemberNode
  readonly #clock: Clock
  readonly #log: Log
  readonly #directory: Directory
  readonly #cache = new OpenedCache()
  readonly #sessions = new Map<string, BoxSession>()
  /** One box is mined at a time: two would take as long, and the device would crawl. */
  readonly #mining = new Locks()
  readonly #background = new Set<Promise<unknown>>()
  #stopping = new AbortController()

  constructor({ node, clock, log }: NetworkBoxClientOptions) {
    this.#node = node
    this.#clock = clock
    this.#log = log
    this.#directory = new Directory({
      node,
      clock,
      silent: (peer) => this.#sessions.get(peer.toString())?.silent === true,
    })
  }

  async start(): Promise<void> {
    if (this.#stopping.signal.aborted) this.#stopping = new AbortController()
    await Promise.resolve()
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Fault('cancelled', 'The box client stops'))
    for (const session of this.#sessions.values()) session.close()
    this.#sessions.clear()
    this.#cache.clear()
    await Promise.all(this.#background)
    await this.#directory.stop()
  }

  /** @inheritdoc Besides: Fault `unreachable` where no node can be asked how much work it wants. */
  async prepare(draft: BoxDraft, { signal, onProgress }: StoreOptions = {}): Promise<Bytes> {
    return this.#guarded(signal, async (signal) => {
      const asked = await this.#askedBits(draft.capability.place, signal)
      const bits = Math.min(maxWorkBits, asked + (draft.moreWork ?? 0))
      const laid = layBox(draft)
      const nonce = await this.#mining.run('', () =>
        mine(laid.digest, bits, { signal, onProgress: (fraction) => onProgress?.('working', fraction) }),
      )
      return laid.finish(nonce)
    })
  }

  async store(box: Bytes, { signal, onProgress }: StoreOptions = {}): Promise<void> {
    const { place } = decodeBox(box)
    await this.#guarded(signal, async (signal) => {
      const [near] = await this.#near([place], signal)
      await byMajority(near?.writers ?? [], (session, signal) => session.store(box, signal), {
        clock: this.#clock,
        signal,
        onProgress: (fraction) => onProgress?.('storing', fraction),
        background: this.#keep,
      })
    })
  }

  async fetch(
    places: readonly ReadCapability[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<OpenedBox[]> {
    const once = [...new Map(places.map((capability) => [placeKey(capability.place), capability])).values()]
    if (once.length === 0) return []
    return this.#guarded(signal, async (signal) => {
      const near = await this.#near(
        once.map(({ place }) => place),
        signal,
      )
      const targets = once.map((capability, index) => ({
        capability,
        ...(near[index] ?? { readers: [], writers: [], sample: [] }),
      }))
      const proven = await harvest(targets, { clock: this.#clock, cache: this.#cache, signal })
      return proven.flatMap(({ opened }) =>
        opened === undefined || isExpired(opened.expiryHours, this.#clock)
          ? []
          : [{ ...opened, content: copy(opened.content) }],
      )
    })
  }

  async occupancy(
    places: readonly ReadCapability[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<number[]> {
    return this.#guarded(signal, async (signal) => {
      const near = await this.#near(
        places.map(({ place }) => place),
        signal,
      )
      const holders = places.map((capability, index) => ({ capability, writers: near[index]?.writers ?? [] }))
      return occupancy(holders, { clock: this.#clock, signal })
    })
  }

  /** From all that would be read, so that a reader does not find it again. */
  async delete(
    box: { readonly place: Bytes; readonly author: SigningKey; readonly sequence: bigint },
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    const tombstone = encodeTombstone(box)
    await this.#guarded(signal, async (signal) => {
      const [near] = await this.#near([box.place], signal)
      await byMajority(near?.readers ?? [], (session, signal) => session.bury(tombstone, signal), {
        clock: this.#clock,
        signal,
        background: this.#keep,
      })
    })
  }

  /**
   * How much work the nodes near a place ask for: the most that any of them
   * does, but for those that ask much more than the one in the middle. A full
   * store asks 4 bits more than an empty one; whoever asks for more than that
   * wants to keep members busy, and is not served.
   */
  async #askedBits(place: Uint8Array, signal: AbortSignal): Promise<number> {
    const [near] = await this.#near([place], signal)
    const asked = await gather(
      (near?.writers ?? []).map((session) => session.workBits(signal)),
      this.#clock,
    )
    signal.throwIfAborted()
    const sorted = asked.toSorted((a, b) => a - b)
    const middle = sorted[Math.floor((sorted.length - 1) / 2)]
    if (middle === undefined) throw new Fault('unreachable', 'No community node answers', { retryable: true })
    const bits = Math.max(...sorted.filter((each) => each <= middle + fullStoreBits))
    if (bits > maxWorkBits) throw new Fault('work-too-hard', 'More proof of work is asked for than this app gives')
    return bits
  }

  /** The nodes to ask about each of the places, in their order. @throws Fault `unreachable` where no node is reached at all */
  async #near(places: readonly Uint8Array[], signal: AbortSignal): Promise<Record<keyof Near, BoxSession[]>[]> {
    if (this.#node.servers().length === 0) {
      await this.#node.reconnect().catch(() => {
        throw new Fault('unreachable', 'No community node answers', { retryable: true })
      })
    }
    const near = await this.#directory.near(places, signal)
    signal.throwIfAborted()
    const sessions = (peers: readonly PeerId[]): BoxSession[] => peers.map((peer) => this.#session(peer))
    return near.map(({ readers, writers, sample }) => ({
      readers: sessions(readers),
      writers: sessions(writers),
      sample: sessions(sample),
    }))
  }

  #session(peer: PeerId): BoxSession {
    const name = peer.toString()
    const known = this.#sessions.get(name)
    if (known !== undefined) return known
    const session = new BoxSession({ libp2p: () => this.#node.libp2p, peer, clock: this.#clock })
    this.#sessions.set(name, session)
    return session
  }

  readonly #keep = (work: Promise<unknown>): void => {
    const kept = work.finally(() => this.#background.delete(kept))
    this.#background.add(kept)
  }

  /** Ends with the caller's signal or with this client, and then always says `cancelled`. */
  async #guarded<Result>(
    signal: AbortSignal | undefined,
    body: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const stopping = this.#stopping.signal
    const either = signal === undefined ? stopping : AbortSignal.any([signal, stopping])
    try {
      if (either.aborted) throw new Fault('cancelled', 'The box client does not run')
      const work = body(either)
      this.#keep(Promise.allSettled([work]))
      return await work
    } catch (error) {
      if (either.aborted) throw new Fault('cancelled', 'It was cancelled')
      if (!isFault(error)) this.#log.write('error', 'box.client-failed')
      throw error
    }
  }
}
