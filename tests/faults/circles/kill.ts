import { setTimeout as wait } from 'node:timers/promises'
import { nothing, type Outcome } from '../../harness/faults.ts'
import type { Dice } from '../../harness/dice.ts'
import { eventually } from '../../support/eventually.ts'
import type { Scenario } from '../boxes/stage.ts'
import { killsOf, reap } from '../conversations/reaper.ts'
import { Evening } from './evening.ts'
import { markOf, type Guest } from './guest.ts'
import { playScript } from './script.ts'
import { compare, dueOf, hasResources, pageOf, type Page } from './verdict.ts'

const healMs = 240_000
const longestPauseMs = 2_000

/**
 * kill -9 at random instants of the host, all members and all nodes, while all
 * write, one is away for a third of it, one comes in late and one is removed.
 */
export const kill: Scenario = async ({ dice, directory, size, tell }) => {
  const evening = await Evening.build(directory, ['Ada', 'Bea', 'Cleo', 'Dora'])
  const [ada, bea, cleo, dora] = evening.contacts as [Guest, Guest, Guest, Guest]
  const { host } = evening
  const { nodes } = evening.crowd
  /** Of each, in each third. */
  const deaths = size(20, 1)
  const reaping = (guests: readonly Guest[], thrower: Dice): Promise<number> => {
    const members = deaths * guests.length
    return reap({ residents: guests.map(({ app }) => app), nodes }, { members, nodes: killsOf(members).nodes }, thrower)
  }
  let instants = 0
  /** Some write, and are killed, while something else goes on: all of it ends when all has happened. */
  const act = async (mortals: readonly Guest[], writers: readonly Guest[], body: () => Promise<void>) => {
    const over = new AbortController()
    const writing = Promise.all(writers.map((each) => playScript(each, dice.another(), over.signal)))
    try {
      const [struck] = await Promise.all([
        Promise.race([reaping(mortals, dice.another()), writing.then(() => new Promise<never>(() => {}))]),
        body(),
      ])
      instants += struck
    } finally {
      over.abort()
    }
    await writing
  }
  try {
    await evening.start()
    // the circle comes together under fire
    await act(evening.everybody, [], () => evening.invite([ada, bea, cleo]))
    const together = async (): Promise<boolean> => {
      const seen = await Promise.all([host, ada, bea, cleo].map((each) => each.present()))
      return seen.every((names) => names.length === 4)
    }
    await eventually(together, { timeoutMs: healMs, everyMs: 300, what: 'all to know each other' })

    await act([host, ada, bea, cleo], [host, ada, bea, cleo], () => wait(dice.fraction() * longestPauseMs))
    await ada.app.stop()
    let ofBea: string[] = []
    await act([host, bea, cleo, dora], [host, bea, cleo], async () => {
      await evening.invite([dora])
      await wait(dice.fraction() * longestPauseMs)
      // what the host has of hers is with everybody in the end, or on its way to them
      ofBea = (await host.shown()).filter(({ author }) => author.name === bea.name).map(markOf)
      await evening.remove(bea)
    })
    await ada.app.start()
    await act(evening.everybody, [host, ada, cleo, dora], () => wait(dice.fraction() * longestPauseMs))
    tell(`  kill: ${evening.said} messages were written meanwhile`)
    return await judge(evening, { removed: bea, ofRemoved: ofBea, instants })
  } finally {
    await evening.stop()
  }
}

async function judge(
  evening: Evening,
  {
    removed,
    ofRemoved,
    instants,
  }: { readonly removed: Guest; readonly ofRemoved: readonly string[]; readonly instants: number },
): Promise<Outcome> {
  const present = evening.everybody.filter((each) => each !== removed)
  const before = new Set(ofRemoved)
  /** Whether what the host had of the one who was removed is with a reader who was there when it was said. */
  const hasLast = (gone: Page, { guest, shown }: Page): boolean => {
    const here = new Set(shown.map(markOf))
    return dueOf(gone).due.every(({ said, message }) => {
      const isDue = before.has(markOf(message)) && said.heardBy.has(guest.name)
      return !isDue || here.has(markOf(message))
    })
  }
  const isSame = (page: Page): boolean =>
    page.circle?.members.filter((each) => each.present).length === present.length && page.circle.awaited === 0
  const isHealed = async (): Promise<boolean> => {
    await Promise.all(evening.everybody.map((each) => each.check()))
    if ((await removed.circle())?.state !== 'removed') return false
    const pages = await Promise.all(present.map((each) => pageOf(each)))
    const gone = await pageOf(removed)
    return pages.every(
      (reader) =>
        isSame(reader) &&
        hasLast(gone, reader) &&
        reader.shown.every(({ mine, delivery }) => !mine || delivery?.state !== 'queued') &&
        pages.every(
          (author) => author === reader || (compare(author, reader).lost === 0 && hasResources(author, reader)),
        ),
    )
  }
  const healed = await eventually(isHealed, { timeoutMs: healMs, everyMs: 300, what: 'all to have all' }).catch(
    () => false,
  )
  const broken: string[] = healed ? [] : ['not everybody had everything in time']
  const sum = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0 }
  const pages = await Promise.all(present.map((each) => pageOf(each)))
  const gone = await pageOf(removed)
  for (const reader of pages) {
    if (!isSame(reader)) broken.push('members differ about who is there, or wait for what does not come')
    if (!hasLast(gone, reader)) broken.push('what a removed member had said before is missing')
    for (const author of pages) {
      if (author === reader) continue
      const { sent, lost, duplicated, reordered, changed } = compare(author, reader)
      sum.promised += sent
      sum.found += sent - lost
      sum.lost += lost
      sum.duplicated += duplicated
      sum.reordered += reordered
      if (changed) broken.push('a reader shows something else than its author')
      if (!hasResources(author, reader)) broken.push('lists of resources differ')
    }
    const { duplicated, reordered } = compare(gone, reader)
    sum.duplicated += duplicated
    sum.reordered += reordered
  }
  const kept = pages.flatMap((author) => dueOf(author).due).filter(({ said }) => !said.heardBy.has(removed.name))
  const known = new Set(gone.shown.map(markOf))
  if (kept.some(({ message }) => known.has(markOf(message))))
    broken.push('a removed member reads what was said afterwards')
  for (const page of [...pages, gone]) {
    if (!dueOf(page).isWhole) broken.push('an author does not show what they said')
    if (page.shown.some(({ kind }) => kind === 'gap' || kind === 'unreadable'))
      broken.push('something is missing or could not be read')
  }
  await evening.stop()
  broken.push(...(await evening.damages()))
  const notes = { instants, said: evening.said, 'after the removal': kept.length }
  return { ...nothing, ...sum, crashed: evening.crashes, notes, broken }
}
