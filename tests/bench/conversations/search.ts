import { figure, median, type Figure } from '../../harness/figures.ts'
import { interleaved, timed } from '../interleaved.ts'
import { LongTalk, rareWord } from './long-talk.ts'

const limit = 50
const target = 2
const burst = 5

/** What a person types, and the same for FTS5: in few messages, in thousands, two words, and in none. */
const searches = [
  [rareWord, `"${rareWord}"*`],
  ['harvest', '"harvest"*'],
  ['kitchen lesson', '"kitchen" "lesson"*'],
  ['zeppelin', '"zeppelin"*'],
] as const

/** Full text in 100,000 messages, beside FTS5 in a database that holds nothing else. The mean of four searches. */
export async function searchRow(): Promise<Figure[]> {
  const talk = await LongTalk.write()
  try {
    const indexing = await timed(async () => void talk.search(rareWord, limit))
    for (const [text, query] of searches) {
      const [found, expected] = [talk.search(text, limit), talk.searchBare(query, limit)]
      if (found !== expected) throw new Error(`"${text}" was found ${found} times and not ${expected}`)
    }
    const all = (search: (words: (typeof searches)[number]) => number) => async (): Promise<void> => {
      for (let i = 0; i < burst; i++) for (const words of searches) search(words)
    }
    const taken = await interleaved(30, 5, {
      ours: all(([text]) => talk.search(text, limit)),
      theirs: all(([, query]) => talk.searchBare(query, limit)),
    })
    const each = burst * searches.length
    return [
      figure('a search in 100,000 messages', median(taken.ours) / each, {
        name: 'FTS5 alone',
        value: median(taken.theirs) / each,
        target,
      }),
      figure('the first search, which indexes 100,000 messages', indexing),
    ]
  } finally {
    talk.remove()
  }
}
