import { describe, expect, it } from 'vitest'
import { locales } from '../../renderer/locales/locale.ts'
import { adviceSources, introSources, type SourcesOf } from '../../renderer/features/safety/source-list.ts'
import { monthAndYear } from '../../renderer/words/time.ts'

const entries: (readonly [string, SourcesOf])[] = [...Object.entries(adviceSources), ...Object.entries(introSources)]
const pieces = entries.flatMap(([piece, sources]) => sources.map((source) => [piece, source] as const))

describe('what advice comes from', () => {
  it.each([
    ['the safety page', adviceSources],
    ['the five screens', introSources],
  ])('is said of every piece on %s, with one title at least that was looked up', (_, sources) => {
    const all: SourcesOf[] = Object.values(sources)
    expect(all).toHaveLength(5)
    for (const each of all) expect(each.filter((source) => 'title' in source).length).toBeGreaterThan(0)
  })

  it('has a name, a language and a title with its month, or words to look up', () => {
    const thisMonth = new Date().toISOString().slice(0, 7)
    for (const [, source] of pieces) {
      expect(source.by).toMatch(/^\S.+\S$/)
      expect(locales).toContain(source.lang)
      if ('title' in source) {
        expect(source.title).toMatch(/^\S.+\S$/)
        expect(source.checked).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
        expect(source.checked <= thisMonth).toBe(true)
      } else expect(source.words).toMatch(/^\S.+\S$/)
    }
  })

  it('has no number to call and no address that could be old', () => {
    for (const [, source] of pieces) expect(JSON.stringify(source)).not.toMatch(/https?:|www\.|\+?\d{3,}[ -]?\d{3}/)
  })

  it('has the Italian police in Italian', () => {
    const police = pieces.filter(([, { by }]) => by === 'Polizia Postale')
    expect(police.length).toBeGreaterThan(0)
    for (const [, { lang }] of police) expect(lang).toBe('it')
  })

  it('says a month in the reader’s language', () => {
    expect(monthAndYear('en-GB', '2026-11')).toBe('November 2026')
    expect(monthAndYear('it-IT', '2026-01')).toBe('gennaio 2026')
  })
})
