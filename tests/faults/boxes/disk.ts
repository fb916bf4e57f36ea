import { join } from 'node:path'
import { nothing } from '../../harness/faults.ts'
import { smallDisk, type SmallDisk } from '../../support/small-disk.ts'
import type { Dice } from '../../harness/dice.ts'
import { inTurn } from './in-turn.ts'
import { NodeCrowd } from './node-crowd.ts'
import { OneNode, type Said } from './one-node.ts'
import type { Scenario } from './stage.ts'
import { sumOf } from './tallies.ts'

const diskKiB = 24 * 1024
/** Fewer than a member may store at once, so that no answer is `busy`. */
const writesAtOnce = 24

/**
 * A node whose disk is filled up in the middle of writes, again and again. It says
 * `quota`, goes on giving what it has, has lost nothing of what it acknowledged,
 * and takes boxes again once there is room; also when it is killed meanwhile.
 */
export const disk: Scenario = async ({ dice, directory, size, tell }) => {
  const small = smallDisk(join(directory, 'disk'), diskKiB)
  if (small === undefined) return { ...nothing, skipped: 'no disk can be mounted here' }
  try {
    const crowd = await NodeCrowd.start([{ directory: join(small.path, 'node') }])
    const single = new OneNode(inTurn(crowd.addresses, 0), dice)
    const broken: string[] = []
    const notes = { full: 0, taken: 0, refused: 0 }
    try {
      const look = async (when: string): Promise<void> => {
        const { found, promised } = await single.check(await crowd.member())
        tell(`  disk, ${when}: ${found} of ${promised} found`)
        if (found < promised) broken.push(`${when}: ${promised - found} could not be read`)
      }
      for (let round = 0; round < size(8, 2); round++) {
        single.use(await crowd.member())
        const heard = await fillMeanwhile(single, small, dice)
        notes.taken += heard.filter((said) => said === 'done').length
        notes.refused += heard.filter((said) => said === 'quota').length
        notes.full++
        if (heard.at(-1) !== 'quota') broken.push(`on a full disk the node said ${heard.at(-1) ?? ''}`)
        await look('full')
        const killed = round % 2 === 1
        if (killed) await inTurn(crowd.nodes, 0).strike(() => small.empty())
        else small.empty()
        const member = await crowd.member()
        single.use(member)
        const again = await single.write()
        if (again !== 'done') broken.push(`with room again the node said ${again}`)
        await look(killed ? 'with room, after kill -9 on a full disk' : 'with room')
      }
      const tally = sumOf([await single.check(await crowd.member())])
      await crowd.stop()
      return { ...tally, crashed: crowd.crashes, notes, broken: [...broken, ...crowd.damaged()] }
    } finally {
      await crowd.stop()
    }
  } finally {
    small.remove()
  }
}

/** Writes, and at some point of it the disk is full; goes on until that is said. @returns all that was said */
async function fillMeanwhile(single: OneNode, small: SmallDisk, dice: Dice): Promise<Said[]> {
  const fillAt = dice.below(writesAtOnce)
  const said: Said[] = []
  for (let i = 0; i < writesAtOnce || (said.at(-1) !== 'quota' && i < 2 * writesAtOnce); i++) {
    const writing = single.write()
    if (i === fillAt) small.fill()
    said.push(await writing)
  }
  return said
}
