import type { PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault } from '../base/fault.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { jittered } from '../crypto/random.ts'
import { byPeer, parseAddresses } from './addresses.ts'
import { dialFault } from './faults.ts'
import type { PrivateNode } from './libp2p.ts'
import { addressesTried, dialTimeout, firstRetry, lastRetry } from './limits.ts'

/** One node that we were told of. */
interface Target {
  readonly peer: PeerId
  addresses: readonly Multiaddr[]
  /** In a row, without success. */
  failures: number
  /** No attempt before; by the clock. */
  dueAt: number
  failure: Fault | undefined
  dialing: Promise<boolean> | undefined
}

export interface ReachOptions {
  readonly node: PrivateNode
  /** Addresses with `/p2p/`; asked again at every round, since nodes come and go. */
  readonly addresses: () => readonly string[]
  readonly clock: Clock
  readonly log: Log
  /** After any change of who is reached, and once in a while. */
  readonly onChange: () => void
}

/** Keeps a connection to each node that we were told of, with patience: 1 s after the first failure, 60 s after many. */
export class Reach implements Service {
  readonly #options: ReachOptions
  readonly #targets = new Map<string, Target>()
  /** The addresses that the targets are made of. */
  #told: readonly string[] = []
  #stopping: AbortController | undefined
  #running: Promise<void> | undefined
  #wake: (() => void) | undefined

  constructor(options: ReachOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    if (this.#running !== undefined) return
    const { node } = this.#options
    this.#stopping = new AbortController()
    node.addEventListener('peer:connect', this.#changed)
    node.addEventListener('peer:disconnect', this.#changed)
    this.#running = this.#run(this.#stopping.signal)
    await Promise.resolve()
  }

  async stop(): Promise<void> {
    const { node } = this.#options
    node.removeEventListener('peer:connect', this.#changed)
    node.removeEventListener('peer:disconnect', this.#changed)
    this.#stopping?.abort(new Fault('cancelled', 'The network stops'))
    await this.#running
    this.#running = undefined
  }

  /** The nodes that we were told of. */
  known(): PeerId[] {
    this.#refresh()
    return [...this.#targets.values()].map(({ peer }) => peer)
  }

  /** Those of them that we are connected with now. */
  reached(): PeerId[] {
    return this.known().filter((peer) => this.#connected(peer))
  }

  /** Whether a node could not be reached at the last attempt. */
  failed(peer: PeerId): boolean {
    return this.#targets.get(peer.toString())?.failure !== undefined && !this.#connected(peer)
  }

  /**
   * Tries all that are not connected at once, whatever their patience says.
   *
   * @returns once one node is reached
   * @throws Fault `wrong-network-key` where a node answered with another key and none with ours, else `unreachable`
   */
  async now(): Promise<void> {
    this.#refresh()
    const targets = [...this.#targets.values()]
    const attempts = targets.map((target) => this.#attempt(target))
    this.#wake?.()
    if (this.reached().length > 0) return
    const reached = await Promise.any(attempts.map(async (attempt) => (await attempt) || Promise.reject(new Error())))
      .then(() => true)
      .catch(() => false)
    if (reached) return
    const wrongKey = targets.find(({ failure }) => failure?.code === 'wrong-network-key')
    throw wrongKey?.failure ?? new Fault('unreachable', 'No community node answers', { retryable: true })
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    while (!signal.aborted) {
      this.#refresh()
      const now = clock.now()
      let next = now + lastRetry
      for (const target of this.#targets.values()) {
        if (target.dialing !== undefined || this.#connected(target.peer)) continue
        if (target.dueAt <= now) void this.#attempt(target)
        else next = Math.min(next, target.dueAt)
      }
      this.#options.onChange()
      await this.#pause(next - now, signal)
    }
    await Promise.all([...this.#targets.values()].flatMap(({ dialing }) => dialing ?? []))
  }

  /** Until `ms` have passed, something changed, or the end. */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const pause = new AbortController()
    this.#wake = () => pause.abort()
    await this.#options.clock.wait(ms, AbortSignal.any([pause.signal, signal])).catch(() => {})
    this.#wake = undefined
  }

  /** @returns whether the node is reached */
  #attempt(target: Target): Promise<boolean> {
    if (this.#connected(target.peer)) return Promise.resolve(true)
    target.dialing ??= this.#dial(target).finally(() => {
      target.dialing = undefined
      this.#changed()
    })
    return target.dialing
  }

  async #dial(target: Target): Promise<boolean> {
    const { node, clock, log } = this.#options
    const signal = this.#stopping?.signal
    try {
      const addresses = target.addresses.slice(0, addressesTried)
      await withDeadline(clock, dialTimeout, signal, (signal) => node.dial(addresses, { signal }))
      target.failures = 0
      target.failure = undefined
      // lost later, it is tried again at once; one that drops everybody is not tried in a tight loop
      target.dueAt = clock.now() + firstRetry
      log.write('info', 'network.node-reached')
      return true
    } catch (error) {
      target.failure = dialFault(error)
      target.failures++
      const patience = Math.min(firstRetry * 2 ** (target.failures - 1), lastRetry)
      target.dueAt = clock.now() + jittered(patience, 0.25)
      const wrongKey = target.failure.code === 'wrong-network-key'
      log.write('info', 'network.node-not-reached', { attempts: target.failures, wrongKey })
      return false
    }
  }

  /** Takes in what is told now, and forgets what is told no more. Ourselves we need not reach. */
  #refresh(): void {
    const { node, addresses } = this.#options
    const list = addresses()
    // asked at every request, and nearly always the same
    if (list.length === this.#told.length && list.every((address, index) => address === this.#told[index])) return
    this.#told = [...list]
    const told = byPeer(parseAddresses(list))
    told.delete(node.peerId.toString())
    for (const name of this.#targets.keys()) if (!told.has(name)) this.#targets.delete(name)
    for (const [name, addresses] of told) {
      const target = this.#targets.get(name)
      if (target !== undefined) target.addresses = addresses
      else {
        const peer = peerIdFromString(name)
        this.#targets.set(name, { peer, addresses, failures: 0, dueAt: 0, failure: undefined, dialing: undefined })
      }
    }
  }

  #connected(peer: PeerId): boolean {
    return this.#options.node.getConnections(peer).some(({ status, direct }) => direct && status === 'open')
  }

  readonly #changed = (): void => {
    this.#wake?.()
    this.#options.onChange()
  }
}
