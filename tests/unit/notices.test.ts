import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommunityId, IntroductionId, OfferId, ReportId } from '../../core/base/ids.ts'
import { hex } from '../../core/base/bytes.ts'
import type { Held } from '../../core/commons/documents.ts'
import { headPlace, shardsOf } from '../../core/commons/places.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { freshSigningKey, type SigningKey } from '../../core/crypto/sign.ts'
import { random } from '../../core/crypto/random.ts'
import { encodeNotices, type Notice } from '../../core/safety/notices/content.ts'
import { noticeKey } from '../../core/safety/notices/notices.ts'
import { nameGuardians } from '../support/acquainted.ts'
import { eventually } from '../support/eventually.ts'
import type { Member } from '../support/member.ts'
import { PostOffice } from '../support/post-office.ts'
import { Village } from '../support/village.ts'

/* What guardians say to everyone, over one node's rules. The mentor founded the community. */

const day = 86_400_000

let village: Village
let guardian: { readonly member: Member; readonly communityId: CommunityId }

const nameThem = (...guardians: (typeof guardian)[]) =>
  nameGuardians(
    village.mentor,
    village.communityId.mentor,
    guardians.map((each) => ({ name: 'The oak', ...each })),
  )
const spread = async () => {
  await village.mentor.commons.tend(village.communityId.mentor)
  await guardian.member.commons.tend(guardian.communityId)
  await village.mentor.commons.tend(village.communityId.mentor)
  await village.seeker.commons.refresh(village.communityId.seeker)
}
const say = (words: string, change: { readonly days?: number; readonly blocked?: OfferId[] } = {}) =>
  guardian.member.safety.publishNotice({
    communityId: guardian.communityId,
    language: 'en',
    words,
    days: change.days ?? 30,
    blocked: (change.blocked ?? []).map((offerId) => ({ offerId })),
  })
const read = () => village.seeker.safety.noticesOf(village.communityId.seeker)
const hidden = () => village.seeker.safety.notices.hidden(village.communityId.seeker)
/** Puts what was signed once to all of its places again, as a stranger would. */
async function play({ head, document }: Held): Promise<void> {
  const epoch = epochOf(village.clock.now())
  const secret = village.seeker.communities.secretAt(village.communityId.seeker, epoch)
  for (const shard of shardsOf(document.key, village.seeker.safety.notices)) {
    const box = await village.office.prepare({
      capability: headPlace(secret, 'notices', epoch, shard),
      author: freshSigningKey(),
      sequence: 999_999_999_999n,
      expiryHours: Math.floor((village.clock.now() + 7 * day) / 3_600_000),
      content: head,
    })
    await village.office.store(box)
  }
}
const own = (): SigningKey => {
  const keys = guardian.member.charters.ownGuardianKeys(guardian.communityId)
  if (keys === undefined) throw new Error('Not a guardian')
  return keys.sign
}

beforeEach(async () => {
  village = new Village()
  guardian = village.neighbour('Steady Oak')
  await village.start()
  nameThem(guardian)
  await spread()
})

afterEach(() => village.end())

describe('a notice', () => {
  it('reaches everyone, is shown until its day, and goes when it is withdrawn', async () => {
    say('Somebody asks for pictures. \u202EDo not send any.', { days: 10 })
    say('Another one', { days: 20 })
    await spread()
    expect(
      read()
        .map(({ words }) => words)
        .toSorted(),
    ).toEqual(['Another one', 'Somebody asks for pictures. Do not send any.'])
    expect(read()[0]).toMatchObject({ guardian: 'The oak', language: 'en', mine: false, blocked: [] })
    expect(guardian.member.safety.noticesOf(guardian.communityId)).toMatchObject([{ mine: true }, { mine: true }])
    expect(village.seeker.events).toContainEqual({ type: 'safety' })
    const first = read().find(({ words }) => words.startsWith('Somebody'))
    village.clock.advance(11 * day)
    expect(read().map(({ words }) => words)).toEqual(['Another one'])
    const second = read()[0]
    guardian.member.safety.notices.withdraw(guardian.communityId, second?.id ?? '')
    expect(() => guardian.member.safety.notices.withdraw(guardian.communityId, first?.id ?? '')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    await spread()
    expect(read()).toEqual([])
  })

  it('that was withdrawn does not come back, whoever stores the earlier edition again', async () => {
    say('Not any more')
    await spread()
    const [earlier] = village.seeker.commons.current(village.communityId.seeker, 'notices')
    guardian.member.safety.notices.withdraw(guardian.communityId, read()[0]?.id ?? '')
    await spread()
    expect(read()).toEqual([])
    if (earlier === undefined) throw new Error('There was no notice')
    await play(earlier)
    await village.seeker.commons.refresh(village.communityId.seeker)
    expect(read()).toEqual([])
    // nor for somebody who finds both at once
    const joiner = village.neighbour('Late Robin')
    await joiner.member.commons.refresh(joiner.communityId)
    expect(joiner.member.safety.noticesOf(joiner.communityId)).toEqual([])
    expect(joiner.member.safety.guardians()).toMatchObject([{ name: 'The oak', follows: true }])
  })

  it('is nobody’s but a guardian’s: who was removed has no say any more', async () => {
    expect(() =>
      village.seeker.safety.publishNotice({
        communityId: village.communityId.seeker,
        language: 'en',
        words: 'Believe me',
        days: 1,
        blocked: [],
      }),
    ).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    say('Believe me')
    await spread()
    expect(read()).toHaveLength(1)
    nameThem()
    await spread()
    expect(read()).toEqual([])
    expect(village.seeker.database.all("SELECT number FROM documents WHERE area = 'notices'")).toEqual([])
    expect(() => say('Still here')).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    expect(village.seeker.safety.guardians()).toEqual([])
  })

  it('that was taken back stays so when its guardian is removed and named again', async () => {
    say('Not any more')
    await spread()
    const [earlier] = village.seeker.commons.current(village.communityId.seeker, 'notices')
    guardian.member.safety.notices.withdraw(guardian.communityId, read()[0]?.id ?? '')
    await spread()
    nameThem()
    await spread()
    village.seeker = await village.seeker.restart()
    // nobody has the later one any more but the guardian, who is away
    village.office.close()
    village.office = new PostOffice(village.clock)
    nameThem(guardian)
    await village.mentor.commons.tend(village.communityId.mentor)
    if (earlier === undefined) throw new Error('There was no notice')
    await play(earlier)
    await village.seeker.commons.refresh(village.communityId.seeker)
    await village.seeker.commons.refresh(village.communityId.seeker)
    expect(village.seeker.safety.guardians()).toMatchObject([{ name: 'The oak' }])
    expect(read()).toEqual([])
    // what she says from now on counts
    await guardian.member.commons.refresh(guardian.communityId)
    say('Back again')
    await spread()
    expect(read()).toMatchObject([{ words: 'Back again' }])
  })

  it('under the key of another guardian, or from a day that has not come, is not accepted', () => {
    const { safety } = village.seeker
    const signer = own().publicKey
    const document = { key: noticeKey(signer), signer, at: village.clock.now() }
    const accepts = (change: Partial<typeof document>) =>
      safety.notices.accepts(village.communityId.seeker, { ...document, ...change } as never)
    expect(accepts({})).toBe(true)
    expect(accepts({ key: noticeKey(random(32)) })).toBe(false)
    expect(accepts({ at: village.clock.now() + 2 * day })).toBe(false)
  })

  it('is bounded: so many, so long, and something must be said', () => {
    const no = (act: () => void, code: string) => expect(act).toThrow(expect.objectContaining({ code }))
    no(() => say(''), 'bad-input')
    no(() => say('x'.repeat(1001)), 'bad-input')
    no(() => say('x', { days: 181 }), 'bad-input')
    no(() => say('x', { blocked: ['f'.repeat(32) as OfferId] }), 'not-found')
    for (let index = 0; index < 32; index++) say(`${index}`)
    no(() => say('one more'), 'wrong-state')
    const notice: Notice = {
      id: random(16),
      madeAt: 1,
      until: 2,
      language: 'en',
      words: 'ü'.repeat(1000),
      blocked: [],
    }
    const many = Array.from({ length: 32 }, () => ({ ...notice, id: random(16) }))
    no(() => void encodeNotices(many), 'too-large')
    no(() => void encodeNotices([notice, notice]), 'bad-input')
    no(() => void encodeNotices([{ ...notice, words: '\uD800' }]), 'bad-input')
    no(() => void encodeNotices([{ ...notice, until: 1 }]), 'bad-input')
  })
})

describe('a list of personas', () => {
  it('hides their offers, and introductions that come with their name, and says whose list it is', async () => {
    const offerId = await village.publish()
    await guardian.member.offers.refresh({ communityId: guardian.communityId })
    const seen = guardian.member.offers.browse({ communityId: guardian.communityId })[0]?.id as OfferId
    expect(hidden()).toEqual({ offers: [], introductions: [] })
    say('', { blocked: [seen] })
    await spread()
    expect(hidden()).toEqual({ offers: [{ id: offerId, guardians: ['The oak'] }], introductions: [] })
    expect(read()).toMatchObject([{ words: '', blocked: [{ pseudonym: 'Maple Heron' }] }])
    // the same name, with other capitals
    const copy = village.seeker.personas.create(village.communityId.seeker, 'Maple heron')
    await village.seeker.introductions.send({ personaId: copy.id, offerId, text: 'Hello' })
    await eventually(() => village.seeker.introductions.sent()[0]?.state === 'waiting')
    await village.check(village.mentor)
    const [waiting] = village.mentor.introductions.pending()
    expect(village.mentor.safety.notices.hidden(village.communityId.mentor).introductions).toEqual([
      { id: waiting?.id as IntroductionId, guardians: ['The oak'] },
    ])
  })

  it('of a guardian who is not followed hides nothing and is not shown, until they are again', async () => {
    const offerId = await village.publish()
    await guardian.member.offers.refresh({ communityId: guardian.communityId })
    say('Look out', {
      blocked: [guardian.member.offers.browse({ communityId: guardian.communityId })[0]?.id as OfferId],
    })
    await spread()
    const key = village.seeker.safety.guardians()[0]?.key ?? ''
    expect(key).toBe(hex(own().publicKey))
    village.seeker.safety.notices.setFollows(village.communityId.seeker, key, false)
    expect(village.seeker.safety.guardians()).toMatchObject([{ follows: false }])
    expect(read()).toEqual([])
    expect(hidden().offers).toEqual([])
    village.seeker.safety.notices.setFollows(village.communityId.seeker, key, true)
    expect(read()).toHaveLength(1)
    expect(hidden().offers).toMatchObject([{ id: offerId }])
    expect(() => village.seeker.safety.notices.setFollows(village.communityId.seeker, 'ab'.repeat(32), false)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })

  it('names nobody by a report that is not there', () => {
    const wish = { communityId: guardian.communityId, language: 'en', words: '', days: 1 }
    const blocked = [{ reportId: 'f'.repeat(32) as ReportId }]
    expect(() => guardian.member.safety.publishNotice({ ...wish, blocked })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })
})
