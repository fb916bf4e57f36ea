import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { concat, utf8, type Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import type { CommunityId, IntroductionId, OfferId } from '../../core/base/ids.ts'
import { shownMemoryWork, mineMemoryWork } from '../../core/crypto/memory-work.ts'
import { pad } from '../../core/crypto/pad.ts'
import { random } from '../../core/crypto/random.ts'
import { sealTo } from '../../core/crypto/seal.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import type { OpenedBox } from '../../core/boxes/client.ts'
import { encodeAnswer, encodeLetter, greetingLengths } from '../../core/introductions/content.ts'
import { introductionWork, replyAuthor, replyCapability } from '../../core/introductions/places.ts'
import { maxPending } from '../../core/introductions/receiving.ts'
import type { SeenOffer } from '../../core/offers/seen-offers.ts'
import { eventually } from '../support/eventually.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import type { Member } from '../support/member.ts'
import type { PostOffice } from '../support/post-office.ts'
import { Siege, type Forgery } from '../support/siege.ts'

const hour = 3_600_000
const workBits = 2

let siege: Siege
let clock: ManualClock
let office: PostOffice
let mentor: Member
/** Has an invite and the app's code, and no manners. */
let attacker: Member
let offer: SeenOffer
let communityId: CommunityId

const greeting = () => siege.greeting()
/** What `greeting` encodes, to be spoiled. */
const said = (wrong: Record<string, unknown>) => {
  const encoded = encodeCbor({ v: 1, n: 'Loud Crow', x: 'Hi', p: offer.personaKey, r: random(32), ...wrong })
  return pad(encoded, greetingLengths.find((length) => encoded.length < length) ?? encoded.length + 1)
}
const forge = (wrong?: Forgery) => siege.forge(wrong)
const deliver = (...boxes: OpenedBox[]) => siege.deliver(...boxes)
const pending = () => mentor.introductions.pending()
const sessions = () => mentor.database.all('SELECT * FROM ratchet_sessions').length
const looked = () => mentor.database.all('SELECT * FROM introduction_boxes WHERE work IS NULL').length

beforeEach(async () => {
  siege = await Siege.start(workBits)
  ;({ clock, office, mentor, attacker, offer, communityId } = siege)
})

afterEach(() => siege.end())

describe('an introduction that is as it should be', () => {
  it('waits, once, however often its box is seen', async () => {
    const box = await forge()
    await deliver(box, box)
    await Promise.all([deliver(box), deliver(box)])
    expect(pending()).toHaveLength(1)
    expect(sessions()).toBe(1)
  })

  it('waits once where two polls bring it at the same moment', async () => {
    const box = await forge()
    await Promise.all([deliver(box), deliver(box)])
    expect(pending()).toHaveLength(1)
  })
})

describe('an introduction that is not', () => {
  const cases: [string, () => Promise<Forgery> | Forgery][] = [
    ['has no proof of work', () => ({ work: tooLittle })],
    ['claims the identity of somebody else', () => ({ claimedKey: otherKey })],
    ['claims an identity that is no key', () => ({ claimedKey: () => new Uint8Array(33) })],
    ['is sealed to somebody else', () => ({ content: sealTo(random(100), random(32)) })],
    ['is noise', () => ({ content: random(500) })],
    ['is empty', () => ({ content: new Uint8Array(0) })],
    ['is no letter inside', () => ({ letter: utf8('hello') })],
    ['is a letter of another version', () => ({ letter: encodeCbor({ v: 2 }) })],
    ['is longer than a letter', () => ({ letter: random(8000) })],
    ['has a first message that is noise', () => ({ first: () => random(1800) })],
    ['has a first message with a changed byte', () => ({ first: changed })],
    ['has a first message for another identity', () => ({ bundle: attacker.ratchet.bundle(somebody()) })],
    ['has an empty first message', () => ({ first: () => Uint8Array.of(0) })],
    ['says nothing that can be read', () => ({ greeting: random(40) })],
    ['says it with another version', () => ({ greeting: said({ v: 2 }) })],
    ['has a pseudonym that lies', () => ({ greeting: said({ n: 'a\u202eb' }) })],
    ['has a pseudonym too long', () => ({ greeting: said({ n: 'x'.repeat(41) }) })],
    ['has no text', () => ({ greeting: said({ x: '' }) })],
    ['has too much text', () => ({ greeting: said({ x: 'x'.repeat(1001) }) })],
    ['has a short root', () => ({ greeting: said({ r: random(16) }) })],
    ['has a root of zeros', () => ({ greeting: said({ r: new Uint8Array(32) }) })],
    ['is meant for another persona', () => ({ greeting: said({ p: random(32) }) })],
    ['does not say whom it is meant for', () => ({ greeting: said({ p: new Uint8Array(0) }) })],
    ['has a field too many', () => ({ greeting: said({ q: 1 }) })],
  ]

  it.each(cases)('changes nothing and is not looked at again: it %s', async (_, make) => {
    const box = await forge(await make())
    await deliver(box)
    expect(pending()).toEqual([])
    expect(sessions()).toBe(0)
    expect(looked()).toBe(1)
    expect(mentor.database.all('SELECT * FROM ratchet_base_keys')).toEqual([])
    // and whoever is honest is not harmed by it
    await deliver(await forge())
    expect(pending()).toHaveLength(1)
  })

  it('sent again by somebody else in a box of theirs is refused: the work is for one box', async () => {
    const identity = attacker.ratchet.createIdentity('a'.repeat(32))
    const begun = await attacker.ratchet.begin(identity, offer.bundle, greeting())
    const identityKey = attacker.ratchet.identityKey(identity)
    const box = await forge()
    const digestFor = (author: Uint8Array) => introductionWork(box.place, identityKey, author)
    const work = await mineMemoryWork(digestFor(box.author), workBits)
    let author = freshSigningKey().publicKey
    // with so few bits the same nonce does for one box in four by luck
    while ((await shownMemoryWork(digestFor(author), work)) >= workBits) author = freshSigningKey().publicKey
    const content = sealTo(
      encodeLetter({ work, mark: random(32), identityKey, first: begun.value.ciphertext }),
      offer.address.sealPublic,
    )
    await deliver({ ...box, author, content })
    expect(pending()).toEqual([])
    await deliver({ ...box, content })
    expect(pending()).toHaveLength(1)
  })

  it('replayed after it was declined is refused, in the same box and in any other', async () => {
    const identity = attacker.ratchet.createIdentity('a'.repeat(32))
    const begun = await attacker.ratchet.begin(identity, offer.bundle, greeting())
    const identityKey = attacker.ratchet.identityKey(identity)
    const boxed = async (): Promise<OpenedBox> => {
      const box = await forge()
      const work = await mineMemoryWork(introductionWork(box.place, identityKey, box.author), workBits)
      const letter = encodeLetter({ work, mark: random(32), identityKey, first: begun.value.ciphertext })
      return { ...box, content: sealTo(letter, offer.address.sealPublic) }
    }
    await deliver(await boxed())
    mentor.introductions.decline(pending()[0]?.id as IntroductionId)
    await deliver(await boxed(), await boxed())
    expect(pending()).toEqual([])
    // even when nobody remembers the sender, the base key is known
    mentor.database.run('DELETE FROM introduction_senders')
    await deliver(await boxed())
    expect(pending()).toEqual([])
    expect(sessions()).toBe(0)
  })

  it('begun anew by an identity that was declined is refused for as long as its keys could live', async () => {
    const identity = attacker.ratchet.createIdentity('a'.repeat(32))
    const identityKey = attacker.ratchet.identityKey(identity)
    const again = async (): Promise<OpenedBox> => {
      const begun = await attacker.ratchet.begin(identity, offer.bundle, greeting())
      const box = await forge()
      const work = await mineMemoryWork(introductionWork(box.place, identityKey, box.author), workBits)
      const letter = encodeLetter({ work, mark: random(32), identityKey, first: begun.value.ciphertext })
      return { ...box, content: sealTo(letter, offer.address.sealPublic) }
    }
    await deliver(await again())
    expect(pending()).toHaveLength(1)
    mentor.introductions.decline(pending()[0]?.id as IntroductionId)
    await deliver(await again())
    expect(pending()).toEqual([])
    expect(sessions()).toBe(0)
  })

  it('beyond the thirty-second waits on the nodes until there is room', async () => {
    const boxes = await Promise.all(Array.from({ length: maxPending + 2 }, () => forge()))
    await deliver(...boxes)
    expect(pending()).toHaveLength(maxPending)
    expect(looked()).toBe(maxPending)
    mentor.introductions.decline(pending()[0]?.id as IntroductionId)
    await deliver(...boxes)
    expect(pending()).toHaveLength(maxPending)
    expect(looked()).toBe(maxPending + 1)
  })

  it('to an offer that was taken off is not read', async () => {
    const box = await forge()
    const watches = [...mentor.introductions.sources(communityId)()]
    mentor.offers.withdraw(mentor.offers.mine()[0]?.id as OfferId)
    for (const watch of watches) await watch.handle(box)
    expect(pending()).toEqual([])
    expect([...mentor.introductions.sources(communityId)()]).toEqual([])
  })

  it('does not leave its time in the vault: what is remembered ends with the box', async () => {
    const box = await forge({ content: random(500) })
    await deliver({ ...box, expiryHours: 0xffff_ffff })
    const row = mentor.database.get<{ expires_at: number }>('SELECT expires_at FROM introduction_boxes')
    expect(row?.expires_at).toBeLessThanOrEqual(clock.now() + 15 * 24 * hour)
  })
})

describe('an answer that is not what it should be', () => {
  it('does not become a conversation, and the true one still does', async () => {
    const joined = attacker.communities.list()[0]?.id as CommunityId
    const personaId = attacker.personas.list()[0]?.id
    if (personaId === undefined) throw new Error('no persona')
    await attacker.introductions.start()
    const { id } = await attacker.introductions.send({ personaId, offerId: offer.id, text: 'Hello' })
    await eventually(() => attacker.introductions.sent()[0]?.state === 'waiting')
    for (const watch of mentor.introductions.sources(communityId)()) {
      for (const box of await office.fetch([watch.capability])) await watch.handle(box)
    }
    expect(pending()).toMatchObject([{ from: { pseudonym: 'Loud Crow' } }])
    const { root_a: rootA } = attacker.database.get<{ root_a: Bytes }>('SELECT root_a FROM sent_introductions') ?? {}
    if (rootA === undefined) throw new Error('no root')
    const [watch] = [...attacker.introductions.sources(joined)()]
    if (watch === undefined) throw new Error('nothing is watched')
    const box: OpenedBox = {
      place: replyCapability(rootA).place,
      author: replyAuthor(rootA).publicKey,
      sequence: 1n,
      expiryHours: Math.floor(clock.now() / hour) + 24,
      content: random(100),
    }
    const row = mentor.database.get<{ identity_id: string; remote: string }>(
      'SELECT identity_id, remote FROM received_introductions',
    )
    if (row === undefined) throw new Error('nothing was received')
    const session = { identityId: row.identity_id, remote: row.remote }
    const says = async (plaintext: Bytes): Promise<Bytes> => {
      const step = await mentor.ratchet.encrypt(session, plaintext)
      step.commit()
      return step.value
    }
    await watch.handle(box)
    await watch.handle({ ...box, content: new Uint8Array(0) })
    await watch.handle({ ...box, content: await says(random(50)) })
    await watch.handle({ ...box, content: await says(encodeCbor({ v: 2, n: 'Maple', r: random(32) })) })
    await watch.handle({ ...box, content: await says(encodeCbor({ v: 1, n: 'a\u202eb', r: random(32) })) })
    await watch.handle({ ...box, content: await says(encodeCbor({ v: 1, n: 'Maple', r: random(31) })) })
    const good = await says(encodeAnswer({ pseudonym: 'Maple', rootB: random(32) }))
    await watch.handle({ ...box, author: freshSigningKey().publicKey, content: good })
    expect(attacker.introductions.sent()[0]?.state).toBe('waiting')
    await watch.handle({ ...box, content: good })
    await watch.handle({ ...box, content: good })
    expect(attacker.introductions.sent()[0]).toMatchObject({ id, state: 'accepted' })
    expect(attacker.database.all('SELECT * FROM conversations')).toHaveLength(1)
  })
})

/** A nonce that does not do: with two bits, three of four. */
async function tooLittle(good: bigint, digest: Bytes): Promise<bigint> {
  for (let nonce = good + 1n; ; nonce++) if ((await shownMemoryWork(digest, nonce)) < workBits) return nonce
}

function changed(good: Bytes): Bytes {
  const bad = concat(good)
  bad[good.length - 20] = (bad[good.length - 20] ?? 0) ^ 1
  return bad
}

function somebody(): string {
  return attacker.ratchet.createIdentity('a'.repeat(32))
}

function otherKey(): Bytes {
  return attacker.ratchet.identityKey(somebody())
}
