import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex, type Bytes } from '../../core/base/bytes.ts'
import { boxLength, decodeBox } from '../../core/boxes/box.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import type { CircleMessage } from '../../core/circles/content.ts'
import { noticesAt } from '../../core/circles/keys.ts'
import { applyMessage } from '../../core/circles/messages.ts'
import { dayOf } from '../../core/conversations/chain.ts'
import { freshId, type MessageId } from '../../core/base/ids.ts'
import type { CircleFriend } from '../support/circle-friend.ts'
import { CircleVillage, epochOf } from '../support/circle-village.ts'

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

const states = (friend: CircleFriend) => friend.circles.list().map(({ state }) => state)

describe('a circle', () => {
  it('is what everybody in it reads, and who was not invited sees nothing of it', async () => {
    await village.gather(ada, bea)
    for (const friend of [host, ada, bea]) friend.say(`${friend.name} says hello`)
    await village.settled()
    for (const friend of [host, ada, bea]) {
      expect(friend.present()).toEqual(['Host', 'Ada', 'Bea'])
      expect(friend.shown().toSorted()).toEqual(['Ada: Ada says hello', 'Bea: Bea says hello', 'Host: Host says hello'])
    }
    expect(cleo.circles.list()).toEqual([])
  })

  it('tells members nothing of each other but a name and keys for this circle', async () => {
    await village.gather(ada, bea)
    const known = ada.database.all<{ name: string }>('SELECT name FROM circle_members')
    expect(known.map(({ name }) => name).toSorted()).toEqual(['Ada', 'Bea', 'Host'])
    expect(ada.conversations.list()).toHaveLength(1)
    // the same person in two circles has no key in common
    const { communityId, personaId } = host.circle
    host.circles.create({
      communityId: communityId as never,
      personaId: personaId as never,
      name: 'Another',
      ownName: 'Host',
    })
    const keys = host.database.all<{ key: Bytes }>(`SELECT key FROM circle_members WHERE name = 'Host'`)
    expect(new Set(keys.map(({ key }) => String(key))).size).toBe(2)
  })

  it('has one epoch for all who come in together', async () => {
    await village.gather(ada, bea, cleo)
    expect(new Set([host, ada, bea, cleo].map(epochOf)).size).toBe(1)
    expect(epochOf(host)).toBeLessThanOrEqual(4)
  })

  it('keeps what is said while nobody is in it for those who come in first', async () => {
    const { personaId, communityId } = host.conversations.list()[0] ?? {}
    host.circles.create({
      communityId: communityId as never,
      personaId: personaId as never,
      name: 'Evening',
      ownName: 'Host',
    })
    host.say('welcome')
    await village.pass(1)
    expect(village.office.boxes).toEqual([])
    await village.gather(ada)
    expect(ada.shown()).toEqual(['Host: welcome'])
  })

  it('shows who has what was said, and counts what was not read', async () => {
    await village.gather(ada, bea)
    host.say('one')
    await village.settled()
    expect(ada.circle.unread).toBe(1)
    ada.circles.read(ada.circleId)
    expect(ada.circle.unread).toBe(0)
    const delivery = () => host.circles.messages({ circleId: host.circleId, limit: 1 })[0]?.delivery
    expect(delivery()).toEqual({ state: 'stored', seenBy: 0, of: 2 })
    await village.pass(2)
    expect(delivery()).toEqual({ state: 'stored', seenBy: 2, of: 2 })
  })

  it('takes a message once, whatever is asked twice', async () => {
    await village.gather(ada)
    const id = freshId<MessageId>()
    for (let i = 0; i < 2; i++) host.circles.send(host.circleId, id, 'once')
    await village.settled()
    expect(ada.shown()).toEqual(['Host: once'])
    expect(() =>
      ada.circles.send(
        ada.circleId,
        ada.circles.messages({ circleId: ada.circleId, limit: 1 })[0]?.id as MessageId,
        'x',
      ),
    ).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })

  it('is new once where somebody is invited: as a circle, and not in the conversation besides', async () => {
    await village.gather(ada)
    const unread = () => ada.conversations.list()[0]?.unread
    expect(unread()).toBe(0)
    host.circles.remove(host.circleId, host.memberId('Ada'))
    await village.until(() => states(ada)[0] === 'removed')
    // what cannot be answered is news of the conversation
    expect(unread()).toBe(1)
    host.circles.invite(host.circleId, [village.conversation(ada)])
    await village.until(() => states(ada)[0] === 'invited')
    expect(unread()).toBe(1)
  })

  it('is refused, and then the host knows', async () => {
    await village.gather(ada)
    host.circles.invite(host.circleId, [village.conversation(bea)])
    await village.until(() => states(bea).includes('invited'))
    bea.circles.decline(bea.circleId)
    await village.until(() => host.circle.guests.some(({ state }) => state === 'declined'))
    expect(bea.circles.list()).toEqual([])
    expect(host.present()).toEqual(['Host', 'Ada'])
    // and may be asked again
    await village.gather(bea)
    expect(bea.present()).toEqual(['Host', 'Ada', 'Bea'])
  })

  it('takes back an invitation that nobody answered', async () => {
    await village.gather(ada)
    host.circles.invite(host.circleId, [village.conversation(bea)])
    await village.until(() => states(bea).includes('invited'))
    host.circles.withdrawInvitation(host.circleId, village.conversation(bea))
    await village.until(() => bea.circles.list().length === 0)
    expect(host.circle.guests).toEqual([])
  })

  it('takes contacts of its own persona only', async () => {
    await village.gather(ada)
    host.database.run('UPDATE conversations SET persona_id = ? WHERE id = ?', [
      'ff'.repeat(16),
      village.conversation(bea),
    ])
    expect(() => host.circles.invite(host.circleId, [village.conversation(bea)])).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })

  it('mutes a member here alone, and tells the host alone of what somebody did', async () => {
    await village.gather(ada, bea)
    bea.say('something unkind')
    await village.settled()
    ada.circles.setMuted(ada.circleId, ada.memberId('Bea'), true)
    expect(ada.shown()).toEqual([])
    expect(ada.circle.unread).toBe(0)
    expect(host.shown()).toEqual(['Bea: something unkind'])
    await ada.circles.report(ada.circleId, ada.memberId('Bea'), 'Look at what Bea said')
    await village.settled()
    expect(host.circle.reports).toMatchObject([{ by: 'Ada', about: 'Bea', text: 'Look at what Bea said' }])
    expect(bea.circle.reports).toEqual([])
    ada.circles.setMuted(ada.circleId, ada.memberId('Bea'), false)
    expect(ada.shown()).toEqual(['Bea: something unkind'])
  })
})

describe('what a community node sees of a circle', () => {
  it('is polls of sixteen places and small boxes that live as long as those of conversations', async () => {
    await village.gather(ada, bea)
    const before = village.office.polls.length
    ada.say('a')
    bea.say('b'.repeat(3_000))
    await village.settled()
    expect(village.office.polls.length).toBeGreaterThan(before)
    expect(new Set(village.office.polls)).toEqual(new Set([16]))
    const lengths = village.office.boxes.map(({ bytes }) => bytes.length)
    expect(new Set(lengths)).toEqual(new Set([boxLength(0)]))
    const lives = village.office.boxes.map(
      ({ bytes }) => decodeBox(bytes as Bytes).expiryHours - nowHours(village.clock),
    )
    for (const life of lives) expect([335, 336]).toContain(life)
    // what is longer shows, as everywhere
    ada.say('c'.repeat(5_000))
    await village.settled()
    expect(village.office.boxes.at(-2)?.bytes.length).toBe(boxLength(1))
  })

  it('is the same places for all of them, another for each message, and another each day for what is told', async () => {
    await village.gather(ada, bea)
    for (let day = 0; day < 3; day++) {
      ada.say(`day ${day}`)
      await village.settled()
      await village.pass(1)
    }
    const places = Map.groupBy(village.office.boxes, ({ place }) => place)
    const secrets = ada.database.all<{ secret: Bytes }>('SELECT secret FROM circle_epochs')
    const noticePlaces = new Set(
      secrets.flatMap(({ secret }) =>
        Array.from({ length: 8 }, (_, day) => hex(noticesAt(secret, dayOf(village.clock.now()) - day).place)),
      ),
    )
    const messages = [...places].filter(([place]) => !noticePlaces.has(place))
    expect(messages).toHaveLength(3)
    for (const [, boxes] of messages) expect(new Set(boxes.map(({ author }) => hex(author))).size).toBe(1)
    // no author key is seen at two places
    const authors = village.office.boxes.map(({ place, author }) => `${hex(author)} ${place}`)
    expect(new Set(authors).size).toBe(new Set(village.office.boxes.map(({ author }) => hex(author))).size)
  })
})

describe('resources of a circle', () => {
  it('stay until they are withdrawn, and who comes in later has them too', async () => {
    await village.gather(ada)
    const id = freshId<MessageId>()
    ada.circles.addResource(ada.circleId, id, { title: 'Archive', text: 'https://example.org/archive' })
    ada.say('have a look')
    await village.settled()
    await village.gather(bea)
    const titles = (friend: CircleFriend) => friend.circles.resources(friend.circleId).map(({ title }) => title)
    expect(titles(bea)).toEqual(['Archive'])
    expect(bea.shown()).toEqual(['Ada: Archive: https://example.org/archive'])
    // those who had it have it once
    expect(host.shown().filter((line) => line.includes('Archive'))).toHaveLength(1)
    ada.circles.withdrawResource(id)
    await village.settled()
    for (const friend of [host, ada, bea]) expect(titles(friend)).toEqual([])
    expect(bea.shown()).toEqual(['Ada: (withdrawn)'])
  })

  it('are withdrawn also with those whom that reaches before the resource', async () => {
    await village.gather(ada)
    const memberId = ada.memberId('Host')
    const { circleId, database } = ada
    const now = village.clock.now()
    const [of, id] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)]
    const take = (said: CircleMessage, by = memberId): void =>
      applyMessage(database, circleId, said, { memberId: by, mine: false, now })
    take({ kind: 'withdraw', id, at: now - 1, of })
    // nobody else's of that name
    take({ kind: 'resource', id: of, at: now - 2, title: 'Hers', text: 'b' }, ada.memberId('Ada'))
    expect(ada.shown()).toEqual(['Ada: Hers: b'])
    for (let times = 0; times < 2; times++) take({ kind: 'resource', id: of, at: now - 2, title: 'Archive', text: 'a' })
    expect(ada.shown()).toEqual(['Ada: Hers: b', 'Host: (withdrawn)'])
    expect(database.all('SELECT text FROM circle_messages').map(({ text }) => text)).toEqual(['b', ''])
  })

  it('are withdrawn by their author only, and are not without end', async () => {
    await village.gather(ada)
    const id = freshId<MessageId>()
    ada.circles.addResource(ada.circleId, id, { title: 'Archive', text: 'a' })
    await village.settled()
    const there = host.circles.resources(host.circleId)[0]?.id as MessageId
    expect(() => host.circles.withdrawResource(there)).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    for (let nth = 1; nth < 20; nth++) {
      ada.circles.addResource(ada.circleId, freshId<MessageId>(), { title: `${nth}`, text: 'a' })
    }
    expect(() => ada.circles.addResource(ada.circleId, freshId<MessageId>(), { title: '21', text: 'a' })).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    )
  })
})

describe('the end of being in a circle', () => {
  it('a member who leaves reads nothing any more, and the others go on without', async () => {
    await village.gather(ada, bea)
    host.say('before')
    await village.settled()
    ada.circles.leave(ada.circleId)
    await village.until(() => !host.present().includes('Ada'))
    host.say('after')
    await village.settled()
    expect(bea.shown()).toEqual(['Host: before', 'Host: after'])
    expect(ada.shown()).toEqual(['Host: before'])
    expect(states(ada)).toEqual(['left'])
    for (const table of ['circle_epochs', 'circle_chains', 'circle_outbox', 'ratchet_sender_keys']) {
      expect(ada.database.all(`SELECT * FROM ${table}`), table).toEqual([])
    }
    expect(() => ada.say('hello?')).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    ada.circles.forget(ada.circleId)
    expect(ada.circles.list()).toEqual([])
    // and may be asked back, as somebody new
    await village.gather(ada)
    expect(host.present()).toEqual(['Host', 'Ada', 'Bea'])
    expect(host.circle.members.filter(({ name }) => name === 'Ada')).toHaveLength(2)
  })

  it('ends for all when the host ends it', async () => {
    await village.gather(ada, bea)
    host.circles.invite(host.circleId, [village.conversation(cleo)])
    await village.until(() => states(cleo).includes('invited'))
    host.circles.end(host.circleId)
    expect(() => host.circles.forget(host.circleId)).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    await village.until(() => states(ada)[0] === 'ended' && states(bea)[0] === 'ended' && states(cleo).length === 0)
    await village.until(() => host.isSilent)
    host.circles.forget(host.circleId)
    expect(host.circles.list()).toEqual([])
  })

  it.each(['host', 'member'] as const)('goes with the conversation, when the %s ends that', async (who) => {
    await village.gather(ada, bea)
    if (who === 'host') await host.conversations.actions.end(village.conversation(ada))
    else await ada.conversations.actions.end(ada.conversations.list()[0]?.id as never)
    await village.until(() => ada.circles.list().length === 0 && !host.present().includes('Ada'))
    host.say('without her')
    await village.settled()
    expect(bea.shown()).toEqual(['Host: without her'])
    expect(ada.database.all('SELECT * FROM ratchet_sender_keys')).toEqual([])
  })

  it('goes with the conversation when it is forgotten, on either side', async () => {
    await village.gather(ada, bea)
    await host.conversations.forget(village.conversation(ada))
    village.pairs.shift()
    await village.until(() => !host.present().includes('Ada'))
    const [pair] = village.pairs
    await bea.conversations.forget(pair?.here as never)
    expect(bea.circles.list()).toEqual([])
    expect(bea.database.all('SELECT * FROM ratchet_sender_keys')).toEqual([])
    await ada.stop()
  })
})
