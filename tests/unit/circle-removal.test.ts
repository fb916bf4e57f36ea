import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex, type Bytes } from '../../core/base/bytes.ts'
import { placeKey, type Capability } from '../../core/boxes/capability.ts'
import { decodeBox, openBody } from '../../core/boxes/box.ts'
import { chainName, messageAt, messageAuthor, noticeAuthor, noticesAt } from '../../core/circles/keys.ts'
import { readItem } from '../../core/conversations/item.ts'
import { dayOf } from '../../core/conversations/chain.ts'
import { SenderKeys } from '../../core/ratchet/sender-keys.ts'
import type { CircleFriend } from '../support/circle-friend.ts'
import { CircleVillage } from '../support/circle-village.ts'

let village: CircleVillage
let host: CircleFriend
let ada: CircleFriend
let eve: CircleFriend

beforeEach(async () => {
  village = new CircleVillage()
  host = village.host
  ;[ada, eve] = (await village.start('Ada', 'Eve')) as [CircleFriend, CircleFriend]
  await village.gather(ada, eve)
  for (const friend of [host, ada, eve]) friend.say(`${friend.name} before`)
  await village.settled()
})

afterEach(() => village.end())

const secrets = ({ database }: Pick<CircleFriend, 'database'>) =>
  database.all<{ epoch: number; secret: Bytes }>('SELECT epoch, secret FROM circle_epochs ORDER BY epoch')

/** Every place that whoever holds these epochs' secrets can compute. */
function placesOf(held: readonly { readonly secret: Bytes }[], now: number): Map<string, Capability> {
  const places = held.flatMap(({ secret }) => [
    ...Array.from({ length: 40 }, (_, day) => noticesAt(secret, dayOf(now) - 20 + day)),
    ...[0, 1, 2].flatMap((member) => Array.from({ length: 30 }, (_, index) => messageAt(secret, member, index))),
  ])
  return new Map(places.map((capability) => [placeKey(capability.place), capability]))
}

describe('who was removed', () => {
  it('finds no place and reads nothing of what is written after, whatever their app does', async () => {
    // goes on with everything they had, and is never told
    village.deaf.add(eve)
    const known = placesOf(secrets(eve), village.clock.now())
    expect(village.office.boxes.length).toBeGreaterThan(0)
    expect(village.office.boxes.every(({ place }) => known.has(place))).toBe(true)

    const fromHost = village.office.boxes.length
    host.circles.remove(host.circleId, host.memberId('Eve'))
    host.say('at once')
    await village.until(() => ada.present().length === 2)
    const before = village.office.boxes.length
    const ours = authorsOf(host)
    const meanwhile = village.office.boxes.slice(fromHost).filter(({ author }) => ours.has(hex(author)))
    expect(meanwhile.filter(({ place }) => known.has(place)).length).toBe(0)
    await village.settled()
    for (const friend of [host, ada]) friend.say(`${friend.name} after`)
    await village.settled()
    await village.pass(3)

    const hers = authorsOf(eve)
    const after = village.office.boxes.slice(before).filter(({ author }) => !hers.has(hex(author)))
    expect(after.length).toBeGreaterThan(3)
    expect(after.filter(({ place }) => known.has(place)).length).toBe(0)
    expect(ada.shown().slice(-3).toSorted()).toEqual(['Ada: Ada after', 'Host: Host after', 'Host: at once'])
    expect(eve.shown().toSorted()).toEqual(['Ada: Ada before', 'Eve: Eve before', 'Host: Host before'])

    // even with the boxes, and with the ciphertexts out of them, in hand
    const keys = new SenderKeys(eve.database)
    const [newest] = secrets(host).slice(-1)
    const boxes = placesOf(newest === undefined ? [] : [newest], village.clock.now())
    let tried = 0
    for (const { place, bytes } of after) {
      const capability = boxes.get(place)
      if (capability === undefined) throw new Error('a box of no known place')
      for (const held of known.values()) expect(openBody(decodeBox(bytes), held.bodyKey)).toBeUndefined()
      const ciphertext = readItem(openBody(decodeBox(bytes), capability.bodyKey) ?? new Uint8Array())
      for (const { epoch } of secrets(eve)) {
        for (const member of [0, 1, 2]) {
          const circle = eve.database.get<{ wire_id: Bytes }>('SELECT wire_id FROM circles')?.wire_id as Bytes
          const of = { owner: eve.circleId, chain: chainName({ circle, epoch, member }) }
          for (const index of [0, 1, 2]) {
            const read = keys.decrypt(of, ciphertext ?? new Uint8Array(), { index, next: 0 })
            await expect(read).rejects.toMatchObject({ code: /unreadable|not-found/ })
            tried++
          }
        }
      }
    }
    expect(tried).toBeGreaterThan(20)
  })

  it('is told, and then keeps no key, and what was said stays', async () => {
    host.circles.remove(host.circleId, host.memberId('Eve'))
    await village.until(() => eve.circle.state === 'removed')
    expect(eve.shown()).toHaveLength(3)
    for (const table of ['circle_epochs', 'circle_chains', 'ratchet_sender_keys']) {
      expect(eve.database.all(`SELECT * FROM ${table}`), table).toEqual([])
    }
    expect(() => eve.say('still here?')).toThrow(expect.objectContaining({ code: 'wrong-state' }))
  })

  it('reads what somebody wrote who had not learnt of it yet, and nothing once they have', async () => {
    village.deaf.add(eve)
    village.deaf.add(ada)
    host.circles.remove(host.circleId, host.memberId('Eve'))
    ada.say('to the old circle')
    await village.until(() => eve.shown().includes('Ada: to the old circle'))
    // who has learnt of it reads it too
    await village.until(() => host.shown().includes('Ada: to the old circle'))
    // written, but not stored when they learn
    village.office.open = false
    ada.say('not stored in time')
    await village.turn()
    village.deaf.delete(ada)
    await village.until(() => ada.present().length === 2)
    village.office.open = true
    await village.settled()
    expect(host.shown()).toContain('Ada: not stored in time')
    for (let i = 0; i < 5; i++) await village.turn()
    expect(eve.shown()).not.toContain('Ada: not stored in time')
  })

  it('is heard no more an hour after it was learnt of, whatever their app does', async () => {
    village.deaf.add(eve)
    village.away.add(ada)
    eve.say('said before')
    await village.until(() => host.shown().includes('Eve: said before'))
    host.circles.remove(host.circleId, host.memberId('Eve'))
    await village.turn()
    // who was away has the time to fetch what was said meanwhile
    village.away.delete(ada)
    await village.until(() => ada.present().length === 2 && ada.shown().includes('Eve: said before'))
    // told of in time, and left for later
    village.away.add(ada)
    eve.say('left for later')
    await village.until(
      () => eve.database.get('SELECT 1 FROM circle_chains WHERE member = 2 AND count = 3') !== undefined,
    )
    village.clock.advance(3_600_000)
    eve.say('much later')
    await village.until(
      () => eve.database.get('SELECT 1 FROM circle_chains WHERE member = 2 AND count = 4') !== undefined,
    )
    village.away.delete(ada)
    for (let i = 0; i < 5; i++) await village.turn()
    for (const friend of [host, ada]) expect(friend.shown()).not.toContain('Eve: much later')
    expect(ada.shown()).not.toContain('Eve: left for later')
    expect(ada.circle.awaited).toBe(0)
    // those who are in it hear each other
    ada.say('among us')
    await village.until(() => host.shown().includes('Ada: among us'))
  })

  it('is not shown by renewals that others are still about: the old epoch is left alone', async () => {
    village.deaf.add(eve)
    host.circles.remove(host.circleId, host.memberId('Eve'))
    await village.settled()
    const known = placesOf(secrets(eve), village.clock.now())
    const before = village.office.boxes.length
    host.say('after')
    // for longer than anything is left alone before it is stored again
    await village.pass(12)
    const hers = authorsOf(eve)
    const boxes = village.office.boxes.slice(before).filter(({ author }) => !hers.has(hex(author)))
    expect(boxes.length).toBeGreaterThan(1)
    expect(boxes.filter(({ place }) => known.has(place)).length).toBe(0)
  })

  it('cannot come in again with what they had', async () => {
    village.deaf.add(eve)
    host.circles.remove(host.circleId, host.memberId('Eve'))
    await village.settled()
    // a second answer to the first invitation
    eve.database.run(`UPDATE circles SET state = 'accepting'`)
    village.deaf.delete(eve)
    await village.until(() => eve.circles.list().length > 0 && host.isSilent)
    for (let i = 0; i < 10; i++) await village.turn()
    expect(host.present()).toEqual(['Host', 'Ada'])
  })
})

describe('a removal', () => {
  it('is the host’s to make, and stands before anybody was told', () => {
    expect(() => host.circles.remove(host.circleId, host.memberId('Host'))).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    )
    expect(() => ada.circles.remove(ada.circleId, ada.memberId('Eve'))).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    )
    expect(host.present()).toEqual(['Host', 'Ada', 'Eve'])
    host.circles.remove(host.circleId, host.memberId('Eve'))
    expect(host.present()).toEqual(['Host', 'Ada'])
    expect(() => host.circles.remove(host.circleId, host.memberId('Eve'))).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    )
  })
})

/** Whoever was removed may go on telling; here it is about the others. */
function authorsOf({ database, clock }: CircleFriend): Set<string> {
  const [circle] = database.all<{ seed: Bytes }>('SELECT seed FROM circles')
  const { epochs, seed } = { epochs: secrets({ database }), seed: circle?.seed ?? new Uint8Array() }
  const keys = epochs.flatMap(({ epoch }) => [
    ...Array.from({ length: 60 }, (_, day) => noticeAuthor(seed, epoch, dayOf(clock.now()) - 30 + day)),
    ...Array.from({ length: 30 }, (_, index) => messageAuthor(seed, epoch, index)),
  ])
  return new Set(keys.map(({ publicKey }) => hex(publicKey)))
}
