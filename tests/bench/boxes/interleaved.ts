import { setTimeout as wait } from 'node:timers/promises'

/** After each measured step: what goes on in the background ends, so that it is not counted to the other side. */
const settleMs = 20

export interface Sides {
  readonly ours: (run: number) => Promise<unknown>
  readonly theirs: (run: number) => Promise<unknown>
}

/**
 * Times both sides in turn, so that whatever the machine does meanwhile hits both.
 *
 * @param warm runs that are not counted; their numbers are below 0
 * @returns milliseconds of every run
 */
export async function interleaved(
  times: number,
  warm: number,
  { ours, theirs }: Sides,
): Promise<{ readonly ours: readonly number[]; readonly theirs: readonly number[] }> {
  const taken = { ours: [] as number[], theirs: [] as number[] }
  for (let run = -warm; run < times; run++) {
    const one = await timed(() => ours(run))
    await wait(settleMs)
    const other = await timed(() => theirs(run))
    await wait(settleMs)
    if (run < 0) continue
    taken.ours.push(one)
    taken.theirs.push(other)
  }
  return taken
}

export async function timed(body: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await body()
  return performance.now() - from
}
