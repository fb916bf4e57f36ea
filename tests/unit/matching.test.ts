import { describe, expect, it } from 'vitest'
import { freshId, type CommunityId, type OfferId, type PersonaId } from '../../core/base/ids.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import type { Dice } from '../harness/dice.ts'
import { eachWithMember, type Fresh } from '../support/boards.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import { Member, words } from '../support/member.ts'

const hour = 3_600_000
const day = 24 * hour

let clock: ManualClock
let member: Member
let communityId: CommunityId
let personaId: PersonaId
let dice: Dice
let put: Fresh['put']

eachWithMember((fresh) => ({ clock, member, communityId, personaId, dice, put } = fresh))

describe('suggestions', () => {
  const suggest = (wish?: Parameters<Member['matching']['suggest']>[0]['wish']) =>
    member.matching.suggest({ communityId, wish, limit: 20 })
  const learn = {
    kind: 'request' as const,
    topics: ['music'],
    languages: ['it'],
    level: 'any' as const,
    formats: ['text' as const],
    tags: [],
    availability: [],
  }

  it('answer a wish, the nearest first, and say why', () => {
    const beside = put({ topics: ['singing'], languages: ['it'] })
    const near = put({ topics: ['theatre'], languages: ['it'] })
    const same = put({ topics: ['music', 'dance'], languages: ['it', 'en'] })
    put({ topics: ['music'], languages: ['en'] })
    put({ topics: ['taxes'], languages: ['it'] })
    put({ kind: 'request', topics: ['music'], languages: ['it'] })
    const found = suggest(learn)
    expect(found.map(({ offer }) => offer.id)).toEqual([same, beside, near])
    expect(found[0]?.reasons).toEqual([
      { kind: 'topic', topic: 'music' },
      { kind: 'language', languages: ['it'] },
      { kind: 'format', formats: ['text'] },
      { kind: 'new' },
    ])
    expect(found[1]?.reasons[0]).toEqual({ kind: 'near-topic', topic: 'singing', wished: 'music' })
  })

  it('answer what this person wrote, in both directions, where no wish is given', () => {
    const teacher = put({ topics: ['music'] })
    const learner = put({ kind: 'request', topics: ['sewing'] })
    expect(suggest()).toEqual([])
    member.offers.publish({ personaId, draft: { ...words, kind: 'request', topics: ['music'] } })
    expect(suggest().map(({ offer }) => offer.id)).toEqual([teacher])
    const own = member.offers.publish({ personaId, draft: { ...words, topics: ['sewing'] } })
    expect(new Set(suggest().map(({ offer }) => offer.id))).toEqual(new Set([teacher, learner]))
    member.offers.withdraw(own.id as OfferId)
    expect(suggest().map(({ offer }) => offer.id)).toEqual([teacher])
  })

  it('put those first who could get something in return', () => {
    const persona = dice.bytes(32)
    for (let others = 0; others < 5; others++) put({ topics: ['music'], languages: ['it'] })
    const swap = put({ topics: ['music'], languages: ['it'] }, { persona })
    put({ kind: 'request', topics: ['sewing'], languages: ['it'] }, { persona })
    member.offers.publish({ personaId, draft: { ...words, topics: ['sewing'], languages: ['it'] } })
    const [first] = suggest(learn)
    expect(first?.offer.id).toBe(swap)
    expect(first?.reasons[0]).toEqual({ kind: 'swap', topic: 'sewing' })
  })

  it('see no swap in which one persona would give and another take', () => {
    const persona = dice.bytes(32)
    put({ topics: ['music'] }, { persona })
    put({ kind: 'request', topics: ['sewing'] }, { persona })
    const other = member.personas.create(communityId, 'Amber Fern')
    member.offers.publish({ personaId, draft: { ...words, topics: ['sewing'] } })
    member.offers.publish({ personaId: other.id, draft: { ...words, kind: 'request', topics: ['music'] } })
    const kinds = suggest().flatMap(({ reasons }) => reasons.map(({ kind }) => kind))
    expect(kinds).toContain('topic')
    expect(kinds).not.toContain('swap')
    expect(member.matching.rings({ communityId, limit: 5 })).toEqual([])
  })

  it('leave out one’s own, what was answered, what is past and other communities', () => {
    const key = member.personas.get(personaId).key.publicKey
    put({ topics: ['music'], languages: ['it'] }, { persona: key })
    put({ topics: ['music'], languages: ['it'] }, { community: freshId<CommunityId>() })
    const answered = put({ topics: ['music'], languages: ['it'] })
    new SeenOffers(member.database).setIntroduced(answered, true)
    const open = put({ topics: ['music'], languages: ['it'] })
    expect(suggest(learn).map(({ offer }) => offer.id)).toEqual([open])
    clock.advance(30 * day)
    expect(suggest(learn)).toEqual([])
  })
})

describe('rings', () => {
  it('are proposed as pairs and as rings of three, with what each gives', () => {
    const [second, third, pair] = [dice.bytes(32), dice.bytes(32), dice.bytes(32)]
    const mine = member.offers.publish({ personaId, draft: { ...words, topics: ['sewing'] } })
    const wish = member.offers.publish({ personaId, draft: { ...words, kind: 'request', topics: ['music'] } })
    const wantsSewing = put({ kind: 'request', topics: ['sewing'] }, { persona: second, pseudonym: 'Second' })
    const givesTaxes = put({ topics: ['taxes'] }, { persona: second, pseudonym: 'Second' })
    const wantsTaxes = put({ kind: 'request', topics: ['taxes'] }, { persona: third, pseudonym: 'Third' })
    const givesMusic = put({ topics: ['music'] }, { persona: third, pseudonym: 'Third' })
    const rings = () => member.matching.rings({ communityId, limit: 5 })
    const three = {
      personaId,
      steps: [
        {
          mine: true,
          giver: { pseudonym: 'Maple Heron' },
          offerId: mine.id,
          requestId: wantsSewing,
          topic: 'sewing',
          wished: 'sewing',
        },
        {
          mine: false,
          giver: { pseudonym: 'Second' },
          offerId: givesTaxes,
          requestId: wantsTaxes,
          topic: 'taxes',
          wished: 'taxes',
        },
        {
          mine: false,
          giver: { pseudonym: 'Third' },
          offerId: givesMusic,
          requestId: wish.id,
          topic: 'music',
          wished: 'music',
        },
      ],
    }
    expect(rings()).toMatchObject([three])
    const knits = put({ kind: 'request', topics: ['knitting'] }, { persona: pair, pseudonym: 'Pair' })
    const sings = put({ topics: ['singing'] }, { persona: pair, pseudonym: 'Pair' })
    expect(rings()).toMatchObject([
      {
        steps: [
          { mine: true, offerId: mine.id, requestId: knits, topic: 'sewing', wished: 'knitting' },
          {
            mine: false,
            giver: { pseudonym: 'Pair' },
            offerId: sings,
            requestId: wish.id,
            topic: 'singing',
            wished: 'music',
          },
        ],
      },
      three,
    ])
  })

  it('need something to give and something to take', () => {
    put({ topics: ['music'] })
    expect(member.matching.rings({ communityId, limit: 5 })).toEqual([])
    member.offers.publish({ personaId, draft: { ...words, kind: 'request', topics: ['music'] } })
    expect(member.matching.rings({ communityId, limit: 5 })).toEqual([])
  })
})
