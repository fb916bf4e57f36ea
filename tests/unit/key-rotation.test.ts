import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex, type Bytes } from '../../core/base/bytes.ts'
import type { OfferId } from '../../core/base/ids.ts'
import type { OpenedBox } from '../../core/boxes/client.ts'
import { epochOf, epochStart } from '../../core/community/epoch.ts'
import { identityKeyOf } from '../../core/ratchet/bundle.ts'
import { eventually } from '../support/eventually.ts'
import { Village } from '../support/village.ts'

const day = 86_400_000
/** An edition is good until a day after its week; what is private about it lives 16 days more. */
const kept = (epoch: number): number => epochStart(epoch + 1) + 17 * day

let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})
afterEach(async () => {
  await village.end()
})

interface Keys {
  readonly epoch: number
  readonly bundle: Bytes
  readonly seal_secret: Bytes
  readonly write_seed: Bytes
}

const editions = (): Keys[] =>
  village.mentor.database.all<{ epoch: number; bundle: Bytes; seal_secret: Bytes; write_seed: Bytes }>(
    'SELECT epoch, bundle, seal_secret, write_seed FROM offer_editions ORDER BY epoch',
  )
const prekeys = (): { id: number; delete_at: number }[] =>
  village.mentor.database.all<{ id: number; delete_at: number }>(
    'SELECT id, delete_at FROM ratchet_prekeys ORDER BY id',
  )
const present = (): number => epochOf(village.clock.now())

/** The mentor's app looks at what is to be done, as it does every half hour. */
async function look(): Promise<void> {
  village.mentor.offers.wake()
  await eventually(() => editions().some(({ epoch }) => epoch === present()))
}

/** What lies at the places of a member's introductions. */
async function lying(): Promise<{ readonly box: OpenedBox; readonly hand: () => Promise<void> }[]> {
  const found: { box: OpenedBox; hand: () => Promise<void> }[] = []
  for (const watch of village.mentor.introductions.sources(village.communityId.mentor)()) {
    for (const box of await village.office.fetch([watch.capability])) {
      found.push({ box, hand: () => watch.handle(box) })
    }
  }
  return found
}

async function introduce(): Promise<void> {
  const offerId = await village.publish()
  await village.seeker.introductions.send({ personaId: village.persona.seeker, offerId, text: 'Good evening.' })
  await eventually(() => village.seeker.introductions.sent()[0]?.state === 'waiting')
}

describe('over ten simulated weeks', () => {
  it('an offer has new prekeys and a new introduction key every week, and old private halves go on time', async () => {
    await village.publish()
    const seen = new Map<number, Keys>()
    for (let days = 0; days < 70; days++) {
      village.clock.advance(day)
      await look()
      const now = village.clock.now()
      for (const keys of editions()) {
        const before = seen.get(keys.epoch)
        if (before === undefined) seen.set(keys.epoch, keys)
        else expect(hex(keys.bundle)).toBe(hex(before.bundle))
        expect(kept(keys.epoch)).toBeGreaterThan(now)
      }
      for (const { delete_at: end } of prekeys()) expect(end).toBeGreaterThan(now)
      // one for each week that still counts: the present, at most one ahead, and at most three behind
      expect(prekeys().length).toBeLessThanOrEqual(5)
      expect(prekeys().length).toBe(editions().length)
    }
    expect(seen.size).toBeGreaterThanOrEqual(10)
    const all = [...seen.values()]
    for (const of of ['bundle', 'seal_secret', 'write_seed'] as const) {
      expect(new Set(all.map((keys) => hex(keys[of]))).size).toBe(all.length)
    }
    // one identity, for an offer is one
    expect(new Set(all.map(({ bundle }) => hex(identityKeyOf(bundle)))).size).toBe(1)
  }, 60_000)
})

describe('a first message that comes late', () => {
  it('is read when the app was closed for almost two weeks', async () => {
    await introduce()
    await village.mentor.stop()
    village.clock.advance(13 * day)
    await village.mentor.start()
    await look()
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending().map(({ text }) => text)).toEqual(['Good evening.'])
  })

  it('is read within the grace although newer keys are out, where somebody kept its box', async () => {
    await introduce()
    const [late] = await lying()
    const epoch = present()
    village.clock.advance(kept(epoch) - 1 - village.clock.now())
    await look()
    expect(editions().map((keys) => keys.epoch)).toContain(epoch)
    expect(editions().length).toBeGreaterThan(1)
    await late?.hand()
    expect(village.mentor.introductions.pending().length).toBe(1)
  })

  it('is refused after the grace, and nothing is left that could read it, though the app was closed for weeks', async () => {
    await introduce()
    const [late] = await lying()
    const epoch = present()
    const before = prekeys()
    await village.mentor.stop()
    village.clock.advance(kept(epoch) - village.clock.now() + 14 * day)
    // opened again: nothing was done meanwhile, and before anything is done the old keys count for nothing
    await late?.hand()
    expect(village.mentor.introductions.pending()).toEqual([])
    await village.mentor.start()
    await eventually(() => editions().every((keys) => keys.epoch >= present()))
    expect(prekeys().filter(({ id }) => before.some((one) => one.id === id))).toEqual([])
    await late?.hand()
    expect(village.mentor.introductions.pending()).toEqual([])
  })
})

describe('an offer that is taken off', () => {
  it('leaves no private prekey, and its identity goes with the last session and not before', async () => {
    await introduce()
    await village.check(village.mentor)
    const [pending] = village.mentor.introductions.pending()
    const [mine] = village.mentor.offers.mine()
    const conversationId = await village.mentor.introductions.accept(pending?.id as never)
    const { identity_id: identity, remote } = village.mentor.database.get<{ identity_id: string; remote: string }>(
      'SELECT identity_id, remote FROM conversations WHERE id = ?',
      [conversationId],
    ) ?? { identity_id: '', remote: '' }
    const { ratchet } = village.mentor
    const session = { identityId: identity, remote }

    village.mentor.offers.withdraw(mine?.id as OfferId)
    await eventually(() => village.mentor.offers.mine()[0]?.state === 'withdrawn')
    expect(prekeys()).toEqual([])
    // the offer is still in the list
    ratchet.deleteUnusedIdentity(identity)
    expect(ratchet.identityKey(identity).length).toBe(33)
    village.clock.advance(31 * day)
    village.mentor.offers.wake()
    await eventually(() => village.mentor.offers.mine().length === 0)
    expect(ratchet.identityKey(identity).length).toBe(33)
    ratchet.deleteSession(session)
    ratchet.deleteUnusedIdentity(identity)
    expect(() => ratchet.identityKey(identity)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})
