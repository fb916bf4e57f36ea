import { afterAll, beforeAll, expect, it } from 'vitest'
import { hex, u32 } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { PlaceFull } from '../../core/boxes/refusal.ts'
import { random } from '../../core/crypto/random.ts'
import { allPlaces, boardPlaces, boxAuthor, indexInGroup, offerPlace, type Board } from '../../core/offers/boards.ts'
import { chooseGroup, lastGroup } from '../../core/offers/group-choice.ts'
import { draftFor, makeBox } from '../support/boxes.ts'
import { startTestnet, type Testnet, type TestMember } from '../support/testnet.ts'

/** One board of 700 boxes. One connection may store 60 in a minute, so that there are many writers. */
const writers = 14
const each = 50
const secret = random(32)
const board: Board = { kind: 'offer', topic: 'all', epoch: 2900 }
let net: Testnet
let members: TestMember[]

beforeAll(async () => {
  net = await startTestnet({ nodes: 3, workBits: 0 })
  members = await Promise.all(Array.from({ length: writers + 1 }, () => net.member()))
})
afterAll(async () => {
  await net.stop()
})

/** As a publisher does, without the vault. @returns the group */
async function publish({ client }: TestMember, content: Uint8Array): Promise<number> {
  const { signal } = new AbortController()
  const offerSecret = random(32)
  for (let first = 0; first <= lastGroup; first++) {
    first = await chooseGroup(
      client,
      first,
      (group) => ({
        places: boardPlaces(secret, board, group),
        own: indexInGroup(offerSecret, board.epoch, group),
      }),
      signal,
    )
    const capability = offerPlace(secret, offerSecret, board, first)
    try {
      await client.store(
        makeBox(
          draftFor(clock, { capability, author: boxAuthor(offerSecret, board, first), content: content.slice() }),
        ),
      )
      return first
    } catch (error) {
      if (!(error instanceof PlaceFull)) throw error
    }
  }
  throw new Error('no room on the whole board')
}

it('a board of 700 is written by racing members and read whole by another', async () => {
  const [reader, ...others] = members
  if (reader === undefined) throw new RangeError('no reader')
  const groups = new Map<number, number>()
  await Promise.all(
    others.map(async (member, index) => {
      for (let i = 0; i < each; i++) {
        const group = await publish(member, u32(index * each + i))
        groups.set(group, (groups.get(group) ?? 0) + 1)
      }
    }),
  )
  // three quarters of 512, and what raced past it
  expect(groups.get(0)).toBeGreaterThanOrEqual(384 - writers)
  expect(groups.get(0)).toBeLessThanOrEqual(384 + 2 * writers)
  expect((groups.get(0) ?? 0) + (groups.get(1) ?? 0)).toBeGreaterThan(690)
  const found = await reader.client.fetch(allPlaces(secret, board))
  const contents = new Set(found.map(({ content }) => hex(content)))
  expect(contents.size).toBe(writers * each)
  expect(await reader.client.occupancy(allPlaces(secret, board))).toHaveLength(64)
}, 120_000)
