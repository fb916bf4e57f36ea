import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/base/bytes.ts'
import { mediaTypeOf } from '../../core/files/media.ts'
import { harmlessName, longestName } from '../../core/files/names.ts'

describe('a name from outside', () => {
  it.each([
    ['recipe.pdf', 'recipe.pdf'],
    ['/etc/passwd', 'passwd'],
    ['..\\..\\run.exe', 'run.exe'],
    ['..', 'file'],
    ['', 'file'],
    ['a/', 'file'],
    ['.bashrc', 'bashrc'],
    ['report\u202Egpj.exe', 'reportgpj.exe'],
    ['a\0b\u0007c.txt', 'abc.txt'],
    ['two\nlines', 'two lines'],
    ['a \u202e b', 'a b'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['COM¹.doc', '_COM¹.doc'],
    ['console.log', 'console.log'],
    ['what?<|>.txt', 'what____.txt'],
    ['stream:name', 'stream_name'],
    ['ends in dots. . .', 'ends in dots'],
    ['长名字.jpg', '长名字.jpg'],
    ['\ud800.txt', '�.txt'],
    ['z\u0300\u0301\u0302\u0303\u0304\u0305.txt', 'z\u0300\u0301\u0302.txt'],
  ])('%j is %j', (given, made) => {
    expect(harmlessName(given)).toBe(made)
  })

  it('is cut so that its ending stays', () => {
    expect(harmlessName(`${'é'.repeat(200)}.jpeg`)).toBe(`${'é'.repeat(57)}.jpeg`)
    expect(harmlessName(`${'x'.repeat(200)}.${'y'.repeat(200)}`)).toBe('x'.repeat(longestName))
  })

  it('is harmless whatever it was, and stays as it is when it is made so again', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.constantFrom('.', ' ', '/', '\\', 'CON', ':', '\u202e', '\u0301', 'a', '.exe', '💃', '\ud83d'), {
          maxLength: 80,
        })
        .map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        const name = harmlessName(given)
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect(name).not.toMatch(/^[.\s]|[.\s]$/)
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
        expect(utf8(name).length).toBeLessThanOrEqual(longestName)
        expect(name.length).toBeGreaterThan(0)
        expect(harmlessName(name)).toBe(name)
      }),
    )
  })
})

it('what a browser says a file is counts where it is on the list', () => {
  expect(mediaTypeOf('audio/webm;codecs=opus')).toBe('audio/webm')
  expect(mediaTypeOf(' Image/PNG ')).toBe('image/png')
  for (const other of ['', 'text/html', 'image/svg+xml', 'image/png,text/html'])
    expect(mediaTypeOf(other)).toBe('other')
})
