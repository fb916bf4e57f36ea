import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OfferDraft, OfferView } from '../../core/api/offers.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { boxAuthor, offerPlace, type Board } from '../../core/offers/boards.ts'
import { encodeOffer } from '../../core/offers/content.ts'
import { makeBox } from '../support/boxes.ts'
import { words } from '../support/member.ts'
import { sampleOffer } from '../support/offer-samples.ts'
import { Village } from '../support/village.ts'

/* What a member may sign and put on the boards, and what others then see of it. */

let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})

afterEach(() => village.end())

/** Lays a well-signed offer on the board of everything, past the app that would not write it. */
async function lay(
  draft: Partial<OfferDraft>,
  {
    pseudonym = 'Maple Heron',
    on = {},
    signedFor = {},
  }: { pseudonym?: string; on?: Partial<Board>; signedFor?: { epoch?: number; other?: boolean } } = {},
): Promise<void> {
  const { clock, communityId, mentor, office } = village
  const epoch = epochOf(clock.now())
  const board = { kind: 'offer' as const, topic: 'all', epoch, ...on }
  const [offerSecret, persona] = [random(32), freshSigningKey()]
  const author = boxAuthor(offerSecret, board, 0)
  const sample = sampleOffer(mentor.ratchet, { ...words, ...draft })
  const expiryHours = nowHours(clock) + 24
  const binding = {
    author: signedFor.other === true ? random(32) : author.publicKey,
    epoch: signedFor.epoch ?? epoch,
  }
  const content = encodeOffer({ ...sample, pseudonym, personaKey: persona.publicKey, expiryHours }, binding, persona)
  const capability = offerPlace(mentor.communities.secretAt(communityId.mentor, epoch), offerSecret, board, 0)
  await office.store(makeBox({ capability, author, sequence: 1n, expiryHours, content }))
}

async function seen(): Promise<OfferView[]> {
  const communityId = village.communityId.seeker
  await village.seeker.offers.refresh({ communityId })
  return village.seeker.offers.browse({ communityId })
}

describe('an offer with', () => {
  it('characters that turn text round or are not seen is shown without them', async () => {
    await lay(
      { text: 'gpj\u202Egnirt.exe \u2067now\u2069 in\u200Bvisible\u{E0041}', title: 'A\u3164 lamp' },
      { pseudonym: 'Ma\u115Fple' },
    )
    const [offer] = await seen()
    expect(offer).toMatchObject({ text: 'gpjgnirt.exe now invisible', title: 'A lamp', author: { pseudonym: 'Maple' } })
  })

  it('nothing that can be seen is not shown at all', async () => {
    await lay({ text: '\u200B\u2060' })
    await lay({ title: '\u3164' })
    await lay({}, { pseudonym: '\u3164\u3164' })
    expect(await seen()).toEqual([])
    await lay({ title: 'Good' })
    expect((await seen()).map(({ title }) => title)).toEqual(['Good'])
  })

  it('letters of another script in its author’s name is shown as such', async () => {
    await lay({ title: 'one' }, { pseudonym: 'Maple Неron' })
    await lay({ title: 'two' }, { pseudonym: 'Maple Heron' })
    const hints = new Map((await seen()).map(({ title, author }) => [title, author.lookalike]))
    expect(hints).toEqual(
      new Map([
        ['one', true],
        ['two', undefined],
      ]),
    )
  })

  it('links and markup keeps them as letters', async () => {
    const text = '<img src=x onerror=alert(1)> [here](javascript:alert(1)) https://example.org/?q=<b>'
    await lay({ text, title: '<h1>Lamp</h1>' })
    expect(await seen()).toMatchObject([{ text, title: '<h1>Lamp</h1>' }])
    expect(
      village.seeker.matching.search({ communityId: village.communityId.seeker, text: '<h1>', limit: 5 }),
    ).toHaveLength(1)
  })

  it('a flood of emoji or of marks shows a few', async () => {
    await lay({ text: `Hi ${'🔥'.repeat(400)}`, title: `Lamp${'\u0301'.repeat(60)}` })
    expect(await seen()).toMatchObject([{ text: 'Hi 🔥🔥🔥🔥🔥', title: `Lamp${'\u0301'.repeat(4)}`.normalize('NFC') }])
  })

  it('a topic that does not exist is shown and found by its words, and suggested to nobody', async () => {
    await lay({ topics: ['no-such-topic'], title: 'Something new' })
    const communityId = village.communityId.seeker
    expect(await seen()).toMatchObject([{ topics: ['no-such-topic'] }])
    expect(village.seeker.matching.search({ communityId, text: 'something', limit: 5 })).toHaveLength(1)
    const wish = { ...words, kind: 'request' as const }
    expect(village.seeker.matching.suggest({ communityId, wish, limit: 5 })).toEqual([])
    for (const said of [{ topics: ['no-such-topic'] }, { inReturn: { topics: ['no-such-topic'], text: '' } }])
      expect(() =>
        village.mentor.offers.publish({ personaId: village.persona.mentor, draft: { ...words, ...said } }),
      ).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })

  it('characters that deceive in any of its words is shown without them', async () => {
    const trick = 'o\u202Ene\u200B'
    await lay({
      boundaries: trick,
      meet: `${trick} ${'🔥'.repeat(40)}`,
      inReturn: { topics: ['no-such-topic'], text: `${trick}\r\n\n\n\ntwo` },
      tags: ['#Cura  di Sé', 'ＵＫＵＬＥＬＥ', 'a\u3164b', 'cura di sé', '\u3164'],
    })
    expect(await seen()).toMatchObject([
      {
        boundaries: 'one',
        meet: 'one 🔥🔥🔥🔥🔥',
        inReturn: { topics: ['no-such-topic'], text: 'one\n\ntwo' },
        tags: ['cura di sé', 'ukulele', 'ab'],
      },
    ])
  })

  it('the signature of another week, of another author or of another board is refused', async () => {
    await lay({}, { signedFor: { epoch: epochOf(village.clock.now()) - 1 } })
    await lay({}, { signedFor: { other: true } })
    await lay({ kind: 'request' })
    await lay({ topics: ['music'] }, { on: { topic: 'sewing' } })
    expect(await seen()).toEqual([])
    expect(await village.seeker.offers.refresh({ communityId: village.communityId.seeker, topic: 'sewing' })).toEqual({
      found: 0,
    })
  })
})

describe('what is pasted into an offer of one’s own', () => {
  it('leaves its unseen characters behind', () => {
    const publish = (text: string) =>
      village.mentor.offers.publish({ personaId: village.persona.mentor, draft: { ...words, text } })
    expect(publish('one\u200B\u202E two\r\nthree').text).toBe('one two\nthree')
    expect(() => publish('\u200B\u2060')).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })
})

describe('a pseudonym', () => {
  it('that nobody could see is refused', () => {
    expect(() => village.mentor.personas.create(village.communityId.mentor, '\u3164\u3164')).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })
})
