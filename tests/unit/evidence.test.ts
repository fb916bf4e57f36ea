import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { base64url, fromBase64url } from '../../core/base/bytes.ts'
import { freshId, type ConversationId, type MessageId, type PersonaId } from '../../core/base/ids.ts'
import { Acquainted } from '../support/acquainted.ts'
import { words } from '../support/member.ts'
import type { Village } from '../support/village.ts'

/* Evidence of a conversation that began with a real offer and a real introduction. */

let pair: Acquainted
let village: Village

beforeEach(async () => {
  pair = await Acquainted.start()
  village = pair.village
})

afterEach(() => village.end())

describe('evidence', () => {
  it('shows what was chosen in its order, says where something is left out, and proves the offer', () => {
    const { seeker } = village
    const first = pair.say(true, 'Here I am')
    pair.say(false, 'not chosen')
    const second = pair.say(false, 'Send it, or everybody will know.')
    const file = pair.say(false, 'picture.jpg', 'file')
    const wish = { conversationId: pair.seekers, messageIds: [file, second, first, second], note: 'It began in March.' }
    const { bundle, evidence } = seeker.safety.makeEvidence({ ...wish, personaId: village.persona.seeker })
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
    expect(village.mentor.safety.openEvidence(bundle)).toEqual({ ...evidence, exporter })
  })

  it('says where something was deleted: nobody can provoke, take it back, and show the answer alone', () => {
    const { seeker } = village
    const [first, provocation, answer] = [
      pair.say(true, 'Hello'),
      pair.say(true, 'x'),
      pair.say(false, 'Leave me alone!'),
    ]
    seeker.database.run("UPDATE messages SET kind = 'deleted', text = '' WHERE id = ?", [provocation])
    const wish = { conversationId: pair.seekers, messageIds: [first, answer], personaId: null, note: '' }
    const { evidence } = seeker.safety.makeEvidence(wish)
    expect(evidence.messages.map(({ gap }) => gap)).toEqual([false, true])
  })

  it('of a contact who introduced themselves has no offer, and says that their key is of this conversation alone', () => {
    const { mentor } = village
    const id = pair.put(mentor, pair.mentors, { mine: false, text: 'hello', kind: 'text' })
    const wish = { conversationId: pair.mentors, messageIds: [id], personaId: village.persona.mentor, note: '' }
    const { evidence } = mentor.safety.makeEvidence(wish)
    expect(evidence.offer).toBeNull()
    expect(evidence.contact).toMatchObject({ pseudonym: 'Quiet River', keyOf: 'relationship' })
  })

  it('keeps the offer as it was signed when it is renewed, and after it has gone from the boards', async () => {
    const { seeker, clock } = village
    clock.advance(6 * 86_400_000)
    await seeker.offers.refresh({ communityId: village.communityId.seeker })
    clock.advance(60 * 86_400_000)
    seeker.offers.browse({ communityId: village.communityId.seeker })
    const id = pair.say(false, 'hello')
    const wish = { conversationId: pair.seekers, messageIds: [id], personaId: village.persona.seeker, note: '' }
    expect(seeker.safety.makeEvidence(wish).evidence.offer).toMatchObject({ proven: true, title: words.title })
  })

  it('is signed by nobody where the person wishes it, and names them nowhere', () => {
    const { seeker } = village
    const id = pair.say(false, 'hello')
    const { bundle, evidence } = seeker.safety.makeEvidence({
      conversationId: pair.seekers,
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
    const id = pair.say(false, 'hello')
    const wish = { conversationId: pair.seekers, messageIds: [id], personaId: village.persona.seeker, note: '' }
    const encoded = fromBase64url(seeker.safety.makeEvidence(wish).bundle)
    const safety = village.mentor.safety
    for (let at = 0; at < encoded.length; at += 41) {
      const spoilt = new Uint8Array(encoded)
      spoilt[at] = (spoilt[at] ?? 0) ^ 1
      expect(() => safety.openEvidence(base64url(spoilt))).toThrow()
    }
  })

  it('takes nothing but words and files of its own conversation, and personas of its community', () => {
    const { seeker } = village
    const safety = seeker.safety
    const id = pair.say(false, 'hello')
    const deleted = pair.say(false, '', 'deleted')
    const elsewhere = seeker.found('Other Name')
    const wish = { conversationId: pair.seekers, messageIds: [id], personaId: village.persona.seeker, note: '' }
    const no = (change: Partial<typeof wish>, code: string) =>
      expect(() => safety.makeEvidence({ ...wish, ...change })).toThrow(expect.objectContaining({ code }))
    no({ messageIds: [] }, 'bad-input')
    no({ messageIds: [id, deleted] }, 'bad-input')
    no({ messageIds: [freshId<MessageId>()] }, 'bad-input')
    no({ messageIds: Array.from({ length: 101 }, () => freshId<MessageId>()) }, 'bad-input')
    no({ conversationId: 'f'.repeat(32) as ConversationId }, 'not-found')
    no({ personaId: 'f'.repeat(32) as PersonaId }, 'not-found')
    no({ personaId: elsewhere.personaId }, 'bad-input')
    const long = [pair.say(false, 'x'.repeat(60_000)), pair.say(false, 'x'.repeat(60_000))]
    no({ messageIds: long }, 'too-large')
  })

  it('is shown without what turns text round or hides', () => {
    const { seeker } = village
    const id = pair.say(false, 'pay \u202Enow\u202C\u200B <b>here</b>')
    const wish = { conversationId: pair.seekers, messageIds: [id], personaId: null, note: '\u202Ex' }
    const { evidence } = seeker.safety.makeEvidence(wish)
    expect(evidence.messages[0]?.text).toBe('pay now <b>here</b>')
    expect(evidence.note).toBe('x')
  })
})
