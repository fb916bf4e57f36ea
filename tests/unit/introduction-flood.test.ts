import { PreKeySignalMessage } from '@signalapp/libsignal-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { concat, u8, u64, type Bytes } from '../../core/base/bytes.ts'
import type { OpenedBox } from '../../core/boxes/client.ts'
import { shownMemoryWork } from '../../core/crypto/memory-work.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { Siege } from '../support/siege.ts'

/** Few, so that what is honest or costly to forge does not take minutes; the Argon2id is the real one. */
const workBits = 3

let siege: Siege

beforeEach(async () => {
  siege = await Siege.start(workBits)
})

afterEach(async () => {
  vi.restoreAllMocks()
  await siege.end()
})

const pending = () => siege.mentor.introductions.pending()
const anyKey = (): Bytes => concat(u8(5), random(32))

/** Rows of every table of the vault; of an index of words those of the tables that it lies in. */
function census(): Record<string, number> {
  const tables = siege.mentor.database.all<{ name: string }>(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
  )
  return Object.fromEntries(tables.map(({ name }) => [name, siege.rows(name)]))
}

async function tooLittle(good: bigint, digest: Bytes): Promise<bigint> {
  for (let nonce = good + 1n; ; nonce++) if ((await shownMemoryWork(digest, nonce)) < workBits) return nonce
}

async function many(count: number, make: (index: number) => Promise<OpenedBox>): Promise<OpenedBox[]> {
  const boxes: OpenedBox[] = []
  for (let i = 0; i < count; i++) boxes.push(await make(i))
  return boxes
}

describe('libsignal', () => {
  it('sees no byte of an introduction whose proof of work is not there', async () => {
    const reads = vi.spyOn(PreKeySignalMessage, 'deserialize')
    const asks = vi.spyOn(siege.mentor.ratchet, 'receiveFirst')
    // everything else about them is as it should be
    for (let i = 0; i < 20; i++) await siege.deliver(await siege.forge({ work: tooLittle }))
    await siege.deliver(await siege.post(anyKey(), random(1800), { work: tooLittle }))
    expect(asks).not.toHaveBeenCalled()
    expect(reads).not.toHaveBeenCalled()
    await siege.deliver(await siege.forge())
    expect(asks).toHaveBeenCalledTimes(1)
    expect(reads).toHaveBeenCalledTimes(1)
    expect(pending()).toHaveLength(1)
  })
})

describe('a flood of introductions', () => {
  it('of every kind leaves nothing but that its boxes were seen, and hides nobody', { timeout: 240_000 }, async () => {
    const sender = siege.attacker.ratchet.createIdentity('a'.repeat(32))
    const key = siege.attacker.ratchet.identityKey(sender)
    const begun = await siege.attacker.ratchet.begin(sender, siege.offer.bundle, siege.greeting('the first of many'))
    const known = await siege.post(key, begun.value.ciphertext)
    const { place } = known
    await siege.deliver(known)
    const before = census()
    const asks = vi.spyOn(siege.mentor.ratchet, 'receiveFirst')
    const floods = {
      // never mined: seven of eight fail
      'without proof': await many(400, () => siege.post(anyKey(), random(60), { bits: 0 })),
      'with proof, and noise inside': await many(100, () => siege.post(anyKey(), random(1800))),
      'of one sender': await many(200, () => siege.post(key, begun.value.ciphertext, { bits: 0 })),
      'not even sealed': await many(900, async () => ({
        place,
        author: freshSigningKey().publicKey,
        sequence: 1n,
        expiryHours: 0xffff_ffff,
        content: random(200),
      })),
    }
    const all = Object.values(floods).flat()
    await siege.deliver(...all)
    const after = census()
    expect(after).toEqual({ ...before, introduction_boxes: (before['introduction_boxes'] ?? 0) + all.length })
    // again, and again: known at once
    const asked = asks.mock.calls.length
    await siege.deliver(...all, ...all)
    expect(asks.mock.calls.length).toBe(asked)
    expect(census()).toEqual(after)
    expect(pending()).toHaveLength(1)
    await siege.deliver(await siege.forge({ greeting: siege.greeting('a real one') }))
    expect(pending().map(({ text }) => text)).toContain('a real one')
  })

  it('of more boxes than are remembered takes no more room', async () => {
    const { database } = siege.mentor
    const most = 20_000
    database.transaction(() => {
      for (let i = 0; i < most + 500; i++) {
        database.run(
          'INSERT INTO introduction_boxes (place, author, sequence, community_id, expires_at) VALUES (?, ?, ?, ?, ?)',
          [random(32), random(32), u64(1), 'c'.repeat(32), siege.clock.now() + 1e9],
        )
      }
    })
    const flood = await many(50, () => siege.post(anyKey(), random(60), { bits: 0 }))
    for (const box of flood) {
      await siege.deliver(box)
      expect(siege.rows('introduction_boxes')).toBeLessThanOrEqual(most)
    }
    // the latest are those that are known
    const asks = vi.spyOn(siege.mentor.ratchet, 'receiveFirst')
    await siege.deliver(...flood)
    expect(asks).not.toHaveBeenCalled()
    expect(siege.rows('introduction_boxes')).toBe(most)
  })
})
