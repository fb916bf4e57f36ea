import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * A wire tap: passes TCP on to another port of loopback and keeps every byte of
 * both directions, as the network's provider would see them.
 */
export class Recorder {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #seen: Buffer[] = []
  connections = 0
  /** Bytes so far, towards the target and from it. */
  readonly bytes = { up: 0, down: 0 }

  private constructor(target: number) {
    this.#server = createServer((near) => {
      this.connections++
      const far = connect(target, '127.0.0.1')
      for (const [from, to, way] of [
        [near, far, 'up'],
        [far, near, 'down'],
      ] as const) {
        this.#sockets.add(from)
        from.on('data', (chunk: Buffer) => {
          this.#seen.push(chunk)
          this.bytes[way] += chunk.length
          to.write(chunk)
        })
        from.on('end', () => to.end())
        from.on('error', () => to.destroy())
        from.on('close', () => {
          this.#sockets.delete(from)
          to.destroy()
        })
      }
    })
  }

  static async start(target: number): Promise<Recorder> {
    const recorder = new Recorder(target)
    recorder.#server.listen(0, '127.0.0.1')
    await once(recorder.#server, 'listening')
    return recorder
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Everything seen so far. */
  get seen(): Buffer {
    return Buffer.concat(this.#seen)
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

/** Every form in which a word could lie in a capture or a file. */
export function formsOf(word: string): Buffer[] {
  const bytes = Buffer.from(word, 'utf8')
  // three alignments of base64, without the characters that depend on the neighbours
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    return text.slice(shift === 0 ? 0 : shift + 1, -4)
  })
  return [
    bytes,
    Buffer.from(word, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    ...base64.map((text) => Buffer.from(text)),
  ]
}

/** Which of `words` can be found in `bytes`, in any form. */
export function wordsIn(bytes: Buffer, words: readonly string[]): string[] {
  return words.filter((word) => formsOf(word).some((form) => form.length >= 6 && bytes.includes(form)))
}
