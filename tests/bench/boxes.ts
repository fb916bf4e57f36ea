import type { Figure } from '../harness/figures.ts'
import { boardRow } from './boxes/board.ts'
import { freshRow } from './boxes/fresh.ts'
import { loadRow } from './boxes/load.ts'
import { memoryRow } from './boxes/memory.ts'
import { readRow } from './boxes/read.ts'
import { silentRow } from './boxes/silent.ts'
import { storeRow } from './boxes/store.ts'

const rows = {
  store: storeRow,
  read: readRow,
  silent: silentRow,
  fresh: freshRow,
  board: boardRow,
  memory: memoryRow,
  load: loadRow,
} as const

export const boxRows = Object.keys(rows)

/** The record network beside what it is to be measured against. docs/BENCHMARKS.md */
export async function boxesBench(only?: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, row] of Object.entries(rows)) {
    if (only !== undefined && only !== name) continue
    const from = performance.now()
    console.error(`boxes:${name} …`)
    figures.push(...(await row()))
    console.error(`boxes:${name} took ${Math.round((performance.now() - from) / 1000)} s`)
  }
  return figures
}
