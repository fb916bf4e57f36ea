import { concat, hex, u32, type Bytes } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { isFault } from '../../core/base/fault.ts'
import type { Log } from '../../core/base/log.ts'
import { maxFrame, maxRequest } from '../../core/boxes/limits.ts'
import { decodeRequest, encodeRequest, type Answer, type Request } from '../../core/boxes/messages.ts'
import { authorDigest } from '../../core/boxes/store.ts'
import { encodeTombstone } from '../../core/boxes/tombstone.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor, makeBox, type FullDraft } from '../support/boxes.ts'
import { startTestnet, type TestMember, type Testnet } from '../support/testnet.ts'
import { Chance } from './chance.ts'
import { GoodMember } from './good-member.ts'
import { mutate } from './mutate.ts'
import { words, type Failure, type FailureKind } from './report.ts'
import type { RunResult } from './run.ts'
import { Unhandled } from './watch.ts'

const name = 'community node'
const bits = 4
/** How often a good member stores and reads in between. */
const goodEvery = 150
const many = 1_000_000_000
const wide = {
  storesPerMinute: many,
  fetchesPerMinute: many,
  getsPerMinute: many,
  deletesPerMinute: many,
  havesPerMinute: many,
  nodeStoresPerSecond: many,
}

/** A real node on real streams, and a member that sends it whatever it likes. */
export async function fuzzServer(seed: number, ms: number): Promise<RunResult> {
  const troubles: string[] = []
  const log: Log = {
    write(level, event) {
      // the node's own words for an error that it did not expect
      if (level === 'error' || event === 'box.stream-failed') troubles.push(event)
    },
  }
  const net = await startTestnet({ nodes: 1, workBits: bits, log, node: wide })
  const unhandled = new Unhandled()
  unhandled.start()
  try {
    return await new Attack(net, seed, () => [...troubles.splice(0), ...unhandled.take()]).run(ms)
  } finally {
    unhandled.stop()
    await net.stop()
  }
}

class Attack {
  readonly #net: Testnet
  readonly #seed: number
  readonly #troubles: () => string[]
  readonly #failures: Failure[] = []
  /** Of the last inputs, the newest last: what went wrong may be told late. */
  readonly #sent: string[] = []
  #iteration = 0
  #accepted = 0
  #slowestMs = 0
  /** Connections that the node had closed for what came over them. */
  #offenders = 0
  #attacker: TestMember | undefined
  #line: BoxLine | undefined
  #draft: FullDraft = draftFor(clock)

  constructor(net: Testnet, seed: number, troubles: () => string[]) {
    this.#net = net
    this.#seed = seed
    this.#troubles = troubles
  }

  async run(ms: number): Promise<RunResult> {
    const good = new GoodMember(await this.#net.member(), bits)
    const deadline = performance.now() + ms
    while (performance.now() < deadline && this.#failures.length < 5) {
      await this.#once(new Chance(this.#seed, name, this.#iteration))
      if (++this.#iteration % goodEvery === 0) await this.#check(good)
    }
    await this.#check(good)
    const { length } = this.#failures
    if (this.#accepted === 0 && length === 0) this.#fail('service', 'not one request was answered')
    const report = { name, iterations: this.#iteration, accepted: this.#accepted, slowestMs: this.#slowestMs }
    return { targets: [report], failures: this.#failures }
  }

  async #check(good: GoodMember): Promise<void> {
    const trouble = await good.trouble()
    if (trouble !== undefined) this.#fail('service', trouble)
  }

  async #once(chance: Chance): Promise<void> {
    let line: BoxLine
    try {
      line = await this.#open()
    } catch (error) {
      this.#fail('service', `no stream: ${words(error)}`)
      return
    }
    const corpus = this.#requests(line).map(encodeRequest)
    const from = performance.now()
    if (chance.once(5)) await this.#sendRaw(line, chance, corpus)
    else
      await this.#sendFrame(
        line,
        chance.once(6) ? chance.pick(corpus) : mutate({ corpus }, chance).slice(0, maxFrame - 4),
      )
    this.#slowestMs = Math.max(this.#slowestMs, performance.now() - from)
    for (const what of this.#troubles()) this.#fail('crash', what)
  }

  /** One whole frame: what must come back is known. */
  async #sendFrame(line: BoxLine, frame: Bytes): Promise<void> {
    this.#keep(frame)
    const expected = understood(frame)
    try {
      if (expected === undefined) {
        const said = await line.said(frame)
        if (said !== 'malformed' && said !== 'unknown-version') this.#fail('mismatch', `nonsense is answered: ${said}`)
        this.#drop()
        return
      }
      let answer = await line.askRaw(frame)
      for (let left = answersTo(expected); left > 1 && answer.type === 'record'; left--) answer = await line.answer()
      let listed = 0
      for (; answer.type === 'digests'; answer = await line.answer()) {
        listed += answer.places.reduce((sum, place) => sum + place.listed.length, 0)
        if (!answer.more) break
      }
      if (expected.type === 'read' && listed <= expected.along) {
        for (let left = listed; left > 0; left--) await line.answer()
      }
      if (fits(expected, answer)) this.#accepted++
      else if (answer.type !== 'refused') this.#fail('mismatch', `${expected.type} is answered with ${answer.type}`)
      else if (answer.reason === 'malformed') this.#fail('mismatch', `${expected.type} is called malformed`)
    } catch (error) {
      this.#drop()
      // a repeat offender, which a fuzzer is: its connection was closed, and it comes again as somebody else
      if (await this.#wasClosed()) return
      if (isFault(error)) this.#fail('mismatch', `an answer that is none: ${words(error)}`)
      else if (isTimeout(error)) this.#fail('hang', 'no answer and no end of the stream')
      // a stream or a connection that the node ended says nothing more: an empty or a long frame, a repeat offender
      else if (expected !== undefined) this.#fail('mismatch', `${expected.type} ends the stream: ${words(error)}`)
    }
  }

  /** Bytes without regard to frames: cut short, too long, several at once. Nothing in particular comes back. */
  async #sendRaw(line: BoxLine, chance: Chance, corpus: readonly Bytes[]): Promise<void> {
    const frames = corpus.map((frame) => concat(u32(frame.length), frame))
    const raw = mutate({ corpus: [...frames, concat(...frames)] }, chance)
    this.#keep(raw)
    try {
      line.stream.send(raw)
      if (chance.once(2)) await line.answer(AbortSignal.timeout(20))
    } catch (error) {
      if (isFault(error)) this.#fail('mismatch', `an answer that is none: ${words(error)}`)
    }
    this.#drop()
  }

  async #open(): Promise<BoxLine> {
    if (this.#line?.stream.status === 'open') return this.#line
    this.#attacker ??= await this.#net.member()
    try {
      this.#line = await BoxLine.open(this.#attacker.node)
    } catch {
      // its connection was closed, as that of a repeat offender is: it comes again as somebody else
      await this.#attacker.stop()
      this.#attacker = await this.#net.member()
      this.#line = await BoxLine.open(this.#attacker.node)
    }
    return this.#line
  }

  async #wasClosed(): Promise<boolean> {
    const offenders = this.#net.nodes[0]?.health()?.counts.offenders ?? 0
    if (offenders === this.#offenders) return false
    this.#offenders = offenders
    await this.#attacker?.stop()
    this.#attacker = undefined
    return true
  }

  #drop(): void {
    this.#line?.stream.abort(new Error('dropped'))
    this.#line = undefined
  }

  /** Good requests about the box of this iteration and the one before. */
  #requests(line: BoxLine): Request[] {
    const before = this.#draft
    if (this.#iteration % 8 === 0) this.#draft = draftFor(clock)
    const { place } = before.capability
    const signature = line.proof(before.capability)
    return [
      { type: 'store', box: makeBox(this.#draft, bits) },
      { type: 'fetch', places: [{ place, signature }] },
      { type: 'read', along: 1, places: [{ place, signature }] },
      { type: 'get', names: [{ place, digest: authorDigest(before.author.publicKey) }] },
      { type: 'have', held: [{ place, digest: authorDigest(before.author.publicKey), sequence: 1n }] },
      { type: 'delete', tombstone: encodeTombstone({ place, author: before.author, sequence: 1n }) },
    ]
  }

  #keep(input: Bytes): void {
    this.#sent.push(hex(input))
    if (this.#sent.length > 3) this.#sent.shift()
  }

  #fail(kind: FailureKind, what: string): void {
    const input = this.#sent.join(' then ')
    this.#failures.push({ target: name, kind, seed: this.#seed, iteration: this.#iteration, what, input })
  }
}

/** What the node should understand; undefined where it should not. */
function understood(frame: Bytes): Request | undefined {
  if (frame.length === 0 || frame.length > maxRequest - 4) return undefined
  try {
    return decodeRequest(frame)
  } catch {
    return undefined
  }
}

function answersTo(request: Request): number {
  return request.type === 'get' ? request.names.length : 1
}

function fits(request: Request, { type }: Answer): boolean {
  return (
    type ===
    (
      {
        store: 'done',
        delete: 'done',
        fetch: 'digests',
        read: 'digests',
        get: 'record',
        have: 'lacks',
      } as const
    )[request.type]
  )
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError'
}
