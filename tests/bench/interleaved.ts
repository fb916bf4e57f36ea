import { setTimeout as wait } from 'node:timers/promises'

/** After each measured step: what goes on in the background ends, so that it is not counted to the other side. */
const settleMs = 20

/**
 * Times all sides in turn, so that whatever the machine does meanwhile hits each of them.
 *
 * @param warm runs that are not counted; their numbers are below 0
 * @returns milliseconds of every run
 */
export async function interleaved<Side extends string>(
  times: number,
  warm: number,
  sides: Readonly<Record<Side, (run: number) => Promise<unknown>>>,
): Promise<Readonly<Record<Side, readonly number[]>>> {
  const names = Object.keys(sides) as Side[]
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, number[]>
  for (let run = -warm; run < times; run++) {
    for (const name of names) {
      const ms = await timed(() => sides[name](run))
      await wait(settleMs)
      if (run >= 0) taken[name].push(ms)
    }
  }
  return taken
}

export async function timed(body: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await body()
  return performance.now() - from
}
