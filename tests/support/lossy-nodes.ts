import { hex, type Bytes } from '../../core/base/bytes.ts'
import { Fault } from '../../core/base/fault.ts'
import type { BoxClient, BoxDraft, OpenedBox } from '../../core/boxes/client.ts'
import { random } from '../../core/crypto/random.ts'

/** How one request fails. `unheard`: it was done, but the answer is lost. */
export type Failure = 'none' | 'lost' | 'unheard'

/**
 * A network of nodes that a test breaks on purpose, which real ones cannot be
 * asked to do at a chosen step. It keeps boxes as PROTOCOL.md says: the highest
 * sequence of each author wins, a tombstone is for its sequence and all below.
 */
export class LossyNodes implements BoxClient {
  /** For each request in turn; 'none' when it is used up. */
  readonly failures: Failure[] = []
  readonly #drafts = new Map<string, BoxDraft>()
  readonly #boxes = new Map<string, { box: OpenedBox; deleted: boolean }>()

  /** Boxes that lie there now. */
  get size(): number {
    return [...this.#boxes.values()].filter(({ deleted }) => !deleted).length
  }

  /** One box is gone, as if all nodes that had it were. @param nth which, of those that are there */
  forget(nth: number): void {
    const keys = [...this.#boxes.keys()]
    if (keys.length > 0) this.#boxes.delete(keys[nth % keys.length] ?? '')
  }

  async prepare(draft: BoxDraft): Promise<Bytes> {
    const box = random(16)
    this.#drafts.set(hex(box), draft)
    return box
  }

  async store(box: Bytes): Promise<void> {
    const draft = this.#drafts.get(hex(box))
    if (draft === undefined) throw new Fault('box-refused', 'Not a box')
    await this.#request(() => {
      const { capability, author, sequence, expiryHours, content } = draft
      const key = `${hex(capability.place)} ${hex(author.publicKey)}`
      const present = this.#boxes.get(key)
      const newest = present?.box.sequence ?? -1n
      if (newest > sequence || (newest === sequence && present?.deleted === true)) {
        throw new Fault('box-refused', 'There is a newer one')
      }
      const opened = { place: capability.place, author: author.publicKey, sequence, expiryHours, content }
      this.#boxes.set(key, { box: opened, deleted: false })
    })
  }

  async fetch(places: Parameters<BoxClient['fetch']>[0]): Promise<OpenedBox[]> {
    const wanted = new Set(places.map(({ place }) => hex(place)))
    let found: OpenedBox[] = []
    await this.#request(() => {
      found = [...this.#boxes.values()]
        .filter(({ box, deleted }) => !deleted && wanted.has(hex(box.place)))
        .map(({ box }) => box)
    })
    return found
  }

  async delete({ place, author, sequence }: Parameters<BoxClient['delete']>[0]): Promise<void> {
    await this.#request(() => {
      const key = `${hex(place)} ${hex(author.publicKey)}`
      const present = this.#boxes.get(key)
      if (present !== undefined && present.box.sequence <= sequence) present.deleted = true
    })
  }

  async #request(done: () => void): Promise<void> {
    const failure = this.failures.shift() ?? 'none'
    if (failure !== 'lost') done()
    if (failure !== 'none') throw new Fault('unreachable', 'No majority', { retryable: true })
  }
}
