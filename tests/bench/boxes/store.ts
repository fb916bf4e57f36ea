import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import HyperDHT from 'hyperdht'
import { random } from '../../../core/crypto/random.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { Children } from '../children.ts'
import { interleaved } from '../interleaved.ts'
import { hyperNodes, hyperValue, nodeCount, ourNodes, type HyperNodes, type OurNodes } from './nets.ts'
import { preparedBox } from './prepared.ts'
import type { SharedNets } from './shared-nets.ts'

const times = 40
const warm = 10

const baseline = 'hyperdht mutablePut of 1 KiB among 60 nodes'

/** Storing one class-0 box whose work is done, at a place that its writer never asked for before. */
export async function storeRow(shared: SharedNets): Promise<Figure[]> {
  const { ours, theirs } = await compare(await shared.ours(), await shared.hyper())
  return [figure('store one box on 8 of 60 nodes', ours, { name: baseline, value: theirs, target: 1 })]
}

/** The same where each node waits for its disk. All 60 share one disk and one thread, as they never would. */
export async function diskRow(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'))
  const children = new Children()
  try {
    const nodes = await ourNodes(children, { groups: [nodeCount], directory })
    const { ours, theirs } = await compare(nodes, await hyperNodes(children, [nodeCount]))
    return [figure('store one box on 8 of 60 nodes, stores on disk', ours, { name: baseline, value: theirs })]
  } finally {
    await children.end()
    await rm(directory, { recursive: true, force: true })
  }
}

async function compare(nodes: OurNodes, hyper: HyperNodes): Promise<{ ours: number; theirs: number }> {
  const member = await nodes.member()
  const client = await hyper.client()
  try {
    const boxes = Array.from({ length: warm + times }, () => preparedBox().box)
    const taken = await interleaved(times, warm, {
      ours: (run) => member.client.store(boxes[warm + run] ?? new Uint8Array()),
      theirs: () => client.mutablePut(HyperDHT.keyPair(), random(hyperValue)),
    })
    return { ours: median(taken.ours), theirs: median(taken.theirs) }
  } finally {
    await member.stop()
    await client.destroy()
  }
}
