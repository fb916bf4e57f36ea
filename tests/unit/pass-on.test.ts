import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OfferDraft } from '../../core/api/offers.ts'
import { freshId, type ConversationId, type IntroductionId, type OfferDraftId } from '../../core/base/ids.ts'
import type { Conversations } from '../../core/conversations/conversations.ts'
import { Vouches } from '../../core/vouches/vouches.ts'
import { eventually } from '../support/eventually.ts'
import { words, type Member } from '../support/member.ts'
import { Village } from '../support/village.ts'

let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})

afterEach(() => village.end())

/** Of one member, whose conversations need no app for this. */
function vouchesOf({ database, communities, personas, offers }: Member): Vouches {
  return new Vouches({
    database,
    communities,
    personas,
    conversations: () => ({}) as Conversations,
    clock: village.clock,
    emit: () => {},
    drafts: () => offers.drafts,
    republish: () => {},
  })
}

async function meet(draft: OfferDraft): Promise<{ mentor: ConversationId; seeker: ConversationId }> {
  const offerId = await village.publish(draft)
  await village.seeker.introductions.send({ personaId: village.persona.seeker, offerId, text: 'A secret wish' })
  await eventually(() => village.seeker.introductions.sent()[0]?.state === 'waiting')
  await village.check(village.mentor)
  const mentor = await village.mentor.introductions.accept(
    village.mentor.introductions.pending()[0]?.id as IntroductionId,
  )
  await eventually(() =>
    village.mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [village.clock.now()]),
  )
  await village.check(village.seeker)
  const row = village.seeker.database.get<{ id: ConversationId }>('SELECT id FROM conversations')
  return { mentor, seeker: row?.id as ConversationId }
}

describe('what a conversation began with', () => {
  it('is known on both sides, and who came to learn', async () => {
    const { mentor, seeker } = await meet(words)
    const began = { kind: 'offer', topics: words.topics, languages: words.languages }
    expect(vouchesOf(village.seeker).beginning(seeker)).toEqual({ ...began, learns: true })
    expect(vouchesOf(village.mentor).beginning(mentor)).toEqual({ ...began, learns: false })
  })

  it('of a request is the other way round', async () => {
    const { mentor, seeker } = await meet({ ...words, kind: 'request' })
    expect(vouchesOf(village.seeker).beginning(seeker)).toMatchObject({ kind: 'request', learns: false })
    expect(vouchesOf(village.mentor).beginning(mentor)).toMatchObject({ kind: 'request', learns: true })
  })

  it('is passed on as a draft of topics and languages, and of nothing that was said', async () => {
    const { seeker } = await meet(words)
    const draftId = freshId<OfferDraftId>()
    const begun = vouchesOf(village.seeker).passOn(seeker, draftId)
    expect(village.seeker.offers.drafts.list()).toEqual([begun])
    expect(begun).toMatchObject({ id: draftId, personaId: village.persona.seeker, offerId: null })
    expect(begun.draft).toMatchObject({ kind: 'offer', topics: words.topics, languages: words.languages, title: '' })
    for (const word of [words.title, words.text, 'secret wish', 'Maple Heron', 'Quiet River']) {
      expect(JSON.stringify(begun)).not.toContain(word)
    }
  })

  it('that is not known any more is passed on with nothing filled in', async () => {
    const { seeker } = await meet(words)
    village.seeker.database.run('DELETE FROM seen_offers')
    expect(vouchesOf(village.seeker).beginning(seeker)).toBeNull()
    expect(vouchesOf(village.seeker).passOn(seeker, freshId<OfferDraftId>()).draft).toMatchObject({
      kind: 'offer',
      topics: [],
    })
  })
})
