import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { concat, hex, type Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import type { CircleId, ConversationId } from '../../core/base/ids.ts'
import { messagesInPoll, watchesOf, Looked } from '../../core/circles/watches.ts'
import { chainName, memberKeys, messageAt, messageAuthor, noticeAuthor, noticesAt } from '../../core/circles/keys.ts'
import { encodeNotice, sealChainKey, type Notice } from '../../core/circles/notice.ts'
import { encodeCircleRecord, joinRecord, type CircleRecord } from '../../core/circles/record.ts'
import { encodeRoster, type Roster } from '../../core/circles/roster.ts'
import { encodeSigned } from '../../core/circles/signed.ts'
import { dayOf } from '../../core/conversations/chain.ts'
import { encodeItem } from '../../core/conversations/item.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey, type SigningKey } from '../../core/crypto/sign.ts'
import { Locks } from '../../core/base/locks.ts'
import { SenderKeys } from '../../core/ratchet/sender-keys.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import type { CircleFriend } from '../support/circle-friend.ts'
import { CircleVillage, epochOf } from '../support/circle-village.ts'
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

interface Standing {
  readonly wireId: Bytes
  readonly seed: Bytes
  readonly epoch: number
  readonly secret: Bytes
  readonly hash: Bytes
  readonly members: number
}

function standing({ database }: CircleFriend): Standing {
  const row = database.get<{ wire_id: Bytes; seed: Bytes; epoch: number; secret: Bytes; chains: number }>(
    `SELECT c.wire_id, c.seed, e.epoch, e.secret,
       (SELECT count(*) FROM circle_chains WHERE circle_id = c.id AND epoch = e.epoch) AS chains
     FROM circles c JOIN circle_epochs e ON e.circle_id = c.id ORDER BY e.epoch DESC LIMIT 1`,
  )
  if (row === undefined) throw new Error('in no circle')
  return {
    wireId: row.wire_id,
    seed: row.seed,
    epoch: row.epoch,
    secret: row.secret,
    hash: random(32),
    members: row.chains,
  }
}

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
    const { decodeChainKeys } = await import('../../core/circles/notice.ts')
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

/** What a contact says in their own conversation, by rules of their own. */
async function say(friend: CircleFriend, to: ConversationId, record: CircleRecord | Bytes): Promise<void> {
  const body = record instanceof Uint8Array ? record : encodeCircleRecord(record)
  const there = friend.records.get('circle')
  if (there === undefined) throw new Error('no circles')
  const { getConversation } = await import('../../core/conversations/store.ts')
  friend.database.transaction(() => {
    there.apply(getConversation(friend.database, to), body, { mine: false, index: 0, at: 0, now: village.clock.now() })
  })
  there.committed?.(to)
}

const withHost = (friend: CircleFriend): ConversationId => friend.conversations.list()[0]?.id as ConversationId

describe('a host who tells lies', () => {
  const rosterNow = (): Roster => {
    const { wireId: circle, epoch } = standing(host)
    const keys = [host, ada, eve].map((friend) => ({ name: friend.name, keys: memberKeys(standing(friend).seed) }))
    return {
      circle,
      epoch: epoch + 1,
      name: 'Evening',
      members: keys.map(({ name, keys: { sign, box } }) => ({ key: sign.publicKey, box: box.publicKey, name })),
    }
  }
  const signed = (roster: Roster): Bytes => encodeRoster(roster, memberKeys(standing(host).seed).sign)
  const told = (roster: Bytes): CircleRecord => ({
    kind: 'epoch',
    circle: standing(host).wireId,
    secret: random(32),
    roster,
  })

  it('changes nothing with a roster that is old, of another, without this member, with another’s keys, or not signed', async () => {
    const good = rosterNow()
    const [first, second, last] = good.members
    if (first === undefined || second === undefined || last === undefined) throw new Error('nobody')
    const bad: readonly [string, Bytes][] = [
      ['old', signed({ ...good, epoch: good.epoch - 1 })],
      ['of another circle', signed({ ...good, circle: random(16) })],
      ['without this member', signed({ ...good, members: [first, last] })],
      ['with another box key', signed({ ...good, members: [first, { ...second, box: random(32) }, last] })],
      ['not signed by the host', encodeRoster(good, memberKeys(standing(eve).seed).sign)],
      ['cut', signed(good).slice(0, -1)],
      ['of a newer version', concat(Uint8Array.of(2), signed(good).subarray(1))],
      [
        'with somebody twice',
        encodeSigned(
          'staffetta/circle/roster/1',
          new Uint8Array(),
          encodeCbor({ ...good, members: [first, second, second] }),
          memberKeys(standing(host).seed).sign,
        ),
      ],
    ]
    const before = epochOf(ada)
    for (const [name, roster] of bad) {
      await say(ada, withHost(ada), told(roster)).catch(() => {})
      expect(epochOf(ada), name).toBe(before)
    }
    await say(ada, withHost(ada), told(signed(good)))
    expect(epochOf(ada)).toBe(good.epoch)
  })

  it('cannot invite without end, nor into what this side is in', async () => {
    for (let nth = 0; nth < 50; nth++) {
      await say(ada, withHost(ada), { kind: 'invite', circle: random(16), name: `Circle ${nth}`, host: random(32) })
    }
    expect(ada.circles.list()).toHaveLength(32)
    const state = ada.circles.list().find(({ state }) => state === 'active')
    await say(ada, withHost(ada), { kind: 'invite', circle: standing(host).wireId, name: 'Again', host: random(32) })
    expect(ada.circles.list().find(({ state }) => state === 'active')).toEqual(state)
  })

  it('cannot let in who did not say yes', async () => {
    const circle = random(16)
    await say(ada, withHost(ada), { kind: 'invite', circle, name: 'Another', host: random(32) })
    const good = rosterNow()
    await say(ada, withHost(ada), { kind: 'epoch', circle, secret: random(32), roster: signed({ ...good, circle }) })
    expect(ada.circles.list().find(({ name }) => name === 'Another')?.state).toBe('invited')
  })
})

describe('a contact who was not invited, or not any more', () => {
  it('changes nothing, whatever they say', async () => {
    const stranger = await village.meet('Mallory')
    const there = village.conversation(stranger)
    const { wireId: circle } = standing(host)
    const keys = memberKeys(random(32))
    const before = JSON.stringify([host.circle, epochOf(host)])
    const records: readonly CircleRecord[] = [
      joinRecord(circle, keys, 'Mallory'),
      { kind: 'decline', circle },
      { kind: 'leave', circle },
      { kind: 'report', circle, about: random(32), text: 'x' },
      { kind: 'out', circle, why: 'ended' },
      { kind: 'epoch', circle, secret: random(32), roster: random(200) },
    ]
    for (const record of records) await say(host, there, record)
    expect(JSON.stringify([host.circle, epochOf(host)])).toBe(before)
  })

  it('cannot come in with the keys of another, or without proof of their own', async () => {
    const stranger = await village.meet('Mallory')
    const there = village.conversation(stranger)
    host.circles.invite(host.circleId, [there])
    await village.until(() => stranger.circles.list().length === 1)
    const { wireId: circle } = standing(host)
    const adas = memberKeys(standing(ada).seed)
    const own = memberKeys(random(32))
    const good = joinRecord(circle, own, 'Mallory')
    const bad: CircleRecord[] = [
      joinRecord(circle, adas, 'Ada'),
      joinRecord(circle, { ...own, box: adas.box }, 'Mallory'),
      { ...good, proof: random(64) },
      { ...good, key: adas.sign.publicKey },
      { ...good, proof: joinRecord(random(16), own, 'Mallory').proof },
      joinRecord(circle, memberKeys(standing(host).seed), 'Host'),
    ]
    for (const record of bad) await say(host, there, record)
    expect(host.circle.joined).not.toContain(there)
    await say(host, there, good)
    expect(host.circle.joined).toContain(there)
  })

  it('is shown as unreadable where it is no record at all', async () => {
    for (const body of [random(30), encodeCbor({ v: 2, kind: 'invite' }), encodeCbor({ v: 1, kind: 'dance' })]) {
      await expect(say(host, village.conversation(ada), body)).rejects.toMatchObject({
        code: /malformed|unknown-version/,
      })
    }
  })
})
