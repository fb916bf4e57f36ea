import { plain, plainWords } from './plain.ts'
import { groupOf, topics } from './taxonomy.ts'
import { everyWordFor } from './words.ts'

/** What a topic is found by. */
export interface Entry {
  readonly id: string
  readonly words: readonly string[]
  /** All names in one text, for scripts without spaces. */
  readonly text: string
}

interface Index {
  readonly entries: readonly Entry[]
  readonly fillers: ReadonlySet<string>
}

let index: Index | undefined

/** Words of so many of the groups tell none from another: "and", "de", "w". */
const manyGroups = 8

/** Read from the words of all languages once, when it is first needed. */
function read(): Index {
  if (index !== undefined) return index
  const all = topics.map(({ id, group }) => {
    const called = everyWordFor(id, group)
    return { id, words: [...new Set(called.flatMap(plainWords))], text: called.map(plain).join('\n') }
  })
  const groups = new Map<string, Set<string>>()
  for (const { id, words } of all) {
    for (const word of words) groups.set(word, (groups.get(word) ?? new Set()).add(groupOf(id) ?? ''))
  }
  const fillers = new Set([...groups].flatMap(([word, { size }]) => (size >= manyGroups ? [word] : [])))
  const entries = all.map((entry) => ({ ...entry, words: entry.words.filter((word) => !fillers.has(word)) }))
  index = { entries, fillers }
  return index
}

/** Whether a word is one of those that only join others in what topics are called. */
export function isFiller(word: string): boolean {
  return read().fillers.has(plain(word))
}

/** Without those. @param words plain */
export function fillerless(words: readonly string[]): string[] {
  const { fillers } = read()
  return words.filter((word) => !fillers.has(word))
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** From so many letters on a word stands for all that begin with it: `translat` for `translation`, `lingu` for `lingue`. */
const stem = 4

/**
 * The topics that a word is a word of, in any language: of the name, of what
 * people also say, or of the group.
 *
 * @param word as it was typed
 * @param unfinished whether more of it may follow
 */
export function topicsForWord(word: string, unfinished = false): string[] {
  const wanted = askFor(word, unfinished)
  return read().entries.flatMap((entry) => (wanted(entry) ? [entry.id] : []))
}

/** The same of one topic. */
export function matchesWord(entry: Entry, word: string, unfinished = false): boolean {
  return askFor(word, unfinished)(entry)
}

function askFor(word: string, unfinished: boolean): (entry: Entry) => boolean {
  const plainWord = plain(word)
  if (plainWord === '') return () => false
  if (unspaced.test(plainWord)) return ({ text }) => text.includes(plainWord)
  const wanted = plainWords(word)
  const met = (known: string, part: string): boolean =>
    known === part || ((unfinished || part.length >= stem) && known.startsWith(part))
  return ({ words }) => wanted.length > 0 && wanted.every((part) => words.some((known) => met(known, part)))
}
