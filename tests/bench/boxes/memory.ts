import { figure, type Figure } from '../../harness/figures.ts'
import { hex } from '../../../core/base/bytes.ts'
import type { OwnProcess } from '../../support/processes.ts'
import { Children } from '../children.ts'
import { ourNodes } from './nets.ts'

const members = 300
const membersProcesses = 2
const budgetKiB = 300

/** What a node needs for each member that is connected, holds its box stream, and does nothing. */
export async function memoryRow(): Promise<Figure[]> {
  const children = new Children()
  try {
    const nodes = await ourNodes(children, { groups: [1], flags: ['--expose-gc'] })
    const [node] = nodes.processes
    const [address] = nodes.addresses
    if (node === undefined || address === undefined) throw new Error('There is no node')
    // a few before the first weighing, so that what the first ones cost the process is not theirs
    const connect = async (count: number): Promise<void> => {
      const input = { networkKey: hex(nodes.networkKey), address, members: count, perSecond: 0, seconds: 0 }
      await children.start('boxes/members-process.ts', input).line(/^connected$/, 120_000)
    }
    await connect(10)
    const before = await weigh(node, 1)
    await Promise.all(Array.from({ length: membersProcesses }, () => connect(members / membersProcesses)))
    const after = await weigh(node, 2)
    const each = (what: 'rss' | 'heap'): number => (after[what] - before[what]) / members / 1024
    const budget = { name: 'the budget', value: budgetKiB, target: 1 }
    return [
      figure('memory of a node per idle member: resident, KiB', each('rss'), budget),
      figure('memory of a node per idle member: heap and buffers, KiB', each('heap'), budget),
    ]
  } finally {
    await children.end()
  }
}

async function weigh(node: OwnProcess, time: number): Promise<{ readonly rss: number; readonly heap: number }> {
  node.child.kill('SIGUSR2')
  const [, rss, heap] = await node.line(new RegExp(`^memory ${time} (\\d+) (\\d+)$`))
  return { rss: Number(rss), heap: Number(heap) }
}
