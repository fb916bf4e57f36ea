import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '../../core/base/bytes.ts'
import { freshSigningKey, type SigningKey } from '../../core/crypto/sign.ts'
import { VouchBook } from '../../core/vouches/book.ts'
import { encodeVouchRecord, keyProof, type Pairing, type VouchRecord } from '../../core/vouches/content.ts'
import { communityTag, signVouch } from '../../core/vouches/vouch.ts'
import { scratch } from '../support/scratch.ts'
import { trustingPair, type Trusting, type TrustingPair } from '../support/trusting.ts'

const day = 86_400_000
const files = scratch()
afterAll(() => files.remove())
let nth = 0
let seeker: Trusting
let mentor: Trusting
let pair: TrustingPair
let pairing: Pairing

const no = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code })
const rounds = async (): Promise<void> => {
  for (let round = 0; round < 3; round++) await pair.exchange()
}

beforeEach(async () => {
  pair = await trustingPair(files, `pair-${nth++}`)
  ;({ seeker, mentor } = pair)
  const [home] = mentor.communities.list()
  pairing = { community: communityTag(home?.networkKey ?? new Uint8Array()), mentorKey: mentor.key.publicKey }
})

describe('a vouch', () => {
  it('that a mentor offers is signed once the learner takes it, and is theirs', async () => {
    await mentor.vouches.give(mentor.id, 'sewing')
    await mentor.vouches.give(mentor.id, 'sewing')
    await rounds()
    expect(seeker.book()).toEqual(['received sewing offered'])
    expect(mentor.book()).toEqual(['given sewing offered'])
    await seeker.vouches.ask(seeker.id, 'sewing')
    await rounds()
    expect(seeker.book()).toEqual(['received sewing given'])
    expect(mentor.book()).toEqual(['given sewing given'])
    expect(mentor.events()).toEqual(['vouch-offered', 'vouch-given'])
    expect(seeker.events()).toEqual(['vouch-offered*', 'vouch-asked', 'vouch-given*'])
    await no(mentor.vouches.give(mentor.id, 'sewing'), 'wrong-state')
  })

  it('that a learner asks for is given by hand, or not', async () => {
    await seeker.vouches.ask(seeker.id, 'sewing')
    await seeker.vouches.ask(seeker.id, 'knitting')
    await rounds()
    expect(mentor.book().toSorted()).toEqual(['given knitting asked', 'given sewing asked'])
    expect(mentor.vouches.list()[0]).toMatchObject({ contact: { pseudonym: 'Amber Fern' }, endsAt: null })
    await mentor.vouches.give(mentor.id, 'sewing')
    mentor.vouches.remove(mentor.vouchId('knitting'))
    await rounds()
    expect(mentor.book()).toEqual(['given sewing given'])
    expect(seeker.book().toSorted()).toEqual(['received knitting asked', 'received sewing given'])
  })

  it('for a mentor needs nothing but the wish of a learner: they know who signed the offer', async () => {
    await seeker.vouches.give(seeker.id, 'sewing')
    await rounds()
    expect(mentor.book()).toEqual(['received sewing given'])
    expect(mentor.events()).toEqual(['vouch-given*'])
  })

  it('is signed after a crash, where the learner took it before', async () => {
    await mentor.vouches.give(mentor.id, 'sewing')
    await rounds()
    await seeker.vouches.ask(seeker.id, 'sewing')
    // arrived, and nothing more
    await seeker.friend.deliver(mentor.friend)
    expect(mentor.book()).toEqual(['given sewing offered'])
    await mentor.vouches.start()
    await mentor.vouches.stop()
    await rounds()
    expect(seeker.book()).toEqual(['received sewing given'])
  })

  it('that is taken back is gone from the other, and stays in one’s own list until it ends', async () => {
    await seeker.vouches.give(seeker.id, 'sewing')
    await rounds()
    mentor.vouches.setShown(mentor.vouchId('sewing'), true)
    await seeker.vouches.takeBack(seeker.vouchId('sewing'))
    await seeker.vouches.takeBack(seeker.vouchId('sewing'))
    await rounds()
    expect(mentor.book()).toEqual([])
    expect(mentor.republished).toEqual(['true sewing', 'true sewing'])
    expect(seeker.book()).toEqual(['given sewing taken-back'])
    expect(mentor.events()).toEqual(['vouch-given*', 'vouch-taken-back*'])
    pair.clock.advance(400 * day)
    expect(seeker.book()).toEqual([])
  })

  it('ends after a year, and can be given anew', async () => {
    await seeker.vouches.give(seeker.id, 'sewing')
    await rounds()
    const [vouch] = mentor.vouches.list()
    pair.clock.advance((vouch?.endsAt ?? 0) - pair.clock.now() - 1)
    expect(mentor.book()).toEqual(['received sewing given'])
    pair.clock.advance(1)
    expect(mentor.book()).toEqual([])
    await seeker.vouches.give(seeker.id, 'sewing')
    await rounds()
    expect(mentor.book()).toEqual(['received sewing given'])
  })

  it('is forgotten here where a person wishes so, but for one that they gave', async () => {
    await seeker.vouches.give(seeker.id, 'sewing')
    await rounds()
    expect(() => seeker.vouches.remove(seeker.vouchId('sewing'))).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    )
    const id = mentor.vouchId('sewing')
    mentor.vouches.setShown(id, true)
    mentor.vouches.remove(id)
    expect(mentor.republished).toEqual(['true sewing', 'true sewing'])
    expect(() => mentor.vouches.remove(id)).toThrow(expect.objectContaining({ code: 'not-found' }))
    await no(mentor.vouches.takeBack(id), 'not-found')
  })

  it('outlives the conversation where it was received; where it was given it is forgotten with it', async () => {
    await seeker.vouches.give(seeker.id, 'sewing')
    await seeker.vouches.ask(seeker.id, 'knitting')
    await rounds()
    await mentor.friend.actions.end(mentor.id)
    await rounds()
    expect(seeker.book()).toEqual(['given sewing given'])
    expect(mentor.book()).toEqual(['received sewing given'])
    await seeker.friend.app.forget(seeker.id)
    await mentor.friend.app.forget(mentor.id)
    expect(seeker.book()).toEqual([])
    expect(mentor.vouches.list()).toMatchObject([{ topic: 'sewing', conversationId: null, contact: null }])
  })

  it('is shown with offers of its topic where its owner wishes so, the newest four', async () => {
    const book = new VouchBook(mentor.friend.database)
    for (const topic of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await seeker.vouches.give(seeker.id, topic)
      pair.clock.advance(31 * day)
    }
    await rounds()
    const shown = (...topics: string[]) => book.shownFor(mentor.personaId, topics, pair.clock.now())
    expect(shown('a', 'b')).toEqual([])
    for (const topic of ['a', 'b', 'c', 'd', 'e']) mentor.vouches.setShown(mentor.vouchId(topic), true)
    expect(shown('a', 'f', 'z')).toHaveLength(1)
    expect(shown('a', 'b', 'c', 'd', 'e', 'f')).toHaveLength(4)
    expect(shown('a', 'b', 'c', 'd', 'e', 'f')[0]?.length).toBeLessThanOrEqual(200)
    expect(shown('a', 'b', 'c', 'd', 'e', 'f')).not.toContainEqual(shown('a')[0])
    expect(book.shownFor(seeker.personaId, ['a'], pair.clock.now())).toEqual([])
  })

  it('is shown with offers, and not with requests', async () => {
    await seeker.vouches.give(seeker.id, 'sewing')
    await rounds()
    mentor.vouches.setShown(mentor.vouchId('sewing'), true)
    const topics = ['sewing']
    expect(mentor.vouches.shownFor(mentor.personaId, { kind: 'offer', topics })).toHaveLength(1)
    expect(mentor.vouches.shownFor(mentor.personaId, { kind: 'request', topics })).toEqual([])
  })
})

describe('who is known', () => {
  const knows = (who: Trusting, key: SigningKey): boolean => {
    const [home] = who.communities.list()
    if (home === undefined) throw new Error('no community')
    const hex = Buffer.from(key.publicKey).toString('hex')
    return new VouchBook(who.friend.database).knownKeys(home.id).has(hex)
  }

  it('is a contact by the key of their persona, while the conversation goes on and they are not blocked', async () => {
    expect([knows(seeker, mentor.key), knows(mentor, seeker.key)]).toEqual([true, false])
    await seeker.vouches.ask(seeker.id, 'sewing')
    await rounds()
    expect(knows(mentor, seeker.key)).toBe(true)
    mentor.friend.app.setBlocked(mentor.id, true)
    expect(knows(mentor, seeker.key)).toBe(false)
    seeker.friend.app.setBlocked(seeker.id, true)
    expect(knows(seeker, mentor.key)).toBe(false)
    seeker.friend.app.setBlocked(seeker.id, false)
    await seeker.friend.actions.end(seeker.id)
    expect(knows(seeker, mentor.key)).toBe(false)
  })

  it('is who was vouched for, and who vouched, also afterwards', async () => {
    await seeker.vouches.give(seeker.id, 'sewing')
    await rounds()
    await seeker.friend.actions.end(seeker.id)
    await rounds()
    expect(knows(mentor, seeker.key)).toBe(true)
    await mentor.friend.app.forget(mentor.id)
    expect(knows(mentor, seeker.key)).toBe(true)
  })
})

describe('a contact who writes to rules of their own', () => {
  const forge = async (from: Trusting, record: VouchRecord | Bytes): Promise<void> => {
    const body = record instanceof Uint8Array ? record : encodeVouchRecord(record)
    await from.friend.forge({ kind: 'record', of: 'vouch', body })
    await rounds()
  }
  const ask = (key: SigningKey, proof = keyProof(key, pairing), topic = 'sewing'): VouchRecord => ({
    kind: 'ask',
    topic,
    key: key.publicKey,
    proof,
  })
  const vouchFor = (subject: SigningKey, by: SigningKey, wrong: { community?: Bytes; now?: number } = {}): Bytes =>
    signVouch(by, {
      community: pairing.community,
      subject: subject.publicKey,
      topic: 'sewing',
      now: pair.clock.now(),
      ...wrong,
    })
  const changed = (bytes: Bytes): Bytes => bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))
  const give = (vouch: Bytes, by: SigningKey): VouchRecord => ({ kind: 'give', vouch, proof: keyProof(by, pairing) })

  const badKeys: readonly [string, () => VouchRecord][] = [
    ['somebody else’s', () => ask(freshSigningKey(), keyProof(seeker.key, pairing))],
    [
      'one that was proved to another mentor',
      () => ask(seeker.key, keyProof(seeker.key, { ...pairing, mentorKey: freshSigningKey().publicKey })),
    ],
    [
      'one that was proved in another community',
      () => ask(seeker.key, keyProof(seeker.key, { ...pairing, community: new Uint8Array(32) })),
    ],
    ['the mentor’s own', () => ask(mentor.key)],
  ]

  it('gets no vouch for a key that they do not hold, or proved elsewhere', async () => {
    await mentor.vouches.give(mentor.id, 'sewing')
    await rounds()
    for (const [what, record] of badKeys) {
      await forge(seeker, record())
      expect.soft(mentor.book(), what).toEqual(['given sewing offered'])
      expect.soft(mentor.events().at(-1), what).toBe('unreadable*')
    }
  })

  it('has one key for the whole conversation', async () => {
    const [one, other] = [freshSigningKey(), freshSigningKey()]
    await forge(seeker, ask(one))
    await forge(seeker, ask(other, undefined, 'knitting'))
    expect(mentor.book()).toEqual(['given sewing asked'])
    await forge(seeker, give(vouchFor(mentor.key, one), one))
    await forge(seeker, give(vouchFor(mentor.key, other), other))
    expect(mentor.book().filter((each) => each.startsWith('received'))).toHaveLength(1)
    // a mentor is known by the key of their offer
    await forge(mentor, ask(other))
    await forge(mentor, give(vouchFor(seeker.key, other), other))
    expect(seeker.book()).toEqual([])
  })

  it('keeps that key, whatever is taken back, refused or given in between', async () => {
    const [one, other] = [freshSigningKey(), freshSigningKey()]
    await forge(seeker, give(vouchFor(mentor.key, one), one))
    await forge(seeker, { kind: 'take-back', topic: 'sewing' })
    await forge(seeker, give(vouchFor(mentor.key, other), other))
    await forge(seeker, ask(other))
    expect(mentor.book()).toEqual([])
    await forge(seeker, ask(one))
    mentor.vouches.remove(mentor.vouchId('sewing'))
    await forge(seeker, ask(other))
    await forge(seeker, give(vouchFor(mentor.key, other), other))
    expect(mentor.book()).toEqual([])
    await forge(seeker, give(vouchFor(mentor.key, one), one))
    expect(mentor.book()).toEqual(['received sewing given'])
  })

  const badVouches: readonly [string, () => VouchRecord][] = [
    ['for another persona', () => give(vouchFor(freshSigningKey(), mentor.key), mentor.key)],
    [
      'of another community',
      () => give(vouchFor(seeker.key, mentor.key, { community: new Uint8Array(32) }), mentor.key),
    ],
    ['that has ended', () => give(vouchFor(seeker.key, mentor.key, { now: pair.clock.now() - 400 * day }), mentor.key)],
    ['of the future', () => give(vouchFor(seeker.key, mentor.key, { now: pair.clock.now() + 70 * day }), mentor.key)],
    ['of somebody else', () => give(vouchFor(seeker.key, freshSigningKey()), mentor.key)],
    ['with a changed signature', () => give(changed(vouchFor(seeker.key, mentor.key)), mentor.key)],
    [
      'for another topic than was signed',
      () =>
        give(
          Uint8Array.from(vouchFor(seeker.key, mentor.key), (byte, at) => (at === 36 ? 0x61 : byte)),
          mentor.key,
        ),
    ],
    ['without a proof', () => give(vouchFor(seeker.key, mentor.key), freshSigningKey())],
    ['of bytes that are nothing', () => give(Uint8Array.of(1, 2, 3), mentor.key)],
  ]

  it('gives none that is forged, replayed or old', async () => {
    for (const [what, record] of badVouches) {
      await forge(mentor, record())
      expect.soft(seeker.book(), what).toEqual([])
      expect.soft(seeker.events().at(-1), what).toBe('unreadable*')
    }
    expect(seeker.events()).toHaveLength(badVouches.length)
  })

  it('replays and repeats in vain', async () => {
    const vouch = give(vouchFor(seeker.key, mentor.key), mentor.key)
    await forge(mentor, vouch)
    await forge(mentor, vouch)
    expect(seeker.book()).toEqual(['received sewing given'])
    expect(seeker.events()).toEqual(['vouch-given*'])
    await forge(mentor, { kind: 'offer', topic: 'sewing' })
    for (let time = 0; time < 3; time++) await forge(mentor, { kind: 'take-back', topic: 'knitting' })
    expect(seeker.events()).toEqual(['vouch-given*'])
    for (let time = 0; time < 3; time++) await forge(seeker, ask(seeker.key))
    expect(mentor.events()).toEqual(['vouch-asked*'])
  })

  it('fills no disk', async () => {
    for (let nth = 0; nth < 20; nth++) {
      await seeker.friend.forge({
        kind: 'record',
        of: 'vouch',
        body: encodeVouchRecord(ask(seeker.key, undefined, `topic-${nth}`)),
      })
      await mentor.friend.forge({
        kind: 'record',
        of: 'vouch',
        body: encodeVouchRecord({ kind: 'offer', topic: `topic-${nth}` }),
      })
    }
    await rounds()
    expect(mentor.book()).toHaveLength(16)
    expect(seeker.book()).toHaveLength(16)
    await no(seeker.vouches.ask(seeker.id, 'one-more'), 'wrong-state')
  })

  it('takes back nothing that is not theirs', async () => {
    await seeker.vouches.give(seeker.id, 'sewing')
    await rounds()
    await forge(mentor, { kind: 'take-back', topic: 'sewing' })
    expect(seeker.book()).toEqual(['given sewing given'])
    expect(mentor.book()).toEqual(['received sewing given'])
  })
})
