import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import type { Bytes } from '../../core/base/bytes.ts'
import { silentLog } from '../../core/base/log.ts'
import type { IntroductionId, TokenId } from '../../core/base/ids.ts'
import type { OpenedBox } from '../../core/boxes/client.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import { shownMemoryWork } from '../../core/crypto/memory-work.ts'
import { random } from '../../core/crypto/random.ts'
import { tokenMark } from '../../core/introductions/places.ts'
import { maxPending } from '../../core/introductions/receiving.ts'
import { decodeToken } from '../../core/introductions/token-text.ts'
import { createRouter } from '../../core/router/router.ts'
import type { AppState } from '../../core/session/app-state.ts'
import { Siege, type Forgery } from '../support/siege.ts'

let siege: Siege

beforeEach(async () => {
  // no least: so the test can choose how much work each shows
  siege = await Siege.start(0)
})

afterEach(() => siege.end())

const pending = () => siege.mentor.introductions.pending()
const texts = () => pending().map(({ text }) => text)

/** One that shows exactly so many bits. */
function showing(bits: number, text: string, more: Forgery = {}): Promise<OpenedBox> {
  const work = async (good: bigint, digest: Bytes): Promise<bigint> => {
    for (let nonce = good; ; nonce++) if ((await shownMemoryWork(digest, nonce)) === bits) return nonce
  }
  return siege.forge({ greeting: siege.greeting(text), work, ...more })
}

const withToken = (text: string): Forgery => ({
  mark: (place, identityKey) => tokenMark(decodeToken(text), place, identityKey),
})

async function fill(bits: number): Promise<OpenedBox[]> {
  const boxes: OpenedBox[] = []
  for (let i = 0; i < maxPending; i++) {
    const box = await showing(bits, `number ${i}`)
    boxes.push(box)
    siege.clock.advance(1_000)
    await siege.deliver(box)
  }
  return boxes
}

describe('introductions that wait', () => {
  it('stand by token, then by work, then the newest first', async () => {
    const { text, id } = siege.mentor.introductions.makeToken(siege.personaId, 'for the choir')
    const boxes = [
      await showing(1, 'one'),
      await showing(3, 'three'),
      await showing(0, 'invited', withToken(text)),
      await showing(1, 'one later'),
    ]
    for (const box of boxes) {
      siege.clock.advance(1_000)
      await siege.deliver(box)
    }
    expect(texts()).toEqual(['invited', 'three', 'one later', 'one'])
    expect(pending().map(({ work }) => work)).toEqual([0, 3, 1, 1])
    expect(pending()[0]?.invited).toEqual({ tokenId: id, note: 'for the choir' })
    expect(pending()[1]?.invited).toBeNull()
    // revoked, it is as if there had been none
    siege.mentor.introductions.revokeToken(id as TokenId)
    expect(texts()).toEqual(['three', 'one later', 'one', 'invited'])
  })

  it('make room for one with more work: the oldest of the least, which comes again once there is room', async () => {
    const boxes = await fill(0)
    const same = await showing(0, 'no better')
    await siege.deliver(same)
    expect(texts()).not.toContain('no better')
    const better = await showing(2, 'better')
    siege.clock.advance(1_000)
    await siege.deliver(better, ...boxes, same)
    expect(pending()).toHaveLength(maxPending)
    expect(texts()[0]).toBe('better')
    expect(texts()).not.toContain('number 0')
    // nothing of it is left but that its box waits
    expect([siege.rows('ratchet_sessions'), siege.rows('ratchet_base_keys')]).toEqual([maxPending, maxPending])
    expect(siege.rows('introduction_senders')).toBe(maxPending)
    siege.mentor.introductions.decline(pending()[0]?.id as IntroductionId)
    await siege.deliver(...boxes)
    expect(pending()).toHaveLength(maxPending)
    expect(texts()).toContain('number 0')
    // and once it is declined it is gone for good, as any other
    const back = pending().find(({ text }) => text === 'number 0')
    siege.mentor.introductions.decline(back?.id as IntroductionId)
    await siege.deliver(...boxes, better)
    expect(texts()).not.toContain('number 0')
    expect(texts()).not.toContain('better')
  })

  it('do not push out those who were invited', async () => {
    const { text } = siege.mentor.introductions.makeToken(siege.personaId, '')
    await fill(1)
    await siege.deliver(await showing(0, 'invited', withToken(text)))
    expect(texts()[0]).toBe('invited')
    await siege.deliver(await showing(2, 'two'), await showing(3, 'three'))
    expect(texts().slice(0, 3)).toEqual(['invited', 'three', 'two'])
    expect(pending()).toHaveLength(maxPending)
  })

  it('are answered as fast where 32 wait as where one does: over the contract, in as many queries', async () => {
    const { mentor } = siege
    const conversations = new Conversations({
      database: mentor.database,
      ratchet: mentor.ratchet,
      clock: siege.clock,
      emit: () => {},
      log: silentLog,
      members: () => undefined,
    })
    const app = { session: () => ({ introductions: mentor.introductions, conversations }) } as unknown as AppState
    const client = createRouterClient(createRouter(app))
    const queries = (['get', 'all', 'run'] as const).map((name) => vi.spyOn(mentor.database, name))
    const asked = async (call: () => Promise<unknown>): Promise<number> => {
      for (const query of queries) query.mockClear()
      await call()
      return queries.reduce((sum, query) => sum + query.mock.calls.length, 0)
    }
    const answer = async (): Promise<number[]> => {
      const [first, second] = await client.introductions.pending()
      return [
        await asked(() => client.introductions.pending()),
        await asked(() => client.introductions.accept({ introductionId: first?.id ?? '' })),
        await asked(() => client.introductions.decline({ introductionId: second?.id ?? '' })),
      ]
    }
    await siege.deliver(await showing(0, 'first'), await showing(0, 'second'))
    const few = await answer()
    expect(few[0]).toBe(1)
    await fill(0)
    expect(await client.introductions.pending()).toHaveLength(maxPending)
    expect(await answer()).toEqual(few)
    expect(await client.introductions.pending()).toHaveLength(maxPending - 2)
  })
})

describe('an invite token', () => {
  it('is good for whoever holds it, as often as they like, and until it is revoked', async () => {
    const { introductions } = siege.mentor
    const kept = introductions.makeToken(siege.personaId, 'kept')
    const other = introductions.makeToken(siege.personaId, 'other')
    expect(introductions.tokens().map(({ note }) => note)).toEqual(['other', 'kept'])
    introductions.revokeToken(other.id as TokenId)
    expect(() => introductions.revokeToken(other.id as TokenId)).toThrow(expect.objectContaining({ code: 'not-found' }))
    await siege.deliver(
      await showing(0, 'a', withToken(kept.text)),
      await showing(0, 'b', withToken(` ${kept.text.toUpperCase().replaceAll('-', '\n')}`)),
      await showing(0, 'c', withToken(other.text)),
    )
    expect(new Map(pending().map(({ text, invited }) => [text, invited?.note]))).toEqual(
      new Map([
        ['a', 'kept'],
        ['b', 'kept'],
        ['c', undefined],
      ]),
    )
  })

  it('is not shown by the mark of somebody else, nor by one for another place', async () => {
    const { text } = siege.mentor.introductions.makeToken(siege.personaId, '')
    let stolen: Bytes | undefined
    const mark = (place: Bytes, identityKey: Bytes): Bytes =>
      (stolen = tokenMark(decodeToken(text), place, identityKey))
    await siege.deliver(await showing(0, 'owner', { mark }))
    const copied = stolen ?? random(32)
    await siege.deliver(
      await showing(0, 'thief', { mark: () => copied }),
      await showing(0, 'elsewhere', { mark: (_, key) => tokenMark(decodeToken(text), random(32), key) }),
    )
    expect(pending().filter(({ invited }) => invited !== null)).toHaveLength(1)
  })

  it('is bounded in number, and is for a persona of one’s own', () => {
    const { introductions } = siege.mentor
    for (let i = 0; i < limits.inviteTokens; i++) introductions.makeToken(siege.personaId, '')
    expect(() => introductions.makeToken(siege.personaId, '')).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    expect(() => introductions.makeToken('f'.repeat(32) as typeof siege.personaId, '')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    expect(siege.rows('introduction_tokens')).toBe(limits.inviteTokens)
  })
})
