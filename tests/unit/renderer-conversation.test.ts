import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import type { MessageView } from '../../core/api/views.ts'
import { folded } from '../../renderer/features/conversation/folds.ts'
import { hostOf, piecesOf } from '../../renderer/features/conversation/links.ts'
import { fromBase64url, toBase64url } from '../../renderer/features/files/base64url.ts'
import { excerptOf } from '../../renderer/features/people/excerpt.ts'
import { listName, sizeName } from '../../renderer/words/amounts.ts'

const linksIn = (text: string): string[] =>
  piecesOf(text)
    .filter(({ isLink }) => isLink)
    .map(({ text }) => text)

describe('what was changed beside the messages', () => {
  type Kind = MessageView['kind']
  const [noon, day] = [new Date(2026, 2, 3, 12).getTime(), 86_400_000]
  const thread = (...kinds: Kind[]) => kinds.map((kind, i) => ({ id: String(i), kind, sentAt: noon + i }))
  /** `4+e t`: four folded events, one that stands there, a text. */
  const seen = (...kinds: Kind[]): string =>
    folded(thread(...kinds))
      .map((entry) => (entry.kind === 'fold' ? `${entry.events.length}+` : entry.message.kind.charAt(0)))
      .join('')

  it('is folded where there is much of it in a row, all but the last', () => {
    expect(seen()).toBe('')
    expect(seen('event', 'event')).toBe('ee')
    expect(seen('event', 'event', 'event')).toBe('2+e')
    expect(seen('text', 'event', 'event', 'event', 'event', 'text', 'event')).toBe('t3+ete')
  })

  it('is not folded with a timer or what secured the conversation anew, which always stand there', () => {
    expect(seen('event', 'event', 'timer', 'event', 'event')).toBe('eetee')
    expect(seen('event', 'event', 'event', 'session-reset')).toBe('2+es')
  })

  it('is folded for each day on its own', () => {
    const later = thread('event', 'event', 'event', 'event').map((event, i) => ({ ...event, sentAt: noon + i * day }))
    expect(folded(later)).toHaveLength(4)
  })

  it('keeps its fold while more comes, which then has one more in it', () => {
    const [before] = folded(thread('event', 'event', 'event'))
    const [after] = folded(thread('event', 'event', 'event', 'event'))
    expect([before, after]).toMatchObject([
      { kind: 'fold', id: '0', events: [{ id: '0' }, { id: '1' }] },
      { kind: 'fold', id: '0', events: [{ id: '0' }, { id: '1' }, { id: '2' }] },
    ])
  })

  it('is lost nowhere: every message is there once, in its order, and no other is folded', () => {
    const kinds = fc.array(fc.constantFrom<Kind>('event', 'event', 'text', 'timer', 'session-reset', 'file'))
    fc.assert(
      fc.property(kinds, (kinds) => {
        const entries = folded(thread(...kinds))
        const all = entries.flatMap((entry) => (entry.kind === 'fold' ? entry.events : [entry.message]))
        expect(all).toEqual(thread(...kinds))
        for (const entry of entries) {
          if (entry.kind === 'message') continue
          expect(entry.events.length).toBeGreaterThan(1)
          expect(entry.events.every(({ kind }) => kind === 'event')).toBe(true)
        }
      }),
    )
  })
})

describe('links', () => {
  it.each([
    ['See https://example.org/a?b=c.', ['https://example.org/a?b=c']],
    ['(https://example.org/a)', ['https://example.org/a']],
    [
      'https://example.org/wiki/Heron_(bird), or www.example.org!',
      ['https://example.org/wiki/Heron_(bird)', 'www.example.org'],
    ],
    ['HTTP://EXAMPLE.ORG and ftp://example.org', ['HTTP://EXAMPLE.ORG', 'ftp://example.org']],
    ['nothing at example.org or at a@example.org', []],
    ['a://', []],
    ['«https://example.org»', ['https://example.org']],
  ])('%s', (text, links) => {
    expect(linksIn(text)).toEqual(links)
  })

  it('are cut out of a text that stays whole', () => {
    const bit = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('https://', 'www.', '.', ')', '(', ' ', 'a'))
    fc.assert(
      fc.property(fc.array(bit), (bits) => {
        const text = bits.join('')
        expect(
          piecesOf(text)
            .map(({ text }) => text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  it('are found in the longest text in no time', () => {
    for (const text of ['https://', 'https://a)', 'www.', 'a://b.', 'abcdefgh'].map((bit) =>
      bit.repeat(limits.messageBytes / bit.length),
    )) {
      const begun = performance.now()
      piecesOf(text)
      expect(performance.now() - begun, text.slice(0, 12)).toBeLessThan(500)
    }
  })

  it('say where they truly lead', () => {
    expect(hostOf('https://bank.example@evil.example/bank.example')).toBe('evil.example')
    expect(hostOf('https://ехample.org')).toMatch(/^xn--/)
    expect(hostOf('www.example.org/a')).toBe('www.example.org')
    expect(hostOf('https://')).toBeUndefined()
  })
})

describe('an excerpt', () => {
  it('shows the first of the words that is in it', () => {
    const { before, hit, after } = excerptOf('We met at the lake. The Héron was there.', 'heron')
    expect([before, hit, after]).toEqual(['We met at the lake. The ', 'Héron', ' was there.'])
  })

  it('begins with a whole word in the middle of a long text', () => {
    const { before, hit } = excerptOf(`${'one two three '.repeat(50)}heron`, 'heron')
    expect(before).toMatch(/^…(?:one|two|three) /)
    expect(before.length).toBeLessThan(80)
    expect(hit).toBe('heron')
  })

  it('is a part of the text, whatever is searched for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ unit: 'grapheme' }), (text, query) => {
        const { before, hit, after } = excerptOf(text, query)
        const line = text.replace(/\s+/gu, ' ').trim()
        expect(line).toContain(before.replace(/^…/u, '') + hit)
        expect((before + hit + after).isWellFormed() || !text.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('bytes between page and core', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        const text = toBase64url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect([...fromBase64url(text)]).toEqual([...bytes])
      }),
      { numRuns: 20 },
    )
  })
})

describe('words', () => {
  it('name sizes and lists as the locale does', () => {
    expect([1, 999, 1000, 1_500_000, limits.file.bytes].map((size) => sizeName('en', size))).toEqual([
      '1 byte',
      '999 byte',
      '1 kB',
      '1.5 MB',
      '104.9 MB',
    ])
    expect(sizeName('it', 2_500_000)).toBe('2,5 MB')
    expect(listName('it', ['uno', 'due', 'tre'])).toBe('uno, due e tre')
  })
})
