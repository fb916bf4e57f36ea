import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { hex } from '../../../core/base/bytes.ts'
import type { ServerLimits } from '../../../core/boxes/server.ts'
import { figure, percentile, type Figure } from '../../harness/figures.ts'
import { Children } from '../children.ts'
import { ourNodes } from './nets.ts'

const members = 1000
const membersProcesses = 2
const perSecond = 200
const seconds = 20
const slowMs = 1000

const result = z.strictObject({
  latencies: z.array(z.number()),
  accepted: z.number(),
  refused: z.number(),
  failed: z.number(),
  lost: z.number(),
})

/** One node, its store on disk, under all the members of a community. Reads back every box that it accepted. */
export async function loadRow(): Promise<Figure[]> {
  const standard = await underLoad('default limits', {})
  const refused = standard.find(({ name }) => name.startsWith('refused'))?.ours ?? 0
  return refused === 0
    ? standard
    : [...standard, ...(await underLoad('limits raised', { nodeStoresPerSecond: 10_000 }))]
}

async function underLoad(name: string, limits: Partial<ServerLimits>): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'))
  const children = new Children()
  try {
    const nodes = await ourNodes(children, { groups: [1], workBits: 0, limits, directory })
    const [address] = nodes.addresses
    const share = {
      networkKey: hex(nodes.networkKey),
      address,
      members: members / membersProcesses,
      perSecond: perSecond / membersProcesses,
      seconds,
    }
    const loads = Array.from({ length: membersProcesses }, () => children.start('boxes/members-process.ts', share))
    await Promise.all(loads.map((load) => load.line(/^connected$/, 180_000)))
    for (const load of loads) load.child.kill('SIGUSR2')
    const results = await Promise.all(
      loads.map(async (load) => {
        const [, text = ''] = await load.line(/^result (.+)$/, 180_000)
        return result.parse(JSON.parse(text))
      }),
    )
    const sum = (of: 'accepted' | 'refused' | 'failed' | 'lost'): number =>
      results.reduce((total, each) => total + each[of], 0)
    const latencies = results.flatMap((each) => each.latencies)
    const slow = latencies.filter((ms) => ms > slowMs).length
    const what = `of ${perSecond * seconds} STOREs, 200 a second, ${members} members, ${name}`
    return [
      figure(`accepted ${what}`, sum('accepted')),
      figure(`refused ${what}`, sum('refused')),
      figure(`without an answer ${what}`, sum('failed')),
      figure(`slower than 1 s ${what}`, slow),
      ...[50, 95, 99].map((p) => figure(`p${p} ${what}`, percentile(latencies, p))),
      atMost(`accepted and lost ${what}`, sum('lost'), 0),
    ]
  } finally {
    await children.end()
    await rm(directory, { recursive: true, force: true })
  }
}

/** A count that has no baseline, only a bound. */
function atMost(name: string, ours: number, target: number): Figure {
  return { ...figure(name, ours), target, met: ours <= target }
}
