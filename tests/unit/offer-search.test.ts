import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { OfferDraft } from '../../core/api/offers.ts'
import { hex } from '../../core/base/bytes.ts'
import { freshId, type CommunityId, type OfferId } from '../../core/base/ids.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { migrate } from '../../core/database/migrations.ts'
import { schema as matchingSchema } from '../../core/matching/schema.ts'
import { topicSpace } from '../../core/topics/own.ts'
import { searchOffers } from '../../core/matching/search.ts'
import { schema as offersSchema } from '../../core/offers/schema.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import { schema as ratchetSchema } from '../../core/ratchet/schema.ts'
import type { Dice } from '../harness/dice.ts'
import { eachWithMember, type Fresh } from '../support/boards.ts'
import { putSeen } from '../support/filled-board.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import { Member, words } from '../support/member.ts'
import type { Scratch } from '../support/scratch.ts'

const hour = 3_600_000
const day = 24 * hour

let clock: ManualClock
let files: Scratch
let member: Member
let communityId: CommunityId
let dice: Dice
let put: Fresh['put']

eachWithMember((fresh) => ({ clock, files, member, communityId, dice, put } = fresh))

describe('search', () => {
  const search = (text: string, more: { kind?: OfferDraft['kind']; topic?: string; limit?: number } = {}): OfferId[] =>
    member.matching.search({ communityId, text, limit: 50, ...more }).map(({ id }) => id as OfferId)

  it('finds by title, text and author, without capitals or accents, the latest first', () => {
    const sewing = put({ topics: ['sewing'], title: 'Sewing your own clothes', text: 'Slowly, by hand.' })
    const singing = put(
      { topics: ['singing'], title: 'Perché cantare', text: 'Voce e respiro' },
      { pseudonym: 'Città Blu' },
    )
    expect(search('PERCHE')).toEqual([singing])
    expect(search('respiro')).toEqual([singing])
    expect(search('citta blu')).toEqual([singing])
    expect(search('clothes hand')).toEqual([sewing])
    expect(search('clothes respiro')).toEqual([])
    expect(search('clo')).toEqual([sewing])
    const later = put({ topics: ['sewing'], title: 'Clothes for the stage' })
    expect(search('clothes')).toEqual([later, sewing])
  })

  it('finds by what the topics are called in any language, and the words may be met in either', () => {
    const care = put({
      topics: ['self-care'],
      title: 'Piccole abitudini',
      text: 'Una sera alla settimana.',
      languages: ['it'],
    })
    put({ topics: ['taxes'], title: 'Forms', text: 'One by one.' })
    for (const text of [
      'self-care',
      'cura di sé',
      'cura di se',
      'autocuidado',
      'Selbstfürsorge',
      'забота о себе',
      'セルフケア',
      '自我照顾',
      'الرعاية الذاتية',
      'troska o siebie',
      'öz bakım',
      'self-care sera',
    ])
      expect(search(text), text).toEqual([care])
    expect(search('self-care forms')).toEqual([])
  })

  it('puts what has it in title, author or topics before what has it in its text alone', () => {
    const named = put({ topics: ['knitting'], title: 'Lamps', text: 'of paper' })
    const mentioned = put({ topics: ['knitting'], title: 'Evenings', text: 'under lamps' })
    expect(search('lamps')).toEqual([named, mentioned])
    expect(search('lamps', { limit: 1 })).toEqual([named])
  })

  it('keeps to a community, a kind and a topic', () => {
    const offer = put({ topics: ['music', 'drag'], title: 'Lanterns' })
    const request = put({ kind: 'request', topics: ['music'], title: 'Lanterns' })
    put({ title: 'Lanterns' }, { community: freshId<CommunityId>() })
    expect(search('lanterns')).toEqual([request, offer])
    expect(search('lanterns', { kind: 'offer' })).toEqual([offer])
    expect(search('lanterns', { topic: 'drag' })).toEqual([offer])
    expect(search('lanterns', { topic: 'drag', kind: 'request' })).toEqual([])
  })

  it('takes what is typed as words and never as a question to the database', () => {
    const id = put({ title: 'Or not and near', text: 'marks title' })
    for (const text of [
      'or',
      'NOT',
      'near',
      'title : marks',
      'marks:title',
      '"or',
      'or"',
      'NEAR(or not)',
      'or*',
      '-or',
      '(or',
      '^or',
      "or'; DROP TABLE seen_offers",
    ])
      expect(() => search(text), text).not.toThrow()
    expect(search('NOT and OR')).toEqual([id])
    for (const text of ['', ' ', '…', '"', '*', '()', '\u0000', '💬'])
      expect(search(text), JSON.stringify(text)).toEqual([])
    // the marks beside the words are not words
    for (const text of [`c${communityId}`, 'koffer', `x${hex(new TextEncoder().encode('career-guidance'))}`])
      expect(search(text), text).toEqual([])
    expect(search('lamp '.repeat(2000))).toEqual([])
  })

  it('follows what becomes of an offer', () => {
    const seen = new SeenOffers(member.database)
    const persona = dice.bytes(32)
    const identityKey = dice.bytes(33)
    const thisWeek = epochOf(clock.now())
    const content = (draft: Partial<OfferDraft>, pseudonym = 'Quiet Robin') => ({
      draft: { ...words, ...draft },
      pseudonym,
      personaKey: persona,
      bundle: new Uint8Array(1774),
      introduction: { writeSeed: dice.bytes(32), readPublic: dice.bytes(32), sealPublic: dice.bytes(32) },
      expiryHours: Math.ceil((clock.now() + 2 * day) / hour),
      revision: 0,
      vouches: [],
    })
    const write = (draft: Partial<OfferDraft>, epoch: number, pseudonym?: string): OfferId =>
      seen.put(communityId, content(draft, pseudonym), { identityKey, epoch, now: clock.now() })
    const id = write({ title: 'Lanterns', topics: ['music'] }, thisWeek)
    expect(write({ title: 'Kites', topics: ['drag'], kind: 'request' }, thisWeek + 1, 'Amber Fern')).toBe(id)
    expect(search('lanterns')).toEqual([])
    expect(search('robin')).toEqual([])
    expect(search('kites')).toEqual([id])
    expect(search('amber kites', { kind: 'request', topic: 'drag' })).toEqual([id])

    seen.countMissed(communityId, undefined, new Set())
    seen.countMissed(communityId, undefined, new Set())
    expect(search('kites')).toEqual([])
    write({ title: 'Kites', topics: ['drag'], kind: 'request' }, thisWeek + 1, 'Amber Fern')
    expect(search('kites')).toEqual([id])

    clock.advance(3 * day)
    expect(search('kites')).toEqual([])
    seen.purge(clock.now())
    expect(member.database.all('SELECT * FROM matched_offers')).toEqual([])
    expect(member.database.get(`SELECT count(*) AS n FROM offer_words WHERE offer_words MATCH 'kites'`)).toEqual({
      n: 0,
    })
    seen.remove(persona, identityKey)
    expect(() => member.database.exec(`INSERT INTO offer_words (offer_words) VALUES ('integrity-check')`)).not.toThrow()
  })

  it('finds what was in the vault before there was an index', () => {
    const old = files.database('old', [...ratchetSchema, ...offersSchema])
    const id = putSeen(old, {
      communityId,
      persona: dice.bytes(32),
      draft: { ...words, title: 'Kites' },
      now: clock.now(),
      dice,
    })
    migrate(old, [...ratchetSchema, ...offersSchema, ...matchingSchema])
    const context = { now: clock.now(), topics: topicSpace([]) }
    expect(searchOffers(old, { communityId, text: 'kites', limit: 5 }, context)).toEqual([id])
  })

  it('finds free tags, and what is said of boundaries, of a return and of whom to meet', () => {
    const id = put({
      tags: ['#Ukulele  Chords'],
      boundaries: 'No telephone at night.',
      inReturn: { topics: [], text: 'Marmalade' },
      meet: 'Gentle beginners',
    })
    put({ title: 'Something else' })
    for (const text of ['ukulele', 'chor', 'telephone night', 'marmalade', 'gentle beginners ukulele'])
      expect(search(text), text).toEqual([id])
  })

  it('keeps no word of what is gone', () => {
    const clear = files.database('clear', [...ratchetSchema, ...offersSchema, ...matchingSchema], 'in-clear')
    // the indexes cut off what words have in common, but not all of it
    const onDisk = (): boolean[] => {
      clear.scrub()
      const file = readFileSync(join(files.directory, 'clear.db'))
      return ['zanzibarian', 'quixotican'].map((word) => file.includes(word))
    }
    putSeen(clear, {
      communityId,
      persona: dice.bytes(32),
      draft: { ...words, title: 'A quixotican lamp', text: 'The zanzibarian one' },
      now: clock.now(),
      dice,
    })
    expect(onDisk()).toEqual([true, true])
    new SeenOffers(clear).purge(clock.now() + 60 * day)
    expect(onDisk()).toEqual([false, false])
  })
})
