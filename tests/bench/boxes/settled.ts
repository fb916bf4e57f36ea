import { eventually } from '../../support/eventually.ts'

/** Waits until nodes have stopped looking for more of each other: what they do then is what they always do. */
export async function settled(neighbours: () => number): Promise<void> {
  let last = 0
  const same = (): boolean => {
    const now = neighbours()
    const stays = now === last
    last = now
    return stays
  }
  await eventually(same, { everyMs: 3000, timeoutMs: 60_000, what: 'the nodes to have met' })
}
