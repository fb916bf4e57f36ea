import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '../../core/base/bytes.ts'
import type { CircleFriend } from '../support/circle-friend.ts'
import { CircleVillage } from '../support/circle-village.ts'

let village: CircleVillage
let host: CircleFriend
let ada: CircleFriend
let bea: CircleFriend
let cleo: CircleFriend

beforeEach(async () => {
  village = new CircleVillage()
  host = village.host
  ;[ada, bea, cleo] = (await village.start('Ada', 'Bea', 'Cleo')) as [CircleFriend, CircleFriend, CircleFriend]
})

afterEach(() => village.end())

describe('a crash', () => {
  it('between encrypting and storing leaves the same ciphertext to be stored', async () => {
    await village.gather(ada)
    village.office.takes = false
    ada.say('in the dark')
    const item = () =>
      ada.database.get<{ at: number | null; ciphertext: Bytes | null; stored: number }>(
        'SELECT chain_index AS at, ciphertext, stored FROM circle_outbox',
      )
    await village.until(() => item()?.ciphertext != null)
    const before = item()
    ada = await village.restart(ada)
    for (let i = 0; i < 5; i++) await village.turn()
    expect(item()).toEqual(before)
    village.office.takes = true
    await village.settled()
    expect(item()).toEqual({ ...before, stored: 1 })
    expect(host.shown()).toEqual(['Ada: in the dark'])
    ada.say('and again')
    await village.settled()
    expect(host.shown()).toEqual(['Ada: in the dark', 'Ada: and again'])
  })
})

describe('a member who was away', () => {
  it('for ten days has all that was said meanwhile', async () => {
    await village.gather(ada, bea)
    village.away.add(bea)
    for (let day = 0; day < 10; day++) {
      ada.say(`day ${day}`)
      await village.pass(1)
    }
    village.away.delete(bea)
    await village.settled()
    expect(bea.shown()).toEqual(Array.from({ length: 10 }, (_, day) => `Ada: day ${day}`))
  })

  it('for five weeks has what authors could still look after, and is shown that more was said', async () => {
    await village.gather(ada, bea)
    village.away.add(bea)
    ada.say('long ago')
    await village.pass(20)
    ada.say('later')
    await village.pass(28)
    village.away.delete(bea)
    await village.settled()
    expect(bea.shown()).toEqual(['Ada: later', 'Ada: (gap 1)'])
    // who was there the whole time has both
    expect(host.shown()).toEqual(['Ada: long ago', 'Ada: later'])
  }, 60_000)

  it('while others came in has what was said in each epoch', async () => {
    await village.gather(ada)
    village.away.add(ada)
    host.say('one')
    await village.turn()
    await village.gather(bea)
    host.say('two')
    await village.settled()
    await village.gather(cleo)
    host.say('three')
    await village.settled()
    village.away.delete(ada)
    await village.settled()
    expect(ada.shown()).toEqual(['Host: one', 'Host: two', 'Host: three'])
    expect(cleo.shown()).toEqual(['Host: three'])
  })
})
