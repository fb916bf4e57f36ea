import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Dice } from '../../harness/dice.ts'
import type { Outcome } from '../../harness/faults.ts'

/** What a scenario is given. */
export interface Stage {
  readonly dice: Dice
  /** Of its own, gone afterwards. */
  readonly directory: string
  /** A number at full size as `--percent` has it, and never below `least`. */
  readonly size: (full: number, least: number) => number
  readonly tell: (line: string) => void
}

export type Scenario = (stage: Stage) => Promise<Outcome>

export async function play(
  scenario: Scenario,
  { seed, percent, tell }: { readonly seed: number; readonly percent: number; readonly tell: (line: string) => void },
): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'faults-'))
  try {
    return await scenario({
      dice: new Dice(seed),
      directory,
      size: (full, least) => Math.max(least, Math.round((full * percent) / 100)),
      tell,
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
