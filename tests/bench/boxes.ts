import type { Figure } from '../harness/figures.ts'
import { attackFigures } from './attack.ts'
import { boardRow } from './boxes/board.ts'
import { freshRow } from './boxes/fresh.ts'
import { kadRow } from './boxes/kad.ts'
import { loadRow } from './boxes/load.ts'
import { memoryRow } from './boxes/memory.ts'
import { readRow } from './boxes/read.ts'
import { silentRow } from './boxes/silent.ts'
import { SharedNets } from './boxes/shared-nets.ts'
import { diskRow, storeRow } from './boxes/store.ts'
import { told } from './told.ts'

/** Rows that share their nodes. */
const together: Readonly<Record<string, (nets: SharedNets) => Promise<Figure[]>>> = {
  store: storeRow,
  read: readRow,
  fresh: freshRow,
  kad: kadRow,
}

const alone: Readonly<Record<string, () => Promise<Figure[]>>> = {
  disk: diskRow,
  silent: silentRow,
  board: boardRow,
  memory: memoryRow,
  load: loadRow,
  attack: () => attackFigures(),
}

export const boxRows: readonly string[] = [...Object.keys(together), ...Object.keys(alone)]

/** The record network beside what it is to be measured against. docs/BENCHMARKS.md */
export async function boxesBench(only?: string): Promise<Figure[]> {
  const wanted = <Row>([name]: readonly [string, Row]): boolean => only === undefined || only === name
  const figures: Figure[] = []
  const nets = new SharedNets()
  try {
    for (const [name, row] of Object.entries(together).filter(wanted)) {
      figures.push(...(await told(`boxes:${name}`, () => row(nets))))
    }
  } finally {
    await nets.end()
  }
  for (const [name, row] of Object.entries(alone).filter(wanted)) figures.push(...(await told(`boxes:${name}`, row)))
  return figures
}
