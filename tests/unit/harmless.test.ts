import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmlessLine, harmlessText } from '../../core/base/harmless.ts'
import { hasLookAlikeLetters } from '../../core/personas/look-alike.ts'

const isSeen = /[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\s]/u

describe('what others wrote, as it is shown', () => {
  it.each([
    ['a\u202Etxt.exe', 'atxt.exe'],
    ['\u2066a\u2069b\u200Fc\u061Cd\u200E', 'abcd'],
    ['in\u200Bvis\u2060ible\uFEFF \u00ADword\u{E0041}', 'invisible word'],
    ['\u3164\u115F\uFFA0\u2800', ''],
    ['a\u0000b\u0007c\u001B[31m\uE000', 'abc[31m'],
    ['one\r\ntwo\u2028three\n\n\n\n\n\nfour', 'one\ntwo\nthree\n\nfour'],
    ['Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo', 'Z\u0300\u0301\u0302\u0303algo'],
    ['cafe\u0301', 'café'],
    ['a\uD800b', 'ab'],
  ])('%j becomes %j', (text, shown) => {
    expect(harmlessText(text)).toBe(shown.normalize('NFC'))
  })

  it('leaves alone what means something', () => {
    for (const text of [
      'می\u200Cخواهم',
      'क\u094D\u200Dष',
      '👩🏽\u200D❤️\u200D👩🏿 🏳️\u200D🌈 🇮🇹',
      'x < y && <b>not markup</b>',
      'https://example.org/?a=b#c',
      'Łódź, İstanbul, Việt Nam, 日本語、العربية، ไทย',
      'a\n\n- one\n- two\tthree',
    ])
      expect(harmlessText(text), text).toBe(text.normalize('NFC'))
  })

  it('shows five of a flood of emoji', () => {
    expect(harmlessText(`hi ${'🔥'.repeat(500)} there`)).toBe('hi 🔥🔥🔥🔥🔥 there')
    expect(harmlessText('👩\u200D👩\u200D👧 '.repeat(200))).toBe(
      Array.from({ length: 5 }, () => '👩\u200D👩\u200D👧').join(' '),
    )
    expect(harmlessText('🇮🇹'.repeat(60))).toBe('🇮🇹'.repeat(5))
    expect(harmlessText('🎸🎹🥁🎻🎺')).toBe('🎸🎹🥁🎻🎺')
    // as joined to one as they may be: no font has a picture for that, and shows each
    expect(harmlessText('🔥\u200D'.repeat(400))).toBe('🔥\u200D🔥\u200D🔥\u200D🔥')
    const kiss = '🧑🏽\u200D❤\uFE0F\u200D💋\u200D🧑🏻'
    expect(harmlessText(kiss)).toBe(kiss)
  })

  it('keeps a line a line', () => {
    expect(harmlessLine(' a\n\tb \u2029 c ')).toBe('a b c')
  })

  it('is never changed by a second look, and holds nothing that is not seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const shown = harmlessText(text)
        expect(harmlessText(shown)).toBe(shown)
        expect(shown.length).toBeLessThanOrEqual(text.normalize('NFC').length * 3)
        expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F\uFEFF\p{Co}\p{Cs}]/u)
        if (shown !== '') expect(shown).toMatch(isSeen)
      }),
      { numRuns: 2000 },
    )
  })

  it('takes no longer for text that is made to be slow', () => {
    for (const part of ['🔥 ', '👩\u200D', '\n ', '\u0301', '🇮', '\u200D', ' \u200C🔥']) {
      const from = performance.now()
      harmlessText(part.repeat(1200 / part.length))
      expect(performance.now() - from, JSON.stringify(part)).toBeLessThan(200)
    }
    // as long as anything that is said may be: joined emoji took four seconds
    for (const part of ['🔥 ', '🔥\u200D', '\n ', 'e\u0301', '🇮', '\u200D', ' \u200C🔥', '🔥          ']) {
      const from = performance.now()
      harmlessText(part.repeat(65_536 / part.length))
      expect(performance.now() - from, JSON.stringify(part)).toBeLessThan(500)
    }
  })
})

describe('look-alike letters', () => {
  it.each(['Quiet Неrоn', 'Marа', 'Αlpha', '𝐌𝐚𝐩𝐥𝐞', 'Ｍａｐｌｅ', 'Ⓜaple', 'Ꭺnna', 'Мaria Rossi'])(
    '%s has some',
    (name) => {
      expect(hasLookAlikeLetters(name)).toBe(true)
    },
  )

  it.each([
    'Quiet Heron',
    'Мария',
    'Città Blu',
    'Łódź 7',
    '山田 Taro ハル',
    '김 Minsu',
    'سلمى',
    'Αλέξης',
    "D'Arc-en-ciel",
    '🌿',
  ])('%s has none', (name) => {
    expect(hasLookAlikeLetters(name)).toBe(false)
  })
})
