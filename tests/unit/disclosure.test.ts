import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import { base64url, type Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import { random } from '../../core/crypto/random.ts'
import { scratch } from '../support/scratch.ts'
import { trustingPair, type Trusting, type TrustingPair } from '../support/trusting.ts'

const files = scratch()
afterAll(() => files.remove())
let nth = 0
let seeker: Trusting
let mentor: Trusting
let pair: TrustingPair

const words = { pronouns: 'she/her', age: '25-34', region: 'the north', name: 'Mara' } as const
const seen = (side: Trusting) => side.disclosures.view(side.id).theirs.words
const log = (side: Trusting) => side.disclosures.log().map(({ field, deed }) => `${field} ${deed}`)
const no = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code })

beforeEach(async () => {
  pair = await trustingPair(files, `pair-${nth++}`)
  ;({ seeker, mentor } = pair)
  seeker.disclosures.saveCard(seeker.personaId, words)
})

describe('what a person shows', () => {
  it('reaches the other field by field, and nothing else does', async () => {
    await pair.exchange()
    expect(seen(mentor)).toEqual({})
    await seeker.disclosures.show(seeker.id, ['pronouns'])
    await pair.exchange()
    expect(seen(mentor)).toEqual({ pronouns: 'she/her' })
    expect(pair.bytesOf('mentor').includes('Mara')).toBe(false)
    await seeker.disclosures.show(seeker.id, ['name', 'age'])
    await pair.exchange()
    expect(seen(mentor)).toEqual({ pronouns: 'she/her', name: 'Mara', age: '25-34' })
    expect(seeker.disclosures.view(seeker.id).mine.words).toEqual(seen(mentor))
    expect([seeker.events(), mentor.events()]).toEqual([
      ['card-shown', 'card-shown'],
      ['card-shown*', 'card-shown*'],
    ])
    expect(seen(seeker)).toEqual({})
  })

  it('is told once, and again where it has changed', async () => {
    await seeker.disclosures.show(seeker.id, ['name'])
    await seeker.disclosures.show(seeker.id, ['name'])
    pair.clock.advance(1000)
    seeker.disclosures.saveCard(seeker.personaId, { ...words, name: 'Marina' })
    expect(seeker.disclosures.view(seeker.id).changed).toEqual(['name'])
    expect(seeker.disclosures.view(seeker.id).mine.words).toEqual({ name: 'Mara' })
    await seeker.disclosures.show(seeker.id, ['name'])
    await pair.exchange()
    expect(seeker.disclosures.view(seeker.id).changed).toEqual([])
    expect(seen(mentor)).toEqual({ name: 'Marina' })
    expect(mentor.events()).toEqual(['card-shown*', 'card-shown*'])
    expect(log(seeker)).toEqual(['name changed', 'name shown'])
    expect(log(mentor)).toEqual([])
  })

  it('can be a voice', async () => {
    const bytes = random(limits.card.voice)
    const voice = { mediaType: 'audio/webm', bytes: base64url(bytes) } as const
    expect(seeker.disclosures.saveVoice(seeker.personaId, voice)).toEqual({ words, hasVoice: true })
    await seeker.disclosures.show(seeker.id, ['voice', 'region'])
    await pair.exchange()
    expect(mentor.disclosures.view(mentor.id).theirs).toMatchObject({ words: { region: 'the north' }, hasVoice: true })
    expect(mentor.disclosures.voice(mentor.id, false)).toEqual(voice)
    expect(() => mentor.disclosures.voice(mentor.id, true)).toThrow(expect.objectContaining({ code: 'not-found' }))
    seeker.disclosures.saveVoice(seeker.personaId, null)
    expect(() => seeker.disclosures.ownVoice(seeker.personaId)).toThrow(expect.objectContaining({ code: 'not-found' }))
    // what was shown stays shown until it is taken back
    expect(seeker.disclosures.voice(seeker.id, true)).toEqual(voice)
    const long = base64url(random(limits.card.voice + 1))
    expect(() => seeker.disclosures.saveVoice(seeker.personaId, { mediaType: 'audio/webm', bytes: long })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })

  it('that is not on the card is not shown', async () => {
    await no(seeker.disclosures.show(seeker.id, ['name', 'words']), 'bad-input')
    expect(seeker.events()).toEqual([])
    expect(log(seeker)).toEqual([])
  })

  it('and takes back is forgotten on both sides, in no file, and this person knows that it was shown', async () => {
    seeker.disclosures.saveCard(seeker.personaId, { ...words, words: 'Something remarkable' })
    await seeker.disclosures.show(seeker.id, ['words', 'name'])
    await pair.exchange()
    await pair.exchange()
    expect(pair.bytesOf('mentor').includes('remarkable')).toBe(true)
    await seeker.disclosures.takeBack(seeker.id, ['words', 'region'])
    await pair.exchange()
    expect(seen(mentor)).toEqual({ name: 'Mara' })
    expect(pair.bytesOf('mentor').includes('remarkable')).toBe(false)
    expect(seeker.disclosures.view(seeker.id).mine.words).toEqual({ name: 'Mara' })
    expect(log(seeker).toSorted()).toEqual(['name shown', 'words shown', 'words taken-back'])
    expect(mentor.events()).toEqual(['card-shown*', 'card-taken-back*'])
    await seeker.disclosures.takeBack(seeker.id, ['words'])
    expect(seeker.events()).toHaveLength(2)
  })

  it('goes with the conversation: ended, what was shown goes on both sides; forgotten, that it was', async () => {
    await seeker.disclosures.show(seeker.id, ['name'])
    await pair.exchange()
    await mentor.friend.actions.end(mentor.id)
    expect(seen(mentor)).toEqual({})
    await pair.exchange()
    expect(seeker.disclosures.view(seeker.id).mine.words).toEqual({})
    expect(log(seeker)).toEqual(['name shown'])
    await no(seeker.disclosures.show(seeker.id, ['age']), 'wrong-state')
    await seeker.friend.app.forget(seeker.id)
    expect(log(seeker)).toEqual([])
    expect(seeker.friend.database.all('SELECT * FROM disclosures')).toEqual([])
    expect(seeker.disclosures.card(seeker.personaId).words).toEqual(words)
  })
})

describe('a card', () => {
  it('is kept as others will see it', () => {
    const { words } = seeker.disclosures.saveCard(seeker.personaId, {
      name: 'Ma\u3164ra',
      region: '\u2800',
      words: 'a\u202Eb\n\n\n\nc',
    })
    expect(words).toEqual({ name: 'Mara', words: 'ab\n\nc' })
  })
})

describe('a contact who writes to rules of their own', () => {
  const forge = async (body: unknown): Promise<void> => {
    const bytes: Bytes = body instanceof Uint8Array ? (body as Bytes) : encodeCbor(body)
    await mentor.friend.forge({ kind: 'record', of: 'disclosure', body: bytes })
    await pair.exchange()
  }

  const bad: readonly [string, unknown][] = [
    ['bytes that are nothing', Uint8Array.of(1, 2, 3)],
    ['another version', { v: 2, s: { n: 'Mara' } }],
    ['an empty card', { v: 1, s: {} }],
    ['a name that turns the line round', { v: 1, s: { n: 'ma\u202era' } }],
    ['a name over two lines', { v: 1, s: { n: 'a\nb' } }],
    ['a name as long as a book', { v: 1, s: { n: 'x'.repeat(41) } }],
    ['words as long as a book', { v: 1, s: { w: 'x'.repeat(301) } }],
    ['a voice that is too long', { v: 1, s: { o: { t: 0, b: new Uint8Array(limits.card.voice + 1) } } }],
    ['a voice that is a page', { v: 1, s: { o: { t: 'text/html', b: new Uint8Array(9) } } }],
    ['a field that nobody knows', { v: 1, s: { q: 'x' } }],
  ]

  it('shows nothing with what cannot stand on a card', async () => {
    for (const [what, body] of bad) {
      await forge(body)
      expect.soft(seen(seeker), what).toEqual({})
      expect.soft(seeker.events().at(-1), what).toBe('unreadable*')
    }
    expect(seeker.events()).toHaveLength(bad.length)
  })

  it('is shown without what deceives', async () => {
    await forge({ v: 1, s: { n: 'Ma\u3164ra', r: '\u2800', w: `<b>x</b>\u115F${'🌞'.repeat(50)}` } })
    expect(seen(seeker)).toEqual({ name: 'Mara', words: `<b>x</b>${'🌞'.repeat(5)}` })
  })

  it('changes and takes back nothing that is not theirs', async () => {
    await seeker.disclosures.show(seeker.id, ['name'])
    await pair.exchange()
    await forge({ v: 1, b: [0, 1, 2, 3, 4, 5] })
    await forge({ v: 1, s: { n: 'Else' } })
    expect(seeker.disclosures.view(seeker.id).mine.words).toEqual({ name: 'Mara' })
    expect(seen(mentor)).toEqual({ name: 'Mara' })
    expect(log(seeker)).toEqual(['name shown'])
    expect(seeker.events()).toEqual(['card-shown', 'card-shown*'])
  })
})
