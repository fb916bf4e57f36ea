import { equal } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { draftFor, makeBox } from '../support/boxes.ts'
import type { TestMember } from '../support/testnet.ts'
import { words } from './report.ts'

/** ms for all four requests, on a busy machine too. */
const patience = 10_000

/** A member like any other, beside whoever attacks the node. */
export class GoodMember {
  readonly #member: TestMember
  readonly #bits: number

  constructor(member: TestMember, bits: number) {
    this.#member = member
    this.#bits = bits
  }

  /** Stores a box, reads it and deletes it. @returns what did not work */
  async trouble(): Promise<string | undefined> {
    const draft = draftFor(clock)
    const { capability, author, sequence } = draft
    const { client } = this.#member
    const from = performance.now()
    try {
      await client.store(makeBox(draft, this.#bits))
      const [found] = await client.fetch([capability])
      if (found === undefined || !equal(found.content, draft.content)) return 'what a good member stored is not there'
      await client.delete({ place: capability.place, author, sequence })
      const { length } = await client.fetch([capability])
      if (length > 0) return 'what a good member deleted is there still'
      return performance.now() - from > patience ? 'a good member waits too long' : undefined
    } catch (error) {
      return `a good member is not served: ${words(error)}`
    }
  }
}
