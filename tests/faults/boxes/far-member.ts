import { hex, type Bytes } from '../../../core/base/bytes.ts'
import { Fault } from '../../../core/base/fault.ts'
import type { BoxClient, BoxDraft, OpenedBox } from '../../../core/boxes/client.ts'
import { makeBox } from '../../support/boxes.ts'
import { OwnProcess } from '../../support/processes.ts'
import { answer, toLine, type FarAnswer, type FarRequest } from './far-wire.ts'

/** A member in a process and a network namespace of its own, as a client here. */
export class FarMember implements BoxClient {
  readonly #process: OwnProcess
  #asked = 0

  /** @param within see OwnProcessOptions */
  constructor(within: readonly string[], networkKey: Bytes, addresses: readonly string[]) {
    this.#process = new OwnProcess('tests/faults/boxes/far-process.ts', [], { within, keepInput: true })
    this.#process.tell(JSON.stringify({ networkKey: hex(networkKey), addresses }))
  }

  async stop(): Promise<void> {
    this.#process.child.stdin.end()
    await this.#process.end()
  }

  async nodesReached(): Promise<number> {
    return (await this.#ask({ ask: 'status' })).nodesReached ?? 0
  }

  /** Nodes of these tests ask for no work. */
  prepare(draft: BoxDraft): Promise<Bytes> {
    return Promise.resolve(makeBox(draft))
  }

  async store(box: Bytes): Promise<void> {
    await this.#ask({ ask: 'store', box })
  }

  async fetch(places: Parameters<BoxClient['fetch']>[0]): Promise<OpenedBox[]> {
    return (await this.#ask({ ask: 'fetch', places: [...places] })).boxes ?? []
  }

  async occupancy(places: Parameters<BoxClient['occupancy']>[0]): Promise<number[]> {
    return (await this.#ask({ ask: 'occupancy', places: [...places] })).counts ?? []
  }

  async delete(box: Parameters<BoxClient['delete']>[0]): Promise<void> {
    await this.#ask({ ask: 'delete', ...box })
  }

  /** @throws Fault as the client there did */
  async #ask(asked: FarRequest): Promise<FarAnswer> {
    const id = this.#asked++
    this.#process.tell(`${id} ${toLine(asked)}`)
    const [, text = ''] = await this.#process.line(new RegExp(`^answer ${id} (.*)$`), 180_000)
    const said = answer.parse(JSON.parse(text))
    if (said.fault === undefined) return said
    if (said.fault === 'unreachable' || said.fault === 'box-refused') throw new Fault(said.fault, 'As the far one said')
    throw new Error(`A far member ended with ${said.fault}`)
  }
}
