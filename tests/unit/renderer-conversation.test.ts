import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import { hostOf, piecesOf } from '../../renderer/features/conversation/links.ts'
import { fromBase64url, toBase64url } from '../../renderer/features/files/base64url.ts'
import { excerptOf } from '../../renderer/features/people/excerpt.ts'
import { listName, sizeName } from '../../renderer/words/amounts.ts'

const linksIn = (text: string): string[] =>
  piecesOf(text)
    .filter(({ isLink }) => isLink)
    .map(({ text }) => text)

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
