import type { Figure } from '../harness/figures.ts'
import { filesRow } from './conversations/files.ts'
import { historyRow } from './conversations/history.ts'
import { liveRow } from './conversations/live.ts'
import { pipelinedRow } from './conversations/pipelined.ts'
import { searchRow } from './conversations/search.ts'
import { wireRow } from './conversations/wire.ts'
import { told } from './told.ts'

const rows: Readonly<Record<string, () => Promise<Figure[]>>> = {
  live: liveRow,
  pipelined: pipelinedRow,
  wire: wireRow,
  files: filesRow,
  history: historyRow,
  search: searchRow,
}

export const conversationRows: readonly string[] = Object.keys(rows)

/** Conversations beside the sum of what they are made of. docs/BENCHMARKS.md */
export async function conversationsBench(only?: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, row] of Object.entries(rows)) {
    if (only === undefined || only === name) figures.push(...(await told(`conversations:${name}`, row)))
  }
  return figures
}
