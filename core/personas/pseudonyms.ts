import { random } from '../crypto/random.ts'
import * as english from './words-en.ts'
import * as italian from './words-it.ts'

/** Both lists of a language have exactly so many words: a random byte less one bit is then fair. */
export const wordsInList = 128
const most = 64

const lists = {
  en: { first: split(english.first), second: split(english.second) },
  it: { first: split(italian.first), second: split(italian.second) },
} as const

/** The words that pseudonyms are made of. */
export function wordLists(language: 'en' | 'it'): { first: readonly string[]; second: readonly string[] } {
  return lists[language]
}

/**
 * Pseudonyms to choose from, all different: two words such as `Quiet Loom`,
 * drawn at random. They say nothing of the person but the language chosen.
 *
 * @param count at most 64
 */
export function proposePseudonyms(language: 'en' | 'it', count: number): string[] {
  const { first, second } = lists[language]
  const proposed = new Set<string>()
  while (proposed.size < Math.min(count, most)) proposed.add(`${draw(first)} ${draw(second)}`)
  return [...proposed]
}

function draw(words: readonly string[]): string {
  const [byte = 0] = random(1)
  const word = words[byte % wordsInList] ?? ''
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function split(text: string): string[] {
  return text.trim().split(/\s+/)
}
