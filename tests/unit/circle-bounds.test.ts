import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CircleMemberId, MessageId } from '../../core/base/ids.ts'
import { freshId } from '../../core/base/ids.ts'
import { applyMessage, countUnread, readMessages } from '../../core/circles/messages.ts'
import { mostOfMember } from '../../core/circles/timing.ts'
import { random } from '../../core/crypto/random.ts'
import type { CircleFriend } from '../support/circle-friend.ts'
import { CircleVillage } from '../support/circle-village.ts'

let village: CircleVillage
let ada: CircleFriend
let eve: CircleFriend
let bea: CircleFriend
let cleo: CircleFriend

beforeEach(async () => {
  village = new CircleVillage()
  ;[ada, eve, bea, cleo] = (await village.start('Ada', 'Eve', 'Bea', 'Cleo')) as [
    CircleFriend,
    CircleFriend,
    CircleFriend,
    CircleFriend,
  ]
})

afterEach(() => village.end())

describe('a member who says more than anybody reads', () => {
  const titles = () => ada.circles.resources(ada.circleId).map(({ title }) => title)
  let memberId: CircleMemberId
  const said = (kind: 'text' | 'resource', nth: number, length: number): void => {
    const base = { id: random(16), at: nth, text: 'x'.repeat(length) }
    applyMessage(ada.database, ada.circleId, kind === 'text' ? { kind, ...base } : { kind, title: `${nth}`, ...base }, {
      memberId,
      mine: false,
      now: village.clock.now(),
    })
  }
  const bytes = () =>
    ada.database.get<{ kept: number }>('SELECT sum(200 + length(title) + length(text)) AS kept FROM circle_messages')
      ?.kept ?? 0

  it('fills no disk: their oldest texts go, and others lose nothing', async () => {
    await village.gather(ada, eve)
    memberId = ada.memberId('Eve')
    village.host.say('stays')
    await village.settled()
    said('resource', 1, 4_000)
    const each = 12_000
    const fit = Math.floor(mostOfMember / (each + 200))
    ada.database.transaction(() => {
      for (let nth = 0; nth < fit + 100; nth++) said('text', 10 + nth, each)
    })
    expect(bytes()).toBeLessThan(mostOfMember + 1_000)
    expect(bytes()).toBeGreaterThan(mostOfMember - 2 * each)
    const messages = readMessages(ada.database, { circleId: ada.circleId, limit: 1_000 })
    const [resource, gap, ...rest] = messages
    expect(resource).toMatchObject({ kind: 'resource', title: '1' })
    expect(gap?.kind).toBe('gap')
    expect((gap?.missing ?? 0) + rest.length - 1).toBe(fit + 100)
    expect(messages.at(-1)?.text).toBe('stays')
    // nothing that stands for what is gone is new
    const upto = messages.reduce((most, { number }) => Math.max(most, number), 0)
    for (let nth = 0; nth < 3; nth++) said('text', 10_000 + nth, each)
    expect(countUnread(ada.database, ada.circleId, upto)).toBe(3)
  })

  it('withdraws without end what never was, and fills no disk with it', async () => {
    await village.gather(ada, eve)
    memberId = ada.memberId('Eve')
    ada.database.transaction(() => {
      for (let at = 0; at < 1_100; at++) {
        const withdrawal = { kind: 'withdraw', id: random(16), at, of: random(16) } as const
        applyMessage(ada.database, ada.circleId, withdrawal, { memberId, mine: false, now: village.clock.now() })
      }
    })
    expect(ada.database.get('SELECT count(*) AS kept FROM circle_withdrawn')).toEqual({ kept: 1_000 })
  })

  it('has no more resources in the list than there may be, and fills no disk with them', async () => {
    await village.gather(ada, eve)
    memberId = ada.memberId('Eve')
    ada.database.transaction(() => {
      for (let nth = 0; nth < 2_200; nth++) said('resource', nth, 4_000)
    })
    expect(titles()).toEqual(Array.from({ length: 20 }, (_, nth) => `${2_199 - nth}`))
    expect(bytes()).toBeLessThan(mostOfMember + 1_000)
  })
})

it('a host who lets somebody in again and again makes nobody say their resources more than once an hour', async () => {
  await village.gather(ada)
  const titles = (friend: CircleFriend) => friend.circles.resources(friend.circleId).map(({ title }) => title)
  for (const title of ['one', 'two']) {
    ada.circles.addResource(ada.circleId, freshId<MessageId>(), { title, text: 'a' })
  }
  await village.settled()
  const sent = () => ada.database.get<{ sent: number }>('SELECT max(number) AS sent FROM circle_outbox')?.sent ?? 0
  await village.gather(eve)
  expect(titles(eve)).toEqual(['two', 'one'])
  const before = sent()
  await village.gather(bea)
  await village.gather(cleo)
  expect(sent()).toBe(before)
  expect(titles(cleo)).toEqual([])
  ada = await village.restart(ada)
  village.clock.advance(3_600_000)
  await village.until(() => titles(bea).length === 2 && titles(cleo).length === 2)
  expect(sent()).toBe(before + 2)
})

it('a clock that was set back keeps nobody waiting for resources, nor the device busy', async () => {
  await village.gather(ada)
  ada.circles.addResource(ada.circleId, freshId<MessageId>(), { title: 'one', text: 'a' })
  await village.settled()
  await village.gather(eve)
  await village.gather(bea)
  // as it is planned by a clock that is a year ahead
  const year = 365 * 86_400_000
  ada.database.run('UPDATE circles SET resources_at = resources_at + ?', [year])
  ada = await village.restart(ada)
  await village.until(() => bea.circles.resources(bea.circleId).length === 1)
  expect(ada.database.get('SELECT resources_at FROM circles')).toEqual({ resources_at: null })
})
