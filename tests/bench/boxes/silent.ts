import HyperDHT from 'hyperdht'
import { random } from '../../../core/crypto/random.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { Children } from '../children.ts'
import { interleaved } from '../interleaved.ts'
import { hyperNodes, hyperValue, nodeCount, ourNodes } from './nets.ts'
import { preparedBox } from './prepared.ts'

const times = 15
const warm = 10
const silentCount = nodeCount / 5

/**
 * Storing and reading while a fifth of the nodes is stopped (their sockets stay
 * open and say nothing), from the instant of the stop on. One of the three nodes
 * that our members are told of is among the silent.
 */
export async function silentRow(): Promise<Figure[]> {
  const children = new Children()
  try {
    const groups = [nodeCount - silentCount, silentCount]
    const nodes = await ourNodes(children, { groups })
    const hyper = await hyperNodes(children, groups)
    const silence = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
      for (const { processes } of [nodes, hyper]) processes.at(-1)?.child.kill(signal)
    }
    const [writer, member] = [await nodes.member(), await nodes.member()]
    const [hyperWriter, client] = [await hyper.client(), await hyper.client()]
    const boxes = Array.from({ length: 2 * (warm + times) }, () => preparedBox())
    const keys = boxes.map(() => HyperDHT.keyPair())
    for (const { box } of boxes.slice(warm + times)) await writer.client.store(box)
    for (const key of keys.slice(warm + times)) await hyperWriter.mutablePut(key, random(hyperValue))
    await writer.stop()
    await hyperWriter.destroy()

    const storing: Readonly<Record<'ours' | 'theirs', (run: number) => Promise<unknown>>> = {
      ours: (run) => member.client.store(boxes[warm + run]?.box ?? new Uint8Array()),
      theirs: (run) => client.mutablePut(keys[warm + run] ?? HyperDHT.keyPair(), random(hyperValue)),
    }
    const reading: Readonly<Record<'ours' | 'theirs', (run: number) => Promise<unknown>>> = {
      async ours(run) {
        const { draft } = boxes[2 * warm + times + run] ?? preparedBox()
        const found = await member.client.fetch([draft.capability])
        if (found.length !== 1) throw new Error('A box was not found')
      },
      async theirs(run) {
        const found = await client.mutableGet((keys[2 * warm + times + run] ?? HyperDHT.keyPair()).publicKey)
        if (found === null) throw new Error('A value was not found')
      },
    }
    const figures: Figure[] = []
    for (const [what, theirs, sides] of [
      ['store one box', 'hyperdht mutablePut', storing],
      ['find one place and read 1 box', 'hyperdht mutableGet', reading],
    ] as const) {
      // once around while all answer, so that both sides know the network as they do every day
      await interleaved(0, warm, sides)
      silence('SIGSTOP')
      const taken = await interleaved(times, 0, sides)
      silence('SIGCONT')
      const baseline = `${theirs}, the same silence`
      figures.push(
        figure(`${what}, 12 of 60 nodes silent`, median(taken.ours), {
          name: baseline,
          value: median(taken.theirs),
          target: 1,
        }),
        figure(`${what}, 12 of 60 nodes silent, the slowest of ${times}`, Math.max(...taken.ours), {
          name: `${baseline}, the slowest`,
          value: Math.max(...taken.theirs),
        }),
      )
    }
    await member.stop()
    await client.destroy()
    return figures
  } finally {
    await children.end()
  }
}
