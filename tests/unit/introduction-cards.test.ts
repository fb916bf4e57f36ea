import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WordField } from '../../core/api/card.ts'
import type { ConversationId, IntroductionId, OfferId } from '../../core/base/ids.ts'
import { Shown } from '../../core/disclosure/shown.ts'
import { Cards } from '../../core/personas/cards.ts'
import { eventually } from '../support/eventually.ts'
import type { Member } from '../support/member.ts'
import { Village } from '../support/village.ts'

const card = { pronouns: 'they/them', region: 'the north', words: 'I learn slowly, and well.' } as const

const lengths = [
  ['short', 'Hello'],
  ['long', 'あ'.repeat(1000)],
] as const

let village: Village
let offerId: OfferId

beforeEach(async () => {
  village = new Village()
  await village.start()
  offerId = await village.publish()
  new Cards(village.seeker.database).setWords(village.persona.seeker, card)
})

afterEach(() => village.end())

async function send(show?: readonly WordField[], text = 'I would like to learn.'): Promise<IntroductionId> {
  const wish = { personaId: village.persona.seeker, offerId, text, show }
  const { id } = await village.seeker.introductions.send(wish)
  await eventually(() => sent()?.state === 'waiting')
  await village.check(village.mentor)
  return id as IntroductionId
}

const sent = () => village.seeker.introductions.sent()[0]
const pending = () => village.mentor.introductions.pending()[0]
const log = () => village.seeker.introductions.shownWith().map(({ field, deed }) => `${field} ${deed}`)
const conversation = (who: Member) =>
  who.database.get<{ id: ConversationId }>('SELECT id FROM conversations')?.id as ConversationId
const firstLength = () =>
  village.seeker.database.get<{ length: number }>('SELECT length(first) AS length FROM sent_introductions')?.length

describe('an introduction with a card', () => {
  it('shows what was chosen, and nothing else, and the conversation has it from then on', async () => {
    const id = await send(['pronouns', 'words', 'name'])
    const { region: _, ...chosen } = card
    expect(pending()?.card).toEqual(chosen)
    expect(sent()?.card).toEqual(chosen)
    expect(log().toSorted()).toEqual(['pronouns shown', 'words shown'])
    // what is written on the card later changes nothing that was shown
    new Cards(village.seeker.database).setWords(village.persona.seeker, {})
    expect(sent()?.card).toEqual(chosen)
    const accepted = await village.mentor.introductions.accept(pending()?.id as IntroductionId)
    expect(new Shown(village.mentor.database).of(accepted, false).card).toEqual(chosen)
    await eventually(() =>
      village.mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [village.clock.now()]),
    )
    await village.check(village.seeker)
    const shown = new Shown(village.seeker.database)
    expect(village.seeker.introductions.sent().find((each) => each.id === id)).toMatchObject({
      state: 'accepted',
      card: {},
    })
    expect(shown.of(conversation(village.seeker), true).card).toEqual(chosen)
    expect(shown.log().map(({ field, deed }) => `${field} ${deed}`)).toEqual(['words shown', 'pronouns shown'])
    expect(log()).toEqual([])
  })

  it('shows nothing where nothing was chosen', async () => {
    await send()
    expect(pending()?.card).toEqual({})
    expect(log()).toEqual([])
  })

  it.each(lengths)('has the same length on the wire as one without, with a %s text', async (_, text) => {
    const fields: WordField[] = ['pronouns', 'region', 'words']
    const id = await send([], text)
    const without = firstLength()
    village.seeker.introductions.cancel(id)
    await eventually(() => firstLength() === null)
    village.seeker.database.run('DELETE FROM sent_introductions')
    await send(fields, text)
    expect(firstLength()).toBe(without)
  })

  it('leaves nothing of it where it is declined', async () => {
    await send(['words'])
    village.mentor.introductions.decline(pending()?.id as IntroductionId)
    expect(village.mentor.database.all('SELECT card FROM received_introductions')).toEqual([])
  })
})
