import type { Stream } from '@libp2p/interface'
import type { Bytes } from '../../../core/base/bytes.ts'
import { Locks } from '../../../core/base/locks.ts'
import { Frames } from '../../../core/boxes/frames.ts'
import { maxFrame } from '../../../core/boxes/limits.ts'
import { decodeAnswer, encodeRequest, type Answer, type Request } from '../../../core/boxes/messages.ts'

/** The bytes of the box protocol and nothing else: what a member's requests cost at the least. */
export class Wire {
  readonly #frames: Frames
  readonly #queue = new Locks()

  private constructor(frames: Frames) {
    this.#frames = frames
  }

  /** Waits for the node's greeting. @returns also the nonce that it greeted with */
  static async open(stream: Stream): Promise<{ readonly wire: Wire; readonly nonce: Bytes }> {
    const wire = new Wire(new Frames(stream, { longest: maxFrame, buffer: 640 * 1024 }))
    const hello = await wire.answer()
    if (hello.type !== 'hello') throw new Error('A node that does not greet')
    return { wire, nonce: hello.nonce }
  }

  /** One request after the other, as the protocol has it. */
  async ask(request: Request): Promise<Answer> {
    return this.#queue.run('', async () => {
      await this.#frames.write(encodeRequest(request), AbortSignal.timeout(20_000))
      return this.answer()
    })
  }

  async answer(): Promise<Answer> {
    return decodeAnswer(await this.#frames.read(AbortSignal.timeout(20_000)))
  }
}
