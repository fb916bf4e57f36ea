import { plain, plainWords } from './plain.ts'
import { topics } from './taxonomy.ts'
import { everyWordFor } from './words.ts'

interface Entry {
  readonly id: string
  readonly words: readonly string[]
  /** All names in one text, for scripts without spaces. */
  readonly text: string
}

let index: readonly Entry[] | undefined

/** Read from the words of all languages once, when it is first needed. */
function entries(): readonly Entry[] {
  index ??= topics.map(({ id, group }) => {
    const called = everyWordFor(id, group)
    return { id, words: [...new Set(called.flatMap(plainWords))], text: called.map(plain).join('\n') }
  })
  return index
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
  const plainWord = plain(word)
  if (plainWord === '') return []
  if (unspaced.test(plainWord)) return entries().flatMap(({ id, text }) => (text.includes(plainWord) ? [id] : []))
  const wanted = plainWords(word)
  return entries().flatMap(({ id, words }) =>
    wanted.length > 0 &&
    wanted.every((part) =>
      words.some((known) => known === part || ((unfinished || part.length >= stem) && known.startsWith(part))),
    )
      ? [id]
      : [],
  )
}
