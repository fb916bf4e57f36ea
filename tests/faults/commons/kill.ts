import { setTimeout as wait } from 'node:timers/promises'
import { nothing } from '../../harness/faults.ts'
import { eventually } from '../../support/eventually.ts'
import type { Scenario } from '../boxes/stage.ts'
import { killsOf, reap } from '../conversations/reaper.ts'
import { edit, report, warn, type Articles, type Sent } from './deeds.ts'
import { look, Parish, type Parishioner } from './parish.ts'

const healMs = 180_000
const betweenWipesMs = 4_000

interface Promised {
  readonly articles: Articles
  readonly warnings: ReadonlySet<string>
  readonly reports: Sent
}

/**
 * An editor publishes, a guardian warns, a member reports to her, while all three
 * and the nodes are killed and one node loses its disk again and again. In the end
 * everybody has the newest of all that was acknowledged and nothing else, and the
 * guardian has each report once and whole.
 */
export const kill: Scenario = async ({ dice, directory, size, tell }) => {
  const parish = await Parish.build(directory)
  const { editor, guardian, town } = parish
  try {
    await parish.start()
    const over = new AbortController()
    const reported = report(town.seeker, dice.another(), size(24, 2))
    const working = Promise.all([
      edit(editor, dice.another(), over.signal),
      warn(guardian, dice.another(), over.signal),
      reported,
    ])
    // whoever fails early is heard of below
    working.catch(() => {})
    const kills = killsOf(size(200, 8))
    const wiping = wipe(parish, size(24, 1))
    const reaping = reap(parish.mortals, kills, dice.another())
    const instants = await Promise.race([reaping, working.then(() => reaping)])
    const wiped = await wiping
    await reported
    over.abort()
    const [articles, warnings, reports] = await working
    const promised = { articles, warnings, reports }
    tell(`  kill: ${articles.size} articles, ${warnings.size} warnings and ${reports.size} reports`)
    const isAll = async (): Promise<boolean> => {
      await retry(town.seeker)
      await Promise.all(parish.all.map(look))
      const tallies = await found(parish, promised)
      return tallies.lost === 0 && tallies.broken.length === 0
    }
    await eventually(isAll, { timeoutMs: healMs, everyMs: 300, what: 'all to be everywhere' }).catch(() => false)
    const tallies = await found(parish, promised)
    const damaged = await parish.close()
    return {
      ...nothing,
      ...tallies,
      crashed: parish.crashes,
      notes: { instants, 'of nodes': kills.nodes, wiped, reports: reports.size },
      broken: [...tallies.broken, ...damaged],
    }
  } finally {
    await parish.stop()
  }
}

/** Always the same node: the others have what it lost, as an operator who mends one thing at a time would have it. */
async function wipe({ town }: Parish, times: number): Promise<number> {
  for (let nth = 0; nth < times; nth++) {
    await wait(betweenWipesMs)
    await town.crowd.wipe(0)
  }
  return times
}

/** As a person who reads that nodes refused it would. */
async function retry({ app }: Parishioner): Promise<void> {
  await app.ask(async ({ safety }) => {
    for (const { id, state } of await safety.sentReports()) {
      if (state === 'failed') await safety.retryReport({ reportId: id })
    }
  })
}

/** Compares what everybody shows with what was promised. */
async function found(parish: Parish, { articles, warnings, reports }: Promised) {
  const tally = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0, broken: [] as string[] }
  const compare = (shown: readonly (readonly [string, string])[], expected: ReadonlyMap<string, string>): void => {
    tally.promised += expected.size
    for (const [name, text] of expected) {
      const texts = shown.filter(([shownName]) => shownName === name).map(([, shownText]) => shownText)
      if (texts.length === 0) tally.lost++
      else tally.found++
      if (texts.length > 1) tally.duplicated++
      if (texts.some((each) => each !== text)) tally.broken.push('something is there in another state than the newest')
    }
    if (shown.some(([name]) => !expected.has(name))) tally.broken.push('something is there that was taken off')
  }
  const living = new Map([...articles].flatMap(([title, text]) => (text === undefined ? [] : [[title, text] as const])))
  for (const reader of parish.all) {
    compare(await articlesOf(reader), living)
    const { app, communityId } = reader
    const notices = await app.ask(({ safety }) => safety.notices({ communityId }))
    compare(
      notices.map(({ words }) => [words, '']),
      new Map([...warnings].map((words) => [words, ''])),
    )
  }
  const sent = new Map([...reports].map(([note, texts]) => [note, texts.join('\n')]))
  compare(await reportsOf(parish.guardian), sent)
  return tally
}

async function articlesOf({ app, communityId }: Parishioner): Promise<(readonly [string, string])[]> {
  return app.ask(async ({ library }) => {
    const { articles } = await library.list({ communityId })
    return Promise.all(
      articles.map(async ({ articleId, language, title }) => {
        return [title, (await library.read({ communityId, articleId, language })).text] as const
      }),
    )
  })
}

async function reportsOf({ app }: Parishioner): Promise<(readonly [string, string])[]> {
  return app.ask(async ({ safety }) => {
    const received = await safety.receivedReports()
    return Promise.all(
      received.map(async ({ id }) => {
        const { note, messages } = (await safety.openReport({ reportId: id })).evidence
        return [note, messages.map(({ text }) => text).join('\n')] as const
      }),
    )
  })
}
