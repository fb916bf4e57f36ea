import type { Population } from './population.ts'

/** Parts into which a churn is cut; nodes look around and hand boxes on between them. */
const parts = 20

export interface ChurnOptions {
  /** Of the nodes that run, how many are replaced, in per cent. */
  readonly percent: number
  /** What else happens between two parts. */
  readonly between: () => void
}

/**
 * Half a day in which nodes go for good and others join in their stead, in
 * random order. Each node looks around about once in that time (kad-dht does
 * it every five minutes, which would be 144 times).
 */
export async function churn(population: Population, { percent, between }: ChurnOptions): Promise<void> {
  const nodes = population.live().length
  const leaving = population.some(population.live(), Math.round((nodes * percent) / 100))
  for (let part = 0; part < parts; part++) {
    population.now += (12 * 60) / parts
    for (const node of leaving.slice((part * leaving.length) / parts, ((part + 1) * leaving.length) / parts)) {
      population.stop(node)
      await population.node()
    }
    for (const node of population.some(population.live(), Math.ceil(nodes / parts))) population.lookAround(node)
    between()
  }
}
