import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { concat, type Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import type { ConversationId } from '../../core/base/ids.ts'
import { memberKeys } from '../../core/circles/keys.ts'
import { encodeCircleRecord, joinRecord, type CircleRecord } from '../../core/circles/record.ts'
import { encodeRoster, type Roster } from '../../core/circles/roster.ts'
import { encodeSigned } from '../../core/circles/signed.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { random } from '../../core/crypto/random.ts'
import type { CircleFriend } from '../support/circle-friend.ts'
import { standing } from '../support/circle-standing.ts'
import { CircleVillage, epochOf } from '../support/circle-village.ts'

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

/** What a contact says in their own conversation, by rules of their own. */
async function say(friend: CircleFriend, to: ConversationId, record: CircleRecord | Bytes): Promise<void> {
  const body = record instanceof Uint8Array ? record : encodeCircleRecord(record)
  const there = friend.records.get('circle')
  if (there === undefined) throw new Error('no circles')
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

  it.each(['declines', 'is uninvited', 'comes back'] as const)(
    'cannot take back what was said with another invitation: one who was removed, is invited again, and %s',
    async (what) => {
      ada.say('mine')
      host.say('theirs')
      await village.settled()
      host.circles.remove(host.circleId, host.memberId('Ada'))
      await village.until(() => ada.circle.state === 'removed')
      host.circles.invite(host.circleId, [village.conversation(ada)])
      await village.until(() => ada.circle.state === 'invited')
      const said = (): string[] => ada.shown().toSorted()
      expect(said()).toEqual(['Ada: mine', 'Host: theirs'])
      if (what === 'declines') {
        ada.circles.decline(ada.circleId)
        await village.until(() => ada.circles.list().some(({ state }) => state === 'left'))
      } else if (what === 'is uninvited') {
        host.circles.withdrawInvitation(host.circleId, village.conversation(ada))
        await village.until(() => ada.circle.state === 'removed')
      } else {
        ada.circles.accept(ada.circleId, 'Ada again')
        await village.until(() => host.present().includes('Ada again'))
        await village.settled()
        host.say('welcome')
        ada.say('thanks')
        await village.settled()
        expect(said()).toEqual(['Ada again: thanks', 'Ada: mine', 'Host: theirs', 'Host: welcome'])
        return
      }
      expect(said()).toEqual(['Ada: mine', 'Host: theirs'])
      // and is this side's to throw away
      ada.circles.forget(ada.circleId)
      expect(ada.circles.list()).toEqual([])
    },
  )

  it('cannot fill a disk with members who were never there', async () => {
    const count = (): number =>
      ada.database.get<{ count: number }>('SELECT count(*) AS count FROM circle_members')?.count ?? 0
    const start = rosterNow()
    for (let nth = 0; nth < 40; nth++) {
      const others = Array.from({ length: 26 }, (_, at) => ({ key: random(32), box: random(32), name: `Nobody ${at}` }))
      const roster = { ...start, epoch: start.epoch + nth, members: [...start.members, ...others] }
      await say(ada, withHost(ada), told(signed(roster)))
    }
    // of the sixteen epochs that are known
    expect(count()).toBeLessThanOrEqual(16 * 26 + 3)
    expect(epochOf(ada)).toBe(start.epoch + 39)
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
