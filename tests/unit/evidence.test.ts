import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromBase64url, base64url } from '../../core/base/bytes.ts'
import type { ConversationId, IntroductionId, MessageId, PersonaId } from '../../core/base/ids.ts'
import { freshId } from '../../core/base/ids.ts'
import { addMessage } from '../../core/conversations/messages.ts'
import { Safety } from '../../core/safety/safety.ts'
import { eventually } from '../support/eventually.ts'
import { words, type Member } from '../support/member.ts'
import { Village } from '../support/village.ts'

/* Evidence of a conversation that began with a real offer and a real introduction. */

let village: Village
let seekers: ConversationId
let mentors: ConversationId

const conversationOf = ({ database }: Member): ConversationId =>
  database.get<{ id: ConversationId }>('SELECT id FROM conversations')?.id as ConversationId

const safetyOf = ({ database, communities, personas }: Member): Safety =>
  new Safety({ database, communities, personas, clock: village.clock })

/** Puts a message into a thread, as one that was sent or received. */
function say(
  { database }: Member,
  id: ConversationId,
  mine: boolean,
  text: string,
  kind: 'text' | 'file' | 'deleted' = 'text',
): MessageId {
  const row = database.get<{ next_position: number }>('SELECT next_position FROM conversations WHERE id = ?', [id])
  const cursor = { nextPosition: row?.next_position ?? 0 }
  const messageId = freshId<MessageId>()
  const now = village.clock.now()
  const index = cursor.nextPosition
  addMessage(database, id, cursor, { id: messageId, kind, text, mine, index, sentAt: now, writtenAt: now })
  database.run('UPDATE conversations SET next_position = ? WHERE id = ?', [cursor.nextPosition, id])
  return messageId
}

beforeEach(async () => {
  village = new Village()
  await village.start()
  const { seeker, mentor } = village
  const offerId = await village.publish()
  await seeker.introductions.send({ personaId: village.persona.seeker, offerId, text: 'Hello' })
  await eventually(() => seeker.introductions.sent()[0]?.state === 'waiting')
  await village.check(mentor)
  await mentor.introductions.accept(mentor.introductions.pending()[0]?.id as IntroductionId)
  await eventually(() => mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [village.clock.now()]))
  await village.check(seeker)
  seekers = conversationOf(seeker)
  mentors = conversationOf(mentor)
})

afterEach(() => village.end())

describe('evidence', () => {
  it('shows what was chosen in its order, says where something is left out, and proves the offer', () => {
    const { seeker } = village
    const first = say(seeker, seekers, true, 'Here I am')
    say(seeker, seekers, false, 'not chosen')
    const second = say(seeker, seekers, false, 'Send it, or everybody will know.')
    const file = say(seeker, seekers, false, 'picture.jpg', 'file')
    const wish = { conversationId: seekers, messageIds: [file, second, first, second], note: 'It began in March.' }
    const { bundle, evidence } = safetyOf(seeker).makeEvidence({ ...wish, personaId: village.persona.seeker })
    expect(evidence).toMatchObject({
      communityName: 'The Choir',
      exporter: { pseudonym: 'Quiet River', mine: true },
      contact: { pseudonym: 'Maple Heron', keyOf: 'persona' },
      offerTitle: words.title,
      offer: { proven: true, pseudonym: 'Maple Heron', title: words.title, text: words.text },
      note: 'It began in March.',
      messages: [
        { own: true, kind: 'text', text: 'Here I am', gap: false },
        { own: false, kind: 'text', text: 'Send it, or everybody will know.', gap: true },
        { own: false, kind: 'file', text: 'picture.jpg', gap: false },
      ],
    })
    // whoever gets it sees the same, but that it is not theirs
    const exporter = evidence.exporter === null ? null : { ...evidence.exporter, mine: false }
    expect(safetyOf(village.mentor).openEvidence(bundle)).toEqual({ ...evidence, exporter })
  })

  it('of a contact who introduced themselves has no offer, and says that their key is of this conversation alone', () => {
    const { mentor } = village
    const id = say(mentor, mentors, false, 'hello')
    const wish = { conversationId: mentors, messageIds: [id], personaId: village.persona.mentor, note: '' }
    const { evidence } = safetyOf(mentor).makeEvidence(wish)
    expect(evidence.offer).toBeNull()
    expect(evidence.contact).toMatchObject({ pseudonym: 'Quiet River', keyOf: 'relationship' })
  })

  it('keeps the offer as it was signed when it is renewed, and after it has gone from the boards', async () => {
    const { seeker, clock } = village
    clock.advance(6 * 86_400_000)
    await eventually(async () => {
      await seeker.offers.refresh({ communityId: village.communityId.seeker })
      return true
    })
    clock.advance(60 * 86_400_000)
    seeker.offers.browse({ communityId: village.communityId.seeker })
    const id = say(seeker, seekers, false, 'hello')
    const wish = { conversationId: seekers, messageIds: [id], personaId: village.persona.seeker, note: '' }
    expect(safetyOf(seeker).makeEvidence(wish).evidence.offer).toMatchObject({ proven: true, title: words.title })
  })

  it('is signed by nobody where the person wishes it, and names them nowhere', () => {
    const { seeker } = village
    const id = say(seeker, seekers, false, 'hello')
    const { bundle, evidence } = safetyOf(seeker).makeEvidence({
      conversationId: seekers,
      messageIds: [id],
      personaId: null,
      note: '',
    })
    expect(evidence.exporter).toBeNull()
    const encoded = Buffer.from(fromBase64url(bundle))
    const persona = seeker.personas.get(village.persona.seeker)
    expect(encoded.includes(persona.pseudonym)).toBe(false)
    expect(encoded.includes(Buffer.from(persona.key.publicKey))).toBe(false)
  })

  it('that was changed by one byte anywhere is refused', () => {
    const { seeker } = village
    const id = say(seeker, seekers, false, 'hello')
    const wish = { conversationId: seekers, messageIds: [id], personaId: village.persona.seeker, note: '' }
    const encoded = fromBase64url(safetyOf(seeker).makeEvidence(wish).bundle)
    const safety = safetyOf(village.mentor)
    for (let at = 0; at < encoded.length; at += 41) {
      const spoilt = new Uint8Array(encoded)
      spoilt[at] = (spoilt[at] ?? 0) ^ 1
      expect(() => safety.openEvidence(base64url(spoilt))).toThrow()
    }
  })

  it('takes nothing but words and files of its own conversation, and personas of its community', () => {
    const { seeker } = village
    const safety = safetyOf(seeker)
    const id = say(seeker, seekers, false, 'hello')
    const deleted = say(seeker, seekers, false, '', 'deleted')
    const elsewhere = seeker.found('Other Name')
    const wish = { conversationId: seekers, messageIds: [id], personaId: village.persona.seeker, note: '' }
    const no = (change: Partial<typeof wish>, code: string) =>
      expect(() => safety.makeEvidence({ ...wish, ...change })).toThrow(expect.objectContaining({ code }))
    no({ messageIds: [] }, 'bad-input')
    no({ messageIds: [id, deleted] }, 'bad-input')
    no({ messageIds: [freshId<MessageId>()] }, 'bad-input')
    no({ messageIds: Array.from({ length: 101 }, () => freshId<MessageId>()) }, 'bad-input')
    no({ conversationId: 'f'.repeat(32) as ConversationId }, 'not-found')
    no({ personaId: 'f'.repeat(32) as PersonaId }, 'not-found')
    no({ personaId: elsewhere.personaId }, 'bad-input')
    const long = [say(seeker, seekers, false, 'x'.repeat(60_000)), say(seeker, seekers, false, 'x'.repeat(60_000))]
    no({ messageIds: long }, 'too-large')
  })

  it('is shown without what turns text round or hides', () => {
    const { seeker } = village
    const id = say(seeker, seekers, false, 'pay \u202Enow\u202C\u200B <b>here</b>')
    const wish = { conversationId: seekers, messageIds: [id], personaId: null, note: '\u202Ex' }
    const { evidence } = safetyOf(seeker).makeEvidence(wish)
    expect(evidence.messages[0]?.text).toBe('pay now <b>here</b>')
    expect(evidence.note).toBe('x')
  })
})
