import type { PeerId, Stream } from '@libp2p/interface'
import type { Bytes } from '../../core/base/bytes.ts'
import type { ReadCapability } from '../../core/boxes/capability.ts'
import { Frames } from '../../core/boxes/frames.ts'
import { decodeAnswer, encodeRequest, type Answer, type Hello, type Request } from '../../core/boxes/messages.ts'
import { signFetch } from '../../core/boxes/proof.ts'
import type { MemberNode } from '../../core/network/member-node.ts'
import { boxProtocol } from '../../core/network/protocols.ts'

/** A box stream in the hands of somebody who need not keep to the protocol. */
export class BoxLine {
  readonly stream: Stream
  readonly hello: Hello
  /** The node. */
  readonly peer: PeerId
  readonly #frames: Frames

  private constructor(stream: Stream, frames: Frames, hello: Hello, peer: PeerId) {
    this.peer = peer
    this.stream = stream
    this.#frames = frames
    this.hello = hello
  }

  /** To the first node that the member reaches. */
  static async open(member: MemberNode): Promise<BoxLine> {
    await member.reconnect()
    const [peer] = member.servers()
    if (peer === undefined) throw new Error('no node was reached')
    const stream = await member.libp2p.dialProtocol(peer, boxProtocol)
    const frames = new Frames(stream, { longest: 64 * 1024, buffer: 1024 * 1024 })
    const hello = decodeAnswer(await frames.read(AbortSignal.timeout(10_000)))
    if (hello.type !== 'hello') throw new Error('a node that does not greet')
    return new BoxLine(stream, frames, hello, peer)
  }

  async ask(request: Request): Promise<Answer> {
    return this.askRaw(encodeRequest(request))
  }

  /** What entitles to read at a place: bound to this stream, or to another nonce. */
  proof({ place, read }: Pick<ReadCapability, 'place' | 'read'>, nonce: Uint8Array = this.hello.nonce): Bytes {
    return signFetch({ nonce, node: this.peer.toMultihash().bytes, place }, read)
  }

  /** Any bytes as one frame. */
  async askRaw(frame: Bytes): Promise<Answer> {
    await this.#frames.write(frame, AbortSignal.timeout(10_000))
    return this.answer()
  }

  async answer(signal = AbortSignal.timeout(10_000)): Promise<Answer> {
    return decodeAnswer(await this.#frames.read(signal))
  }

  /** What the node says: `done`, the reason of a refusal, or the type of another answer. */
  async said(frame: Bytes | Request): Promise<string> {
    const answer = frame instanceof Uint8Array ? await this.askRaw(frame) : await this.ask(frame)
    return answer.type === 'refused' ? answer.reason : answer.type
  }
}
