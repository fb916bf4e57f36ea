import { argon2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import { concat, u64, utf8 } from '../../core/base/bytes.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { leadingZeroBits } from '../../core/crypto/work.ts'
import { random } from '../../core/crypto/random.ts'
import {
  introductionWorkBits,
  maxMemoryWorkBits,
  memoryWorkDigest,
  mineMemoryWork,
  shownMemoryWork,
} from '../../core/crypto/memory-work.ts'

describe('memory-hard work', () => {
  it('has the bounds that a person is offered', () => {
    expect(limits.introductionWork).toEqual({ min: introductionWorkBits, max: maxMemoryWorkBits })
  })

  it('is found, and checks for what it was bound to only', async () => {
    const digest = memoryWorkDigest(random(32))
    const progress: number[] = []
    const nonce = await mineMemoryWork(digest, 4, { onProgress: (fraction) => progress.push(fraction) })
    expect(await shownMemoryWork(digest, nonce)).toBeGreaterThanOrEqual(4)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.every((fraction) => fraction > 0 && fraction < 1)).toBe(true)
    const others = await Promise.all(
      Array.from({ length: 12 }, () => shownMemoryWork(memoryWorkDigest(random(32)), nonce)),
    )
    expect(others.filter((bits) => bits >= 4).length).toBeLessThan(6)
  })

  it('is what another implementation of Argon2id computes', async () => {
    const digest = memoryWorkDigest(utf8('a'), utf8('b'))
    expect(digest).toEqual(sha256(utf8('staffetta/memory-work/1ab')))
    for (let nonce = 0n; nonce < 8n; nonce++) {
      const tag = argon2Sync('argon2id', {
        message: concat(digest, u64(nonce)),
        nonce: digest.subarray(0, 16),
        parallelism: 1,
        tagLength: 32,
        memory: 8 * 1024,
        passes: 1,
      })
      expect(await shownMemoryWork(digest, nonce)).toBe(leadingZeroBits(tag))
    }
  })

  it('is cancelled between two tries', async () => {
    const cancel = new AbortController()
    const mining = mineMemoryWork(memoryWorkDigest(random(32)), 12, {
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    })
    await expect(mining).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('is refused when it would take for ever', async () => {
    for (const bits of [15, 64, Number.NaN]) {
      await expect(mineMemoryWork(memoryWorkDigest(random(32)), bits)).rejects.toMatchObject({ code: 'work-too-hard' })
    }
  })
})
