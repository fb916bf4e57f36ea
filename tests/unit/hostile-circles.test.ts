import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hex, type Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import type { CircleId } from '../../core/base/ids.ts'
import { messagesInPoll, watchesOf, Looked } from '../../core/circles/watches.ts'
import { chainName, memberKeys, messageAt, messageAuthor, noticeAuthor, noticesAt } from '../../core/circles/keys.ts'
import { addGuest } from '../../core/circles/guests.ts'
import { addCircle } from '../../core/circles/store.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { decodeChainKeys, encodeNotice, sealChainKey, type Notice } from '../../core/circles/notice.ts'
import { encodeCircleRecord } from '../../core/circles/record.ts'
import { dayOf } from '../../core/conversations/chain.ts'
import { encodeItem } from '../../core/conversations/item.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey, type SigningKey } from '../../core/crypto/sign.ts'
import { Locks } from '../../core/base/locks.ts'
import { SenderKeys } from '../../core/ratchet/sender-keys.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import type { CircleFriend } from '../support/circle-friend.ts'
import { standing } from '../support/circle-standing.ts'
import { CircleVillage } from '../support/circle-village.ts'
import { communityId } from '../support/pair.ts'

/* A member who is an infiltrator has all that a member has, and an app of their own making. */

let village: CircleVillage
let host: CircleFriend
let ada: CircleFriend
let eve: CircleFriend

beforeEach(async () => {
  village = new CircleVillage()
  host = village.host
  ;[ada, eve] = (await village.start('Ada', 'Eve')) as [CircleFriend, CircleFriend]
  await village.gather(ada, eve)
})

afterEach(() => village.end())

/** Puts a box where one of the circle could. */
async function put(
  capability: ReturnType<typeof noticesAt>,
  author: SigningKey,
  content: Bytes,
  sequence = 1n,
): Promise<void> {
  const expiryHours = nowHours(village.clock) + 300
  await village.office.store(await village.office.prepare({ capability, author, sequence, expiryHours, content }))
}

/** Tells in Eve's name, or in somebody else's with her key. */
async function tell(notice: Partial<Notice>, key?: SigningKey): Promise<void> {
  const { wireId: circle, seed, epoch, secret, hash, members } = standing(eve)
  const day = dayOf(village.clock.now())
  const whole: Notice = {
    member: 2,
    turn: 1000,
    count: 0,
    first: 0,
    seen: Array.from({ length: members }, () => 0),
    roster: hash,
    ...notice,
  }
  const content = encodeNotice(whole, { circle, epoch, day }, key ?? memberKeys(seed).sign)
  await put(noticesAt(secret, day), freshSigningKey(), content)
}

async function looks(times = 4): Promise<void> {
  for (let i = 0; i < times; i++) await village.turn()
}

const emptyKeys = () => sealChainKey(random(96), [random(32), random(32)])

describe('a member who tells lies', () => {
  it('cannot tell in the name of another', async () => {
    host.say('mine')
    await village.settled()
    const before = ada.database.all('SELECT * FROM circle_chains')
    await tell({ member: 0, count: 500, first: 400, keys: emptyKeys() })
    await looks()
    expect(ada.database.all('SELECT * FROM circle_chains')).toEqual(before)
    expect(ada.shown()).toEqual(['Host: mine'])
  })

  it('cannot bring back what somebody told before, nor on another day', async () => {
    host.say('one')
    await village.settled()
    const day = dayOf(village.clock.now())
    const { secret } = standing(eve)
    const [old] = await village.office.fetch([noticesAt(secret, day)])
    host.say('two')
    await village.settled()
    if (old === undefined) throw new Error('nothing was told')
    await put(noticesAt(secret, day), freshSigningKey(), old.content, 99n)
    await put(noticesAt(secret, day - 1), freshSigningKey(), old.content, 99n)
    await looks()
    expect(ada.circle.awaited).toBe(0)
    expect(ada.shown()).toEqual(['Host: one', 'Host: two'])
  })

  it('keeps nobody busy with messages that are not there, and others are heard all the same', async () => {
    await tell({ count: 20_000, keys: emptyKeys() })
    await looks()
    const { id } = ada.circle
    const desk = {
      database: ada.database,
      clock: village.clock,
      senderKeys: new SenderKeys(ada.database),
      locks: new Locks(),
      changed: () => {},
    }
    const watches = watchesOf(desk, new Looked(), { communityId, lookBack: false, more: () => {} })
    expect(watches.length).toBeLessThanOrEqual(messagesInPoll + 3 * 5)
    host.say('heard')
    await village.until(() => ada.shown().includes('Host: heard'))
    expect(ada.circles.view(id as CircleId).awaited).toBeLessThanOrEqual(256)
  })

  it('who says that messages are lost makes a line, and no more than one for each notice', async () => {
    await tell({ count: 20_000, first: 20_000, keys: emptyKeys() })
    await looks()
    expect(ada.shown()).toEqual(['Eve: (gap 20000)'])
    await tell({ turn: 1001, count: 20_000, first: 20_000, keys: emptyKeys() })
    await looks()
    expect(ada.shown()).toHaveLength(1)
  })

  it('who shows another roster is marked, and so is it seen that the host showed two', async () => {
    await tell({ roster: random(32) })
    await looks()
    expect(ada.circle.members.find(({ name }) => name === 'Eve')?.differs).toBe(true)
    expect(ada.circle.members.find(({ name }) => name === 'Host')?.differs).toBe(false)
  })

  it('cannot fill a place so that others are not heard: they work more for theirs', async () => {
    const { secret } = standing(eve)
    const index = 0
    const capability = messageAt(secret, 1, index)
    for (let nth = 0; nth < 64; nth++) await put(capability, freshSigningKey(), random(300))
    village.office.full.add(hex(capability.place))
    ada.say('over the noise')
    await looks(6)
    expect(Math.max(...village.office.moreWork)).toBeGreaterThan(0)
    village.office.full.clear()
    await village.until(() => host.shown().includes('Ada: over the noise'))
    // sixty-four boxes of noise beside it changed nothing
    expect(host.shown()).toEqual(['Ada: over the noise'])
  })

  it('cannot speak in the name of another, copy what they said elsewhere, or say it twice', async () => {
    ada.say('once')
    await village.settled()
    const { secret, wireId: circle, epoch } = standing(eve)
    const [said] = await village.office.fetch([messageAt(secret, 1, 0)])
    if (said === undefined) throw new Error('nothing was said')
    // in the next place of the same, and in a place of the host's
    await tell({ member: 2, turn: 2000, count: 3, keys: emptyKeys() })
    await put(messageAt(secret, 1, 1), freshSigningKey(), said.content)
    await put(messageAt(secret, 0, 0), freshSigningKey(), said.content)
    await put(messageAt(secret, 2, 0), freshSigningKey(), said.content)
    // by her own chain, with another's number
    const keys = new SenderKeys(eve.database)
    const of = { owner: eve.circleId, chain: chainName({ circle, epoch, member: 2 }) }
    if (!keys.has(of)) (await keys.begin(of)).commit()
    const own = await keys.encrypt(of, encodeCbor({ v: 1, id: random(16), at: 1, kind: 'text', text: 'as Ada' }))
    await put(messageAt(secret, 1, 1), freshSigningKey(), encodeItem(own.value.ciphertext))
    await looks()
    for (const friend of [host, ada]) expect(friend.shown()).toEqual(['Ada: once'])
  })

  it('who writes what nobody can read, or things that deceive, is shown harmlessly', async () => {
    eve.say('a\u202Eb\u0007')
    await village.settled()
    expect(ada.shown()).toEqual(['Eve: ab'])
    const { secret, seed, epoch, wireId: circle } = standing(eve)
    const keys = new SenderKeys(eve.database)
    const of = { owner: eve.circleId, chain: chainName({ circle, epoch, member: 2 }) }
    const odd = [
      encodeCbor({ v: 2, id: random(16), at: 1, kind: 'text', text: 'later' }),
      encodeCbor({ v: 1, id: random(16), at: 1, kind: 'dance' }),
      encodeCbor({ v: 1, id: random(15), at: 1, kind: 'text', text: 'x' }),
      encodeCbor({ v: 1, id: random(16), at: Number.MAX_SAFE_INTEGER, kind: 'text', text: 'from the future' }),
      random(20),
    ]
    for (const [nth, plaintext] of odd.entries()) {
      const step = await keys.encrypt(of, plaintext)
      step.commit()
      await put(messageAt(secret, 2, 1 + nth), messageAuthor(seed, epoch, 1 + nth), encodeItem(step.value.ciphertext))
    }
    const [row] = eve.database.all<{ keys: Bytes }>('SELECT keys FROM circle_chains WHERE keys IS NOT NULL')
    expect(row).toBeDefined()
    await tell({ count: 6, keys: decodeChainKeys(row?.keys ?? new Uint8Array()) })
    await village.until(() => ada.shown().length === 6)
    expect(ada.shown().toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'Eve: (unreadable)'),
      'Eve: ab',
      'Eve: from the future',
    ])
    const times = ada.circles.messages({ circleId: ada.circleId, limit: 9 }).map(({ sentAt }) => sentAt)
    expect(Math.max(...times)).toBeLessThanOrEqual(village.clock.now())
  })

  it('cannot delete or replace what another said', async () => {
    ada.say('stays')
    await village.settled()
    const { secret, seed, epoch } = standing(eve)
    const { place } = messageAt(secret, 1, 0)
    for (const author of [messageAuthor(seed, epoch, 0), noticeAuthor(seed, epoch, dayOf(village.clock.now()))]) {
      await village.office.delete({ place, author, sequence: 99n })
    }
    expect(await village.office.fetch([messageAt(secret, 1, 0)])).toHaveLength(1)
  })
})

describe('a member who invites the host into a circle of the same name on the wire', () => {
  it.each(['the host’s key', 'a key of their own'])(
    'is told of what the host does, and but once: with %s',
    async (which) => {
      const { wireId: circle } = standing(eve)
      const signer =
        which === 'a key of their own' ? freshSigningKey().publicKey : memberKeys(standing(host).seed).sign.publicKey
      const { here } = village.pairs.find(({ friend }) => friend === eve) ?? {}
      if (here === undefined) throw new Error('nobody known')
      // her own app would not say it: it knows of no such circle
      const { personaId, communityId } = getConversation(eve.database, here)
      const own = addCircle(eve.database, {
        personaId,
        communityId,
        conversationId: undefined,
        wireId: circle,
        name: 'Mine',
        hostKey: signer,
        seed: random(32),
        ownName: 'Eve',
        state: 'ended',
        createdAt: 0,
      })
      addGuest(eve.database, own, here)
      await eve.conversations.actions.record(here, 'circle', () =>
        encodeCircleRecord({ kind: 'invite', circle, name: 'Mine', host: signer }),
      )
      await village.until(() => host.circles.list().length === 2)
      const { id } = host.circles.list().find(({ state }) => state === 'active') ?? {}
      host.circles.remove(
        id as CircleId,
        host.circles.view(id as CircleId).members.find(({ name }) => name === 'Eve')?.id as never,
      )
      const said = () =>
        host.database.get<{ next: number }>('SELECT send_next AS next FROM conversations WHERE id = ?', [
          village.conversation(eve),
        ])?.next ?? 0
      await village.until(() => eve.circles.list().some(({ state }) => state === 'removed'))
      const before = said()
      await looks(8)
      expect(said()).toBe(before)
      expect(host.database.all("SELECT 1 FROM circle_guests WHERE state = 'removing'")).toEqual([])
    },
  )
})
