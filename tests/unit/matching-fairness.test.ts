import { describe, expect, it } from 'vitest'
import type { OfferDraft } from '../../core/api/offers.ts'
import type { CommunityId, OfferId, PersonaId } from '../../core/base/ids.ts'
import { createConversation } from '../../core/conversations/create.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import type { Dice } from '../harness/dice.ts'
import { nameGuardians } from '../support/acquainted.ts'
import { eachWithMember, type Fresh } from '../support/boards.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import { words, type Member } from '../support/member.ts'

/* Who is seen, where there is room for few: what the page asks for. */

const day = 86_400_000
const asked = { suggestions: 5, rings: 3 }

let clock: ManualClock
let member: Member
let communityId: CommunityId
let personaId: PersonaId
let dice: Dice
let put: Fresh['put']

eachWithMember((fresh) => {
  ;({ clock, member, communityId, personaId, dice } = fresh)
  put = (...said) => {
    const id = fresh.put(...said)
    // as if its author put it on the boards again, week by week
    member.database.run('UPDATE seen_offers SET expires_at = ? WHERE id = ?', [clock.now() + 90 * day, id])
    return id
  }
})

const suggest = () => member.matching.suggest({ communityId, limit: asked.suggestions })
const suggested = () => suggest().map(({ offer }) => offer.id as OfferId)
const rings = () => member.matching.rings({ communityId, limit: asked.rings })
/** Who stands with this person in each ring, by the offers that they give from. */
const ringed = () => rings().map(({ steps }) => steps.slice(1).map(({ offerId }) => offerId as OfferId))

const music = { topics: ['music'], languages: ['en'] }
/** Whoever has this has everything that speaks for an offer. */
const everything: Partial<OfferDraft> = {
  ...music,
  level: 'beginner',
  tags: ['ukulele', 'campfire'],
  availability: [1],
}
const wantMusic = () =>
  member.offers.publish({ personaId, draft: { ...words, ...everything, kind: 'request', formats: ['text'] } })

/** Somebody who gives music and takes sewing. */
function partner(persona = dice.bytes(32)): OfferId {
  put({ kind: 'request', topics: ['sewing'] }, { persona })
  return put({ topics: ['music'] }, { persona })
}

function wantRings(): void {
  member.offers.publish({ personaId, draft: { ...words, topics: ['sewing'] } })
  member.offers.publish({ personaId, draft: { ...words, kind: 'request', topics: ['music'] } })
}

describe('somebody who is new', () => {
  it.each([1, 3, 7])('is shown on one of as many days as there are of them: %i, under thirty better ones', (count) => {
    for (let other = 0; other < 30; other++) put(everything)
    wantMusic()
    clock.advance(8 * day)
    const fresh = Array.from({ length: count }, () => put(music))
    const seen = new Set<string>()
    for (let today = 0; today < count; today++) {
      const shown = suggested()
      expect(shown).toHaveLength(asked.suggestions)
      // the other four places go to who fits best
      expect(shown.slice(0, -1).filter((id) => fresh.includes(id))).toEqual([])
      for (const id of shown) if (fresh.includes(id)) seen.add(id)
      expect(suggest().at(-1)?.reasons[0]).toEqual({ kind: 'newcomer' })
      clock.advance(day)
    }
    expect(seen).toEqual(new Set(fresh))
  })

  it('has a place for a week, and only where their topic fits as well as that of others who are new', () => {
    for (let other = 0; other < 6; other++) put(everything)
    wantMusic()
    clock.advance(8 * day)
    const beside = put({ ...everything, topics: ['singing'], tags: [] })
    expect(suggested().at(-1)).toBe(beside)
    const same = put(music)
    for (let today = 0; today < 7; today++) {
      expect(suggested().at(-1)).toBe(same)
      clock.advance(day)
    }
    expect(suggested()).not.toContain(same)
    expect(suggested()).not.toContain(beside)
    expect(suggest().flatMap(({ reasons }) => reasons.map(({ kind }) => kind))).not.toContain('newcomer')
  })

  it('is not who was read here before, with something else', () => {
    const persona = dice.bytes(32)
    put({ topics: ['taxes'] }, { persona })
    for (let other = 0; other < 6; other++) put(everything)
    wantMusic()
    clock.advance(8 * day)
    put(music, { persona })
    expect(suggest().flatMap(({ reasons }) => reasons.map(({ kind }) => kind))).not.toContain('newcomer')
  })

  it('takes no place from others where one of five is asked for four', () => {
    for (let other = 0; other < 6; other++) put(everything)
    wantMusic()
    clock.advance(8 * day)
    const fresh = put(music)
    const few = member.matching.suggest({ communityId, limit: 4 })
    expect(few.map(({ offer }) => offer.id)).not.toContain(fresh)
    const all = member.matching.suggest({ communityId, limit: 50 })
    expect(all.map(({ offer }) => offer.id).indexOf(fresh)).toBe(4)
    expect(all).toHaveLength(7)
  })
})

describe('among equals', () => {
  it('another one stands first in suggestions from day to day, and the same all day', () => {
    for (let other = 0; other < 12; other++) put(music)
    wantMusic()
    clock.advance(8 * day)
    const first = new Set<string | undefined>()
    for (let today = 0; today < 10; today++) {
      const morning = suggested()
      clock.advance(day / 4)
      expect(suggested()).toEqual(morning)
      first.add(morning[0])
      clock.advance((3 * day) / 4)
    }
    expect(first.size).toBeGreaterThan(3)
  })

  it('others stand in rings from day to day, and the same all day', () => {
    for (let other = 0; other < 12; other++) partner()
    wantRings()
    const first = new Set<string | undefined>()
    for (let today = 0; today < 10; today++) {
      const morning = ringed()
      expect(morning).toHaveLength(asked.rings)
      clock.advance(day / 4)
      expect(ringed()).toEqual(morning)
      first.add(morning[0]?.[0])
      clock.advance((3 * day) / 4)
    }
    expect(first.size).toBeGreaterThan(3)
  })
})

describe('whom a followed list hides', () => {
  const list = (...blocked: OfferId[]): void => {
    nameGuardians(member, communityId, [{ name: 'The oak', member, communityId }])
    const named = blocked.map((offerId) => ({ offerId }))
    member.safety.publishNotice({ communityId, language: 'en', words: 'They ask for money.', days: 30, blocked: named })
  }
  const hiddenIds = () => new Set<string>(member.safety.notices.hidden(communityId).offers.map(({ id }) => id))

  it('takes no place among suggestions, and stands after all others', () => {
    const listed = Array.from({ length: 5 }, () => put(everything))
    wantMusic()
    clock.advance(8 * day)
    const other = put(music)
    expect(suggested()).toHaveLength(5)
    list(...listed)
    const now = suggested()
    expect(now[0]).toBe(other)
    expect(new Set(now.slice(1))).toEqual(new Set(listed))
    expect(new Set(now.slice(1))).toEqual(hiddenIds())
    // nor the place that is kept for somebody new
    const fresh = Array.from({ length: 6 }, () => put(everything))
    list(...listed, ...fresh)
    expect(suggested()[0]).toBe(other)
  })

  it('takes no place in rings, and those with them stand after all others', () => {
    const listed = Array.from({ length: 5 }, () => partner())
    const [other, first, second] = [partner(), dice.bytes(32), dice.bytes(32)]
    wantRings()
    put({ kind: 'request', topics: ['sewing'] }, { persona: first })
    const passed = put({ topics: ['taxes'] }, { persona: first })
    put({ kind: 'request', topics: ['taxes'] }, { persona: second })
    const back = put({ topics: ['music'] }, { persona: second })
    expect(rings()).toHaveLength(asked.rings)
    list(...listed)
    const now = ringed()
    expect(now.slice(0, 2)).toEqual([[other], [passed, back]])
    expect(now).toHaveLength(2 + asked.rings)
    for (const others of now.slice(2)) expect(others.some((id) => listed.includes(id))).toBe(true)
    list(...listed, back)
    expect(ringed().slice(0, 1)).toEqual([[other]])
    expect(
      ringed()
        .slice(1)
        .every((others) => others.some((id) => hiddenIds().has(id))),
    ).toBe(true)
    for (const { key } of member.safety.guardians()) member.safety.notices.setFollows(communityId, key, false)
    expect(ringed()).toHaveLength(asked.rings)
  })
})

describe('whom this person knows', () => {
  it('is in the last of the rings, where they introduced themselves', () => {
    const known = [partner(), partner(), partner()]
    for (const id of known) new SeenOffers(member.database).setIntroduced(id, true)
    wantRings()
    expect(new Set(ringed().flat())).toEqual(new Set(known))
    const [first, second, other] = [dice.bytes(32), dice.bytes(32), partner()]
    put({ kind: 'request', topics: ['sewing'] }, { persona: first })
    const passed = put({ topics: ['taxes'] }, { persona: first })
    put({ kind: 'request', topics: ['taxes'] }, { persona: second })
    const back = put({ topics: ['music'] }, { persona: second })
    expect(ringed().slice(0, 2)).toEqual([[other], [passed, back]])
    expect(known).toContain(ringed()[2]?.[0])
  })

  it('is not suggested and in no ring, once they are blocked', () => {
    const persona = dice.bytes(32)
    const theirs = partner(persona)
    const others = put(music)
    wantRings()
    const conversation = createConversation(member.database, {
      personaId,
      communityId,
      role: 'seeker',
      session: { identityId: 'one', remote: 'ab'.repeat(32) },
      root: dice.bytes(64),
      contact: { pseudonym: 'Grey Wren', key: persona },
      offerTitle: 'Chords',
      createdAt: clock.now(),
    })
    expect(suggested()).toContain(theirs)
    expect(ringed()).toEqual([[theirs]])
    const block = (blocked: boolean): void =>
      void member.database.run('UPDATE conversations SET blocked = ? WHERE id = ?', [blocked ? 1 : 0, conversation])
    block(true)
    expect(suggested()).toEqual([others])
    expect(rings()).toEqual([])
    block(false)
    expect(ringed()).toEqual([[theirs]])
  })
})
