import type { AuthorView } from '../../../core/api/views.ts'
import { plain } from './search.ts'

/** Signs that look like a Latin letter, and the letter: enough for names made to be taken for another. */
const alike: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['a', 'аα@4'],
    ['b', 'ьвß8'],
    ['c', 'сϲ'],
    ['e', 'еε3'],
    ['h', 'һн'],
    ['i', 'іıιl1|!'],
    ['k', 'кκ'],
    ['m', 'мμ'],
    ['n', 'пη'],
    ['o', 'оο0'],
    ['p', 'рρ'],
    ['s', 'ѕ5$'],
    ['t', 'тτ'],
    ['u', 'υ'],
    ['v', 'ν'],
    ['x', 'хχ'],
    ['y', 'уγ'],
    ['z', '2'],
  ].flatMap(([letter = '', signs = '']) => Array.from(signs, (sign) => [sign, letter])),
)

/** What a hasty eye sees of a name. */
function skeleton(name: string): string {
  return Array.from(plain(name).replace(/[^\p{L}\p{N}@|!$]/gu, ''), (sign) => alike[sign] ?? sign).join('')
}

/** Whether two names could be taken for one another: alike to the eye, or one letter apart. */
export function isAlike(a: string, b: string): boolean {
  const [first, second] = [skeleton(a), skeleton(b)]
  if (first === second) return true
  return Math.min(first.length, second.length) >= 5 && isOneApart(first, second)
}

/** The others who could be taken for this person: a name alike, and another weave. */
export function lookalikesOf(author: AuthorView, others: readonly AuthorView[]): readonly AuthorView[] {
  const found = new Map<string, AuthorView>()
  for (const other of others) {
    const key = weaveKey(other)
    if (key !== weaveKey(author) && isAlike(author.pseudonym, other.pseudonym)) found.set(key, other)
  }
  return [...found.values()]
}

function weaveKey({ weave }: AuthorView): string {
  return `${weave.threads.join()} ${weave.motif} ${weave.cells.join('')}`
}

/** Whether one change, one letter more or one less leads from one to the other. */
function isOneApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1)
}
