import { describe, expect, it } from 'vitest'
import { u64, type Bytes } from '../../core/base/bytes.ts'
import { BoxSession, type Listing } from '../../core/boxes/box-session.ts'
import { harvest } from '../../core/boxes/harvest.ts'
import { pollBatch } from '../../core/boxes/limits.ts'
import type { RecordName } from '../../core/boxes/messages.ts'
import { OpenedCache } from '../../core/boxes/opened-cache.ts'
import { freshCapability } from '../support/boxes.ts'
import { ManualClock } from '../support/manual-clock.ts'

/** Lists as much as an answer takes, has none of it, and says so as late as it may. */
class Slow extends BoxSession {
  readonly #time: ManualClock

  constructor(clock: ManualClock) {
    // no call of it reaches the network
    super({ clock } as unknown as ConstructorParameters<typeof BoxSession>[0])
    this.#time = clock
  }

  override async list(): Promise<Listing> {
    const listed = (place: number) =>
      Array.from({ length: 256 }, (_, author) => ({
        digest: u64((BigInt(place) << 16n) + BigInt(author)),
        sequence: 1n,
        kind: 'box' as const,
      }))
    return { places: new Map(Array.from({ length: pollBatch }, (_, place) => [place, listed(place)])), records: [] }
  }

  override async get(names: readonly RecordName[], signal?: AbortSignal): Promise<(Bytes | undefined)[]> {
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
    this.#time.advance(7_900)
    return names.map(() => undefined)
  }
}

describe('reading', () => {
  it('does not wait for a node that lists what it has not, for longer than half a minute', async () => {
    const clock = new ManualClock()
    const from = clock.now()
    const slow = new Slow(clock)
    const targets = Array.from({ length: pollBatch }, () => ({
      capability: freshCapability(),
      readers: [slow],
      writers: [slow],
      sample: [slow],
    }))
    expect(await harvest(targets, { clock, cache: new OpenedCache() })).toEqual([])
    expect(clock.now() - from).toBeLessThan(60_000)
  })
})
