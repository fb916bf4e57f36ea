import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { u32, type Bytes } from '../../core/base/bytes.ts'
import { placeKey, type ReadCapability } from '../../core/boxes/capability.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { allPlaces, indexInGroup, shardGroups, shardOf, type Board } from '../../core/offers/boards.ts'
import { chooseGroup, lastGroup } from '../../core/offers/group-choice.ts'

const board: Board = { kind: 'offer', topic: 'music', epoch: 2900 }
const shards = allPlaces(sha256(u32(1)), board)
const keys = shards.map(({ place }) => placeKey(place))
const placeSize = 128

/** A board on one honest node, by shard. */
class Shelf {
  readonly counts = shards.map(() => 0)

  /** What writers see who look now, or saw when they looked. */
  view(): { occupancy: (places: readonly ReadCapability[]) => Promise<number[]> } {
    const seen = new Map(keys.map((key, shard) => [key, this.counts[shard] ?? 0]))
    return { occupancy: (places) => Promise.resolve(places.map(({ place }) => seen.get(placeKey(place)) ?? 0)) }
  }

  take(shard: number): boolean {
    const count = this.counts[shard] ?? 0
    if (count >= placeSize) return false
    this.counts[shard] = count + 1
    return true
  }
}

function placesOf(group: number): readonly ReadCapability[] {
  const first = shardGroups.slice(0, group).reduce<number>((sum, size) => sum + size, 0)
  return shards.slice(first, first + (shardGroups[group] ?? 0))
}

/** As a publisher does. @returns the shard that took the offer, or undefined where even the last group has no room */
async function publish(shelf: Shelf, secret: Bytes, view: ReturnType<Shelf['view']>): Promise<number | undefined> {
  let seen = view
  for (let first = 0; first <= lastGroup; first++) {
    first = await chooseGroup(
      seen,
      first,
      (group) => ({ places: placesOf(group), own: indexInGroup(secret, board.epoch, group) }),
      new AbortController().signal,
    )
    const shard = shardOf(secret, board.epoch, first)
    if (shelf.take(shard)) return shard
    seen = shelf.view()
  }
  return undefined
}

/** The same, from the words of the protocol alone. */
function twin(counts: number[], secret: Bytes): number | undefined {
  const number = Buffer.from(sha256(secret, Buffer.from('0000000000000b54', 'hex'))).readBigUInt64BE()
  let first = 0
  for (const size of [4, 4, 8, 16, 32]) {
    const own = first + Number(number % BigInt(size))
    let held = 0
    for (let shard = first; shard < first + size; shard++) held += counts[shard] ?? 0
    const last = size === 32
    if ((counts[own] ?? 0) < 128 && (last || held < size * 96)) {
      counts[own] = (counts[own] ?? 0) + 1
      return own
    }
    first += size
  }
  return undefined
}

const secretOf = (seed: number, index: number): Bytes => sha256(u32(seed), u32(index))

it('a board that grows one by one takes each offer where the protocol says, and a reader finds all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 6000 }), async (seed, size) => {
      const shelf = new Shelf()
      const counts = shards.map(() => 0)
      for (let i = 0; i < size; i++) {
        const secret = secretOf(seed, i)
        const shard = await publish(shelf, secret, shelf.view())
        expect(shard).toBe(twin(counts, secret))
        // a reader reads every shard there is
        expect(keys[shard ?? -1]).toBeDefined()
      }
      expect(shelf.counts).toEqual(counts)
      expect(shelf.counts.reduce((sum, count) => sum + count, 0)).toBe(size)
    }),
    { numRuns: 6 },
  )
})

it('writers who race lose no offer, whatever they saw or were told', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.constantFrom('now', 'empty', 'full', 'first')), {
        minLength: 1,
        maxLength: 10,
      }),
      async (seed, waves) => {
        const shelf = new Shelf()
        let [index, lost] = [0, 0]
        const empty = new Shelf().view()
        const full = { occupancy: (places: readonly ReadCapability[]) => Promise.resolve(places.map(() => placeSize)) }
        for (const [size, told] of waves) {
          const then = shelf.view()
          for (let i = 0; i < size; i++) {
            const secret = secretOf(seed, index++)
            const view = { now: shelf.view(), empty, full, first: then }[told]
            if ((await publish(shelf, secret, view)) === undefined) lost++
          }
        }
        expect(shelf.counts.reduce((sum, count) => sum + count, 0)).toBe(index - lost)
        // only a place of the last group that is full refuses for good
        if (Math.max(...shelf.counts.slice(32)) < placeSize) expect(lost).toBe(0)
      },
    ),
    { numRuns: 12 },
  )
})
