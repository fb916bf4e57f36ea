import { figure, median, type Figure } from '../../harness/figures.ts'
import { interleaved } from '../interleaved.ts'
import { LongTalk } from './long-talk.ts'

/** As the page asks. */
const screen = 50
const target = 2
/** One after the other, before it is the other side's turn. */
const burst = 20

/** Opening a conversation of 100,000 messages at its end, beside the query for them in a database that holds nothing else. */
export async function historyRow(): Promise<Figure[]> {
  const talk = await LongTalk.write()
  try {
    const full = (read: number): void => {
      if (read !== screen) throw new Error('A screen that is not full')
    }
    const often = async (read: () => number): Promise<void> => {
      for (let i = 0; i < burst; i++) full(read())
    }
    const warm = await interleaved(40, 5, {
      ours: () => often(() => talk.open(screen)),
      theirs: () => often(() => talk.openBare(screen)),
    })
    const cold = { ours: [] as number[], theirs: [] as number[] }
    for (let i = 0; i < 20; i++) {
      talk.reopen()
      const from = performance.now()
      full(talk.open(screen))
      const between = performance.now()
      full(talk.openBare(screen))
      cold.ours.push(between - from)
      cold.theirs.push(performance.now() - between)
    }
    const name = 'the bare query'
    return [
      figure('opening a conversation of 100,000 messages', median(warm.ours) / burst, {
        name,
        value: median(warm.theirs) / burst,
        target,
      }),
      figure('the same, first thing after a start', median(cold.ours), { name, value: median(cold.theirs) }),
    ]
  } finally {
    talk.remove()
  }
}
