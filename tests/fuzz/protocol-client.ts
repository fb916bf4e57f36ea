import { hex, type Bytes } from '../../core/base/bytes.ts'
import { systemClock, type Clock } from '../../core/base/clock.ts'
import { isFault } from '../../core/base/fault.ts'
import type { Log } from '../../core/base/log.ts'
import { silentLog } from '../../core/base/log.ts'
import { BoxServer } from '../../core/boxes/server.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { NetworkBoxClient } from '../../core/boxes/network-client.ts'
import { random } from '../../core/crypto/random.ts'
import { privateNode, type PrivateNode } from '../../core/network/libp2p.ts'
import { MemberNode } from '../../core/network/member-node.ts'
import { stopAll, type Service } from '../../core/base/service.ts'
import { draftFor, makeBox, type FullDraft } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { Chance } from './chance.ts'
import { GoodMember } from './good-member.ts'
import { words, type Failure, type FailureKind } from './report.ts'
import type { RunResult } from './run.ts'
import { tamperWith } from './tamper.ts'
import { Unhandled } from './watch.ts'

const name = 'box client'
const bits = 4
const many = 1_000_000_000
/** What a client may say of a node that talks nonsense. */
const expected = ['unreachable', 'timeout', 'malformed', 'box-refused', 'work-too-hard', 'cancelled'] as const
/** No call may take longer, with the clock below. */
const slowMs = 20_000

/** Deadlines pass many times as fast while the node lies: half of its answers never come. */
class HastyClock implements Clock {
  times = 50

  now(): number {
    return systemClock.now()
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.wait(ms / this.times, signal)
  }
}

/** A real client on real streams, and a node that says something else than it should. */
export async function fuzzClient(seed: number, ms: number): Promise<RunResult> {
  const networkKey = random(32)
  const troubles: string[] = []
  const log: Log = {
    write(_level, event) {
      if (event === 'box.client-failed') troubles.push(event)
    },
  }
  const libp2p = await privateNode({
    networkKey,
    role: 'community',
    identitySeed: random(32),
    listen: ['/ip4/127.0.0.1/tcp/0'],
  })
  const lies = new Lies(seed)
  tamperWith(libp2p, lies)
  const store = BoxStore.open(':memory:', 1e9)
  const server = serverOf(libp2p, store)
  const node = new MemberNode({
    networkKey,
    nodes: () => libp2p.getMultiaddrs().map(String),
    privacyMode: 'relay',
    clock: systemClock,
    log: silentLog,
  })
  const clock = new HastyClock()
  const client = new NetworkBoxClient({ node, clock, log })
  const services: Service[] = [
    { start: () => Promise.resolve(), stop: () => Promise.resolve(store.close()) },
    server,
    { start: async () => libp2p.start(), stop: async () => libp2p.stop() },
    node,
    client,
  ]
  const unhandled = new Unhandled()
  unhandled.start()
  try {
    for (const service of services) await service.start()
    await node.reconnect()
    const victim = new Victim(client, lies, seed, () => [...troubles.splice(0), ...unhandled.take()])
    const result = await victim.run(ms)
    // the same client, once the node keeps to the protocol again
    const good = new GoodMember({ node, client, stop: () => Promise.resolve() }, bits)
    const trouble = await eventually(async () => ((await good.trouble()) === undefined ? 'none' : false)).catch(words)
    return trouble === 'none'
      ? result
      : { ...result, failures: [...result.failures, victim.failure('service', trouble)] }
  } finally {
    unhandled.stop()
    await stopAll(services)
  }
}

function serverOf(node: PrivateNode, store: BoxStore): BoxServer {
  return new BoxServer({
    node,
    store,
    workBits: bits,
    anchor: true,
    neighbours: () => [],
    limits: {
      storesPerMinute: many,
      fetchesPerMinute: many,
      getsPerMinute: many,
      deletesPerMinute: many,
      havesPerMinute: many,
      nodeStoresPerSecond: many,
      refusalPause: 0,
    },
    clock: systemClock,
    log: silentLog,
  })
}

/** Which frames are changed, and the last ones that were. */
class Lies {
  lying = false
  readonly #seed: number
  readonly #sent: string[] = []
  #frames = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  chance(): Chance | undefined {
    const chance = new Chance(this.#seed, name, this.#frames++)
    return this.lying && chance.once(2) ? chance : undefined
  }

  sent(bytes: Bytes): void {
    this.#sent.push(hex(bytes))
    if (this.#sent.length > 3) this.#sent.shift()
  }

  get last(): string {
    return this.#sent.join(' then ')
  }
}

class Victim {
  readonly #client: NetworkBoxClient
  readonly #lies: Lies
  readonly #seed: number
  readonly #troubles: () => string[]
  readonly #failures: Failure[] = []
  readonly #stored: FullDraft[] = []
  #iteration = 0
  #accepted = 0
  #slowestMs = 0

  constructor(client: NetworkBoxClient, lies: Lies, seed: number, troubles: () => string[]) {
    this.#client = client
    this.#lies = lies
    this.#seed = seed
    this.#troubles = troubles
  }

  async run(ms: number): Promise<RunResult> {
    const deadline = performance.now() + ms
    while (performance.now() < deadline && this.#failures.length < 5) {
      const chance = new Chance(this.#seed, `${name}, what it asks`, this.#iteration)
      // what it reads must be worth a lie
      if (this.#iteration % 10 === 0) await this.#storeTruly()
      this.#lies.lying = true
      const from = performance.now()
      await this.#once(chance)
      const took = performance.now() - from
      this.#lies.lying = false
      this.#slowestMs = Math.max(this.#slowestMs, took)
      if (took > slowMs) this.#fail('hang', `took ${Math.round(took)} ms`)
      for (const what of this.#troubles()) this.#fail('crash', what)
      this.#iteration++
    }
    if (this.#accepted === 0 && this.#failures.length === 0) this.#fail('service', 'not one call succeeded')
    const report = { name, iterations: this.#iteration, accepted: this.#accepted, slowestMs: this.#slowestMs }
    return { targets: [report], failures: this.#failures }
  }

  failure(kind: FailureKind, what: string): Failure {
    return { target: name, kind, seed: this.#seed, iteration: this.#iteration, what, input: this.#lies.last }
  }

  async #storeTruly(): Promise<void> {
    const draft = draftFor(systemClock)
    const box = makeBox(draft, bits)
    await eventually(async () => {
      // the same bytes each time: the first try may have been heard
      await this.#client.store(box)
      return true
    })
    this.#stored.push(draft)
    if (this.#stored.length > 20) this.#stored.shift()
  }

  async #once(chance: Chance): Promise<void> {
    try {
      await this.#call(chance)
      this.#accepted++
    } catch (error) {
      if (!isFault(error, ...expected)) this.#fail('crash', words(error))
    }
  }

  async #call(chance: Chance): Promise<void> {
    const draft = chance.pick(this.#stored)
    switch (chance.below(6)) {
      case 0:
        await this.#client.store(makeBox(draftFor(systemClock), bits))
        return
      case 1:
        await this.#client.delete({ place: draftFor(systemClock).capability.place, author: draft.author, sequence: 1n })
        return
      case 2:
        // a node may ask for so much work that it takes minutes: nobody waits for that here
        await this.#client.prepare(draft, { signal: AbortSignal.timeout(100) })
        return
      default:
        await this.#read(Array.from({ length: chance.between(1, 3) }, () => chance.pick(this.#stored)))
    }
  }

  /** A node can keep back what it holds; it can make nobody believe what was not written. */
  async #read(drafts: readonly FullDraft[]): Promise<void> {
    const found = await this.#client.fetch(drafts.map(({ capability }) => capability))
    const written = new Set(drafts.map(({ content }) => hex(content)))
    for (const { content } of found) {
      if (!written.has(hex(content))) this.#fail('lie', 'the client gives what nobody wrote')
    }
  }

  #fail(kind: FailureKind, what: string): void {
    this.#failures.push(this.failure(kind, what))
  }
}
