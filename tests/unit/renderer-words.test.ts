import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultCodes } from '../../core/api/codes.ts'
import { localeOf, locales, regionOf, systemLocale } from '../../renderer/locales/locale.ts'
import { languageChoices, languageName } from '../../renderer/words/languages.ts'
import { commaList } from '../../renderer/words/lists.ts'
import {
  appointment,
  clockTime,
  dayField,
  dayName,
  dayOf,
  duration,
  fullDate,
  relativeTime,
  sameDay,
  timeField,
  timeOfFields,
} from '../../renderer/words/time.ts'

/** The catalogue of a locale: translations by id. */
function catalogue(locale: string): ReadonlyMap<string, string> {
  const text = readFileSync(new URL(`../../renderer/locales/${locale}.po`, import.meta.url), 'utf8')
  expect(text).not.toMatch(/^#~|^#, fuzzy/m)
  return new Map([...text.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)].map(([, id = '', words = '']) => [id, words]))
}

/** Words of those who build it, which nobody has to know to be safe. */
const machinery =
  /\b(?:peers?|pari|DHT|relays?|nodes?|nodi|nodo|syncs?|synced|synchroni\w+|sincron\w+|keys?|chiav[ei]|libp2p|libsignal|ratchets?|prekeys?)\b/i
/** The keys under one's fingers, and what is locked as a door is. */
const notMachinery = [/\barrow keys\b/gi, /\ba chiave\b/gi]

/** What a sentence has to hold in every language: `{name}`, `<0>`, `</0>`. */
function holes(text: string): string[] {
  return (text.match(/(?<!\b(?:zero|one|two|few|many|other) )\{\w+(?:\}|, plural)|<\/?\d+>/g) ?? []).toSorted()
}

describe.each(locales)('the words of %s', (locale) => {
  const words = catalogue(locale)

  it('are there for every error', () => {
    for (const code of [...faultCodes, 'disconnected']) expect(words.get(`error.${code}`), code).toMatch(/\S{2,}.*\.$/)
  })

  it('are all translated, with the same holes', () => {
    const source = catalogue('en')
    expect([...words.keys()].toSorted()).toEqual([...source.keys()].toSorted())
    for (const [id, text] of words) {
      expect(text, id).toMatch(/\S/)
      expect(holes(text), id).toEqual(holes(source.get(id) ?? ''))
    }
  })

  it('spare people the machinery', () => {
    for (const text of words.values()) {
      let said = text.replace(/\{\w+(?=[,}])/g, '')
      for (const fine of notMachinery) said = said.replace(fine, '')
      expect(said, text).not.toMatch(machinery)
    }
  })
})

it('what begins with a capital is listed with commas alone', () => {
  expect(commaList('it', ['A voce', 'Di persona'])).toBe('A voce, Di persona')
  expect(commaList('en', ['In writing', 'By voice', 'In person'])).toBe('In writing, By voice, In person')
  expect(commaList('it', ['A voce'])).toBe('A voce')
})

it('one word is not said for two things, of which one would do harm for the other', () => {
  for (const locale of locales) {
    const words = catalogue(locale)
    for (const [one, other] of [
      ['Lock', 'Block'],
      ['Safety', 'Privacy'],
      ['Take back', 'Take it up again'],
    ] as const)
      expect(words.get(one), locale).not.toBe(words.get(other))
  }
})

describe('languages', () => {
  it('follow the device, or English', () => {
    expect(systemLocale(['de-DE', 'it-CH', 'en'])).toBe('it')
    expect(systemLocale(['tlh'])).toBe('en')
    expect(systemLocale([])).toBe('en')
    expect(localeOf('system', ['it'])).toBe('it')
    expect(localeOf('en', ['it'])).toBe('en')
    expect(regionOf('en', ['it-IT', 'en-GB'])).toBe('en-GB')
    expect(regionOf('it', ['en-GB'])).toBe('it')
    // a system without a language
    expect(regionOf('en', ['en-US@posix', 'en-NZ'])).toBe('en-NZ')
  })

  it('have names in each other', () => {
    expect(languageName('it', 'fr')).toBe('Francese')
    expect(languageName('en', 'xyz')).toBe('Xyz')
    for (const locale of locales) {
      const choices = languageChoices(locale)
      expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length)
      // a language without a name would be shown by its tag
      for (const { id, name } of choices) expect(name.toLowerCase(), id).not.toBe(id)
    }
  })
})

describe('time', () => {
  const at = (text: string): number => new Date(text).getTime()
  const now = at('2026-11-23T12:00:00')

  it.each([
    ['2026-11-23T11:59:40', 'now'],
    ['2026-11-23T11:55:00', '5 minutes ago'],
    ['2026-11-23T09:00:00', '3 hours ago'],
    ['2026-11-22T23:00:00', 'yesterday'],
    ['2026-11-20T12:00:00', '3 days ago'],
    ['2026-11-02T12:00:00', '3 weeks ago'],
    ['2026-08-23T12:00:00', '3 months ago'],
    ['2026-11-24T13:00:00', 'tomorrow'],
  ])('%s is %s', (time, words) => {
    expect(relativeTime('en', at(time), now)).toBe(words)
  })

  it('names days', () => {
    expect(dayName('en', now, now)).toBe('Today')
    expect(dayName('it', at('2026-11-22T08:00:00'), now)).toBe('Ieri')
    // whether a comma follows the day is a matter of the ICU version
    expect(dayName('en-GB', at('2026-03-03T08:00:00'), now).replace(',', '')).toBe('Tuesday 3 March')
    expect(dayName('en-GB', at('2025-03-03T08:00:00'), now).replace(',', '')).toBe('Monday 3 March 2025')
  })

  it('writes dates as the region does', () => {
    expect(fullDate('en-GB', now)).toBe('23 November 2026')
    expect(fullDate('it', now)).toBe('23 novembre 2026')
    expect(clockTime('it', at('2026-11-23T09:05:00'))).toBe('09:05')
  })

  it('knows a day by the calendar and not by hours', () => {
    expect(sameDay(at('2026-11-23T00:00:00'), at('2026-11-23T23:59:59'))).toBe(true)
    expect(sameDay(at('2026-11-22T23:59:59'), at('2026-11-23T00:00:00'))).toBe(false)
  })
})

describe('appointments', () => {
  const at = new Date(2027, 2, 1, 18, 5).getTime()

  it('go into the fields of a form and come back', () => {
    expect([dayField(at), timeField(at)]).toEqual(['2027-03-01', '18:05'])
    expect(timeOfFields(dayField(at), timeField(at))).toBe(at)
    expect(timeOfFields('', '18:05')).toBeUndefined()
    expect(timeOfFields('2027-03-01', '')).toBeUndefined()
  })

  it('say the day and the hour, and the year where it is another', () => {
    expect(appointment('en-GB', at, at)).toBe('Monday 1 March at 18:05')
    expect(appointment('it', at, at)).toMatch(/^Lunedì 1 marzo/)
    expect(appointment('it', at, at, 'short')).toMatch(/^lun 1 mar/)
    expect(appointment('en-GB', at, at, 'short')).toBe('Mon 1 Mar, 18:05')
    expect(appointment('en-GB', at, new Date(2026, 11, 31).getTime())).toContain('2027')
    expect(dayOf('en-GB', '2027-03-01')).toBe('1 March 2027')
  })

  it('last so many hours and minutes', () => {
    expect(['en', 'it'].map((locale) => duration(locale, 90))).toEqual(['1 hour, 30 minutes', '1 ora e 30 minuti'])
    expect([45, 60, 0].map((minutes) => duration('en', minutes))).toEqual(['45 minutes', '1 hour', '0 minutes'])
  })
})
