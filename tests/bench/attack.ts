import { fileURLToPath } from 'node:url'
import { hex } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { figure, median, type Figure } from '../harness/figures.ts'
import { draftFor, makeBox } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { OwnProcess } from '../support/processes.ts'
import { startTestnet, type TestMember, type Testnet } from '../support/testnet.ts'

const workBits = 6
/** Members in the attacker: each has a connection of its own, and with it what one connection may ask. */
const connections = 4
/** Not slowed by more than a tenth. */
const target = 1.1
/** Idle and attacked take turns, so that both see the same machine. */
const turns = 6
const attacker = fileURLToPath(new URL('attacker.ts', import.meta.url))

const attacks = [
  ['malformed', 'frames of no sense, as fast as they are refused'],
  ['slow', '16 streams with a byte a second'],
  ['over-rate', 'more requests than allowed'],
  ['deaf', '16 streams whose answers nobody reads'],
] as const

export interface AttackOptions {
  /** Of a store and a fetch in each turn. */
  readonly samples?: number
}

/**
 * How long a good member waits for a store and a fetch, median in ms, while a
 * process of its own attacks the node over four connections; beside the same
 * member and node while that process is stopped.
 */
export async function attackFigures({ samples = 60 }: AttackOptions = {}): Promise<Figure[]> {
  // what the good member may ask in a minute must not end the measurement
  const node = { storesPerMinute: 60_000, fetchesPerMinute: 60_000, nodeStoresPerSecond: 6000 }
  const net = await startTestnet({ nodes: 1, workBits, node })
  try {
    const good = await net.member()
    await eventually(() => good.node.status().state === 'reached')
    const figures: Figure[] = []
    for (const [kind, what] of attacks) {
      const { idle, attacked } = await underAttack(net, good, kind, samples)
      figures.push(figure(`a store and a fetch under ${what}`, attacked, { name: 'an idle node', value: idle, target }))
    }
    const { idle, attacked } = await underAttack(net, good, 'core', samples)
    const name = 'a store and a fetch while another process uses a core (no attack)'
    return [...figures, figure(name, attacked, { name: 'an idle node', value: idle })]
  } finally {
    await net.stop()
  }
}

async function underAttack(
  net: Testnet,
  good: TestMember,
  kind: (typeof attacks)[number][0] | 'core',
  samples: number,
): Promise<{ readonly idle: number; readonly attacked: number }> {
  const [node] = net.addresses
  const input = JSON.stringify({ kind, networkKey: hex(net.networkKey), node, workBits, connections })
  const busy = (): number => net.nodes[0]?.health()?.counts.refusals.busy ?? 0
  const before = busy()
  const process = new OwnProcess(attacker, [], { input })
  try {
    await process.line(/^ready$/)
    if (kind !== 'core') await eventually(() => (net.nodes[0]?.health()?.connections ?? 0) > 1)
    // what is allowed to everybody is used up first: what is measured is what goes beyond it
    if (kind === 'over-rate') await eventually(() => busy() >= before + connections, { timeoutMs: 60_000 })
    const times = { idle: [] as number[], attacked: [] as number[] }
    // the first turn warms both sides up
    for (let turn = 0; turn <= turns; turn++) {
      for (const phase of ['idle', 'attacked'] as const) {
        process.child.kill(phase === 'idle' ? 'SIGSTOP' : 'SIGCONT')
        const taken = await storesAndFetches(good, samples)
        if (turn > 0) times[phase].push(...taken)
      }
    }
    if (process.ended) throw new Error(`The attacker gave up:\n${process.output}`)
    return { idle: median(times.idle), attacked: median(times.attacked) }
  } finally {
    process.child.kill('SIGCONT')
    await process.stop('SIGKILL')
  }
}

async function storesAndFetches({ client }: TestMember, samples: number): Promise<number[]> {
  const drafts = Array.from({ length: samples }, () => draftFor(clock))
  const boxes = drafts.map((draft) => ({ draft, box: makeBox(draft, workBits) }))
  const taken: number[] = []
  for (const { draft, box } of boxes) {
    const from = performance.now()
    await client.store(box)
    const found = await client.fetch([draft.capability])
    taken.push(performance.now() - from)
    if (found.length !== 1) throw new Error('What was stored is not there')
  }
  return taken
}
