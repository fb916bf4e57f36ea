import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { placeKey } from '../../../core/boxes/capability.ts'
import { hex, type Bytes } from '../../../core/base/bytes.ts'
import { systemClock } from '../../../core/base/clock.ts'
import { decodeBox } from '../../../core/boxes/box.ts'
import { Frames } from '../../../core/boxes/frames.ts'
import { decodeRequest, encodeAnswer, type Answer, type Listed, type Request } from '../../../core/boxes/messages.ts'
import { authorDigest } from '../../../core/boxes/store.ts'
import { encodeTombstone } from '../../../core/boxes/tombstone.ts'
import { random } from '../../../core/crypto/random.ts'
import { freshSigningKey } from '../../../core/crypto/sign.ts'
import { privateNode, type PrivateNode } from '../../../core/network/libp2p.ts'
import { boxProtocol } from '../../../core/network/protocols.ts'
import { sayRead } from '../../support/say-read.ts'

/** What a liar was given, by place and digest: the first of it and the last. */
interface Held {
  readonly listed: Listed
  readonly first: Bytes
  last: Bytes
}

/** How a node lies. Each is asked for its answers to a request; `silence` is none at all. */
export type Lie = (request: Request, held: Map<string, Map<string, Held>>) => readonly Answer[] | 'silence' | 'slowness'

const mostSequence = 2n ** 64n - 1n
const done: Answer = { type: 'done' }

/** Lists of each place what `tell` makes of what was given, and gives `record` of it. */
function retelling(tell: (listed: Listed) => Listed, record: (held: Held) => Bytes | undefined): Lie {
  return (request, held) => {
    if (request.type === 'fetch') {
      const places = request.places.flatMap(({ place }, index) => {
        const here = held.get(placeKey(place))
        return here === undefined ? [] : [{ index, listed: [...here.values()].map(({ listed }) => tell(listed)) }]
      })
      return [{ type: 'digests', more: false, places }]
    }
    if (request.type !== 'get') return [done]
    return request.names.map(({ place, digest }) => {
      const here = held.get(placeKey(place))?.get(hex(digest))
      return { type: 'record', record: here === undefined ? undefined : record(here) }
    })
  }
}

const same = (listed: Listed): Listed => listed

export const lies: Readonly<Record<string, Lie>> = {
  'takes everything and forgets it': (request) => {
    if (request.type === 'fetch') return [{ type: 'digests', more: false, places: [] }]
    return request.type === 'get' ? request.names.map(() => ({ type: 'record', record: undefined })) : [done]
  },
  'gives the first that it was given, for ever': retelling(same, ({ first }) => first),
  'gives garbage': retelling(same, ({ last }) => random(last.length)),
  'changes one byte': retelling(same, ({ last }) => last.with(2000, (last[2000] ?? 0) ^ 1)),
  'claims that all is deleted': retelling(
    (listed) => ({ ...listed, sequence: mostSequence, kind: 'tombstone' }),
    ({ last }) => {
      const { place, author } = decodeBox(last)
      const forged = encodeTombstone({ place, author: freshSigningKey(), sequence: mostSequence })
      forged.set(author, 34)
      return forged
    },
  ),
  'claims the highest of all sequences': retelling(
    (listed) => ({ ...listed, sequence: mostSequence }),
    ({ first }) => first,
  ),
  'claims to hold and gives nothing': retelling(
    (listed) => ({ ...listed, sequence: mostSequence }),
    () => undefined,
  ),
  'claims the highest of all sequences and says no more': (request, held) =>
    request.type === 'get'
      ? 'silence'
      : retelling(
          (listed) => ({ ...listed, sequence: mostSequence }),
          () => undefined,
        )(request, held),
  'says nothing': () => 'silence',
  'takes its time': () => 'slowness',
  'is always busy': () => [{ type: 'refused', reason: 'busy', detail: 255 }],
}

/** How long a slow one waits: less than a member gives it for one request. */
const slowMs = 6_000

/** A community node as far as libp2p can tell, that serves boxes as it likes. */
export class Liar {
  lie: Lie = () => [done]
  readonly #held = new Map<string, Map<string, Held>>()
  readonly #node: PrivateNode
  readonly #ending = new AbortController()

  private constructor(node: PrivateNode) {
    this.#node = node
  }

  static async start(networkKey: Bytes, identitySeed: Bytes): Promise<Liar> {
    const node = await privateNode({
      networkKey,
      role: 'community',
      identitySeed,
      listen: ['/ip4/127.0.0.1/tcp/0'],
    })
    const liar = new Liar(node)
    await node.handle(boxProtocol, (stream) => liar.#serve(stream), { maxInboundStreams: 64 })
    await node.start()
    return liar
  }

  get addresses(): string[] {
    return this.#node.getMultiaddrs().map(String)
  }

  /** Connects to a node, so that it is told of by others. */
  async meet(addresses: readonly string[]): Promise<void> {
    await this.#node.dial(addresses.map((address) => multiaddr(address)))
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    await this.#node.stop()
  }

  async #serve(stream: Stream): Promise<void> {
    const frames = new Frames(stream, { longest: 64 * 1024, buffer: 1024 * 1024 })
    const { signal } = this.#ending
    try {
      await frames.write(encodeAnswer({ type: 'hello', nonce: random(16), workBits: 0 }), signal)
      for (;;) {
        const request = decodeRequest(await frames.read(signal))
        if (request.type === 'store') this.#keep(request.box)
        if (request.type === 'read') await sayRead(request, (request) => this.#say(request, frames))
        else await this.#say(request, frames)
      }
    } catch {
      frames.abort()
    }
  }

  /** @returns what was said */
  async #say(request: Request, frames: Frames): Promise<readonly Answer[]> {
    const { signal } = this.#ending
    const said = this.lie(request, this.#held)
    if (said === 'slowness') await systemClock.wait(slowMs, signal)
    const answers = said === 'slowness' ? retelling(same, ({ last }) => last)(request, this.#held) : said
    if (answers === 'silence' || answers === 'slowness') return []
    for (const answer of answers) await frames.write(encodeAnswer(answer), signal)
    return answers
  }

  #keep(record: Bytes): void {
    const { place, author, sequence } = decodeBox(record)
    const digest = authorDigest(author)
    const here = this.#held.get(placeKey(place)) ?? new Map<string, Held>()
    this.#held.set(placeKey(place), here)
    const known = here.get(hex(digest))
    if (known === undefined)
      here.set(hex(digest), { listed: { digest, sequence, kind: 'box' }, first: record, last: record })
    else known.last = record
  }
}
