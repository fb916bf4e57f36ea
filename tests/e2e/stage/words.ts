import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { wordLists } from '../../../core/personas/pseudonyms.ts'
import { topicWords } from '../../../core/topics/words.ts'
import { Catalogue, readCatalogue, tidy } from '../../support/catalogue.ts'

const locales = join(import.meta.dirname, '..', '..', '..', 'renderer', 'locales')
const [english, italian] = [readCatalogue(join(locales, 'en.po')), readCatalogue(join(locales, 'it.po'))]
/** Where the two are the same word there is nothing to tell. */
const differing = [...english].filter(([id, text]) => (text || id) !== (italian.get(id) || text || id))
const foreign = new Catalogue([...differing.map(([id, text]) => text || id), ...foreignTopics()])
const known = new Catalogue([...[...italian].map(([id, text]) => text || english.get(id) || id), ...topicNames('it')])

function topicNames(language: 'en' | 'it'): string[] {
  const { topics, groups } = topicWords(language)
  return [...topics.values(), ...groups.values()].map(({ name }) => name)
}

function foreignTopics(): string[] {
  const own = new Set(topicNames('it'))
  return topicNames('en').filter((name) => !own.has(name))
}

/** Pseudonyms are proposed from core's own words, and the widgets bring a word of theirs. */
const pseudonyms = wordLists('it')
const lists = [...pseudonyms.first, ...pseudonyms.second, 'ignora']

/** What the browser itself writes in Italian: dates, times and names of languages. */
const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
const languages = new Intl.DisplayNames('it', { type: 'language', fallback: 'none' })
const months = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('it', { month: 'long' }).format(new Date(2026, month, 1)),
)
const days = (['long', 'short'] as const).flatMap((weekday) =>
  Array.from({ length: 7 }, (_, day) => new Intl.DateTimeFormat('it', { weekday }).format(new Date(2026, 0, day + 1))),
)
const counted = [
  'fa',
  'ora',
  'ore',
  'minuto',
  'minuti',
  'secondi',
  'oggi',
  'ieri',
  'alle',
  'tra',
  'byte',
  'kb',
  'mb',
  'giorno',
  'giorni',
]
const notInCatalogues = new Set([
  ...lists,
  ...months,
  ...days,
  ...counted,
  ...letters.flatMap((first) => letters.flatMap((second) => languages.of(first + second)?.split(' ') ?? [])),
])

interface Text {
  /** From the text itself outwards to what it is a part of. */
  readonly around: readonly string[]
}

/**
 * Everything on an Italian screen that is English, or that no catalogue knows.
 *
 * @param said what people wrote themselves: it is in their own language
 */
export async function notItalian(page: Page, said: readonly string[]): Promise<string[]> {
  const people = new Set(said.flatMap((text) => [text, ...text.split('\n')]).map(tidy))
  const isFine = (text: string): boolean =>
    people.has(tidy(text)) || isNamed(text) || (known.has(text) && !foreign.has(text))
  const found = new Set<string>()
  for (const { around } of await textsOf(page)) {
    const [text = ''] = around
    if (around.some(isFine) || partsOf(text).every(isFine)) continue
    found.add(`${foreign.has(text) ? 'English' : 'in no catalogue'}: ${text}`)
  }
  return [...found]
}

/** The entries of a list that the page joined. */
function partsOf(text: string): string[] {
  return text.split(/, | e |·|:/).filter((part) => part.trim() !== '')
}

function isNamed(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{M}’']+/gu) ?? []
  return words.every((word) => notInCatalogues.has(word))
}

/** All texts in sight or read aloud, names and placeholders too. */
async function textsOf(page: Page): Promise<Text[]> {
  return page.evaluate(() => {
    const texts: { around: string[] }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? ''
      const parent = node.parentElement
      if (!/\p{L}/u.test(text) || parent === null || parent.closest('script, style, template') !== null) continue
      // names of organisations and of what they wrote
      if (parent.closest('[translate=no]') !== null) continue
      const around = [text]
      let within: HTMLElement | null = parent
      for (let depth = 0; depth < 3 && within !== null; depth++, within = within.parentElement)
        around.push(within.textContent ?? '')
      texts.push({ around })
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of [
        'aria-label',
        'aria-description',
        'aria-roledescription',
        'aria-valuetext',
        'placeholder',
        'title',
        'alt',
      ]) {
        const text = element.getAttribute(name) ?? ''
        if (/\p{L}/u.test(text)) texts.push({ around: [text] })
      }
    }
    return texts
  })
}
