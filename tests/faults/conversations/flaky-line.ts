import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Dice } from '../../harness/dice.ts'

/** Of each piece of a stream; what is left over passes as it is. */
const chances = { dropped: 0.002, doubled: 0.002, swapped: 0.002, cut: 0.002, stalled: 0.004, delayed: 0.1 } as const
type Mishap = keyof typeof chances

const longestDelayMs = 120
/** Longer than a message may wait for its acknowledgement: then a channel is given up. */
const longestStallMs = 12_000

/**
 * A port of loopback that passes on to another one, badly: pieces of a stream are
 * dropped, doubled, swapped with the next, or late; lines are cut, or say nothing
 * for a while.
 */
export class FlakyLine {
  readonly mishaps: Record<Mishap, number> = { dropped: 0, doubled: 0, swapped: 0, cut: 0, stalled: 0, delayed: 0 }
  /** Nothing goes wrong while it is. */
  calm = false
  readonly #dice: Dice
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(target: number, dice: Dice) {
    this.#dice = dice
    this.#server = createServer((near) => {
      const far = connect(target, '127.0.0.1')
      this.#join(near, far)
      this.#join(far, near)
    })
  }

  static async start(target: number, dice: Dice): Promise<FlakyLine> {
    const line = new FlakyLine(target, dice)
    line.#server.listen(0, '127.0.0.1')
    await once(line.#server, 'listening')
    return line
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** From here on as it should be; what is broken already ends. */
  heal(): void {
    this.calm = true
    this.#cut()
  }

  async stop(): Promise<void> {
    this.#cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from)
    let turn = Promise.resolve()
    let held: Buffer | undefined
    const write = (piece: Buffer): void => {
      to.write(piece)
      if (held !== undefined) to.write(held)
      held = undefined
    }
    const pass = async (piece: Buffer): Promise<void> => {
      const mishap = this.#mishap()
      if (mishap === 'delayed') await wait(this.#dice.fraction() * longestDelayMs)
      if (mishap === 'stalled') await wait(this.#dice.fraction() * longestStallMs)
      if (mishap === 'cut') from.destroy()
      if (mishap === 'dropped' || mishap === 'cut' || to.destroyed) return
      if (mishap === 'swapped') held = piece
      else write(piece)
      if (mishap === 'doubled') to.write(piece)
    }
    from.on('data', (piece: Buffer) => {
      // one after the other, so that a late piece makes those behind it late too
      turn = turn.then(() => pass(piece))
    })
    from.on('end', () => void turn.then(() => to.end()))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      this.#sockets.delete(from)
      to.destroy()
    })
  }

  #mishap(): Mishap | undefined {
    if (this.calm) return undefined
    let ticket = this.#dice.fraction()
    for (const mishap of Object.keys(chances) as Mishap[]) {
      ticket -= chances[mishap]
      if (ticket >= 0) continue
      this.mishaps[mishap]++
      return mishap
    }
    return undefined
  }
}
