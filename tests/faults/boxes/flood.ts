import { join } from 'node:path'
import { z } from 'zod'
import { hex } from '../../../core/base/bytes.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { silentLog as log } from '../../../core/base/log.ts'
import { stopAll } from '../../../core/base/service.ts'
import { capability } from '../../../core/boxes/capability.ts'
import { fullStoreBits } from '../../../core/boxes/limits.ts'
import { NetworkBoxClient } from '../../../core/boxes/network-client.ts'
import { MemberNode } from '../../../core/network/member-node.ts'
import { OwnProcess } from '../../support/processes.ts'
import type { TestMember } from '../../support/testnet.ts'
import { draftOf, nextOf } from './drafts.ts'
import { inTurn } from './in-turn.ts'
import { Ledger } from './ledger.ts'
import { OneNode, type Said } from './one-node.ts'
import type { Scenario, Stage } from './stage.ts'
import { sumOf } from './tallies.ts'

const flooders = 3
const victimPlaces = 4
/** 0 to 4: the flood must be possible; what it would cost with the usual 20 bits is another question. */
const workBits = 2
/** A class-0 box, as a store counts it. */
const boxBytes = 4_342 + 400
/** What a flood may add to a node's memory, its database's cache of 64 MiB among it. */
const mostGrowth = 256 * 2 ** 20

const healthLine = z.object({
  rss: z.number(),
  boxes: z.number(),
  bytes: z.number(),
  quota: z.number(),
  workBits: z.number(),
})
type Health = z.infer<typeof healthLine>

/**
 * 100,000 boxes from members that heed nothing, at a node with a small quota and
 * at the places that somebody else uses. What was acknowledged before stays, can
 * be read meanwhile and renewed afterwards; whoever writes meanwhile is told the
 * truth; the work asked for rises, and the node's memory does not.
 */
export const flood: Scenario = async (stage) => {
  const { dice, directory, size, tell } = stage
  const networkKey = dice.bytes(32)
  const quota = size(12 * 2 ** 20, 1.5 * 2 ** 20)
  const node = new OwnProcess('tests/faults/boxes/small-node.ts', [], {
    input: JSON.stringify({
      networkKey: hex(networkKey),
      identitySeed: hex(dice.bytes(32)),
      storePath: join(directory, 'boxes.db'),
      quota,
      workBits,
    }),
  })
  const started: OwnProcess[] = [node]
  const members: TestMember[] = []
  try {
    const [, address = ''] = await node.line(/^at (\S+)$/)
    const member = async (): Promise<TestMember> => {
      const own = new MemberNode({ networkKey, nodes: () => [address], privacyMode: 'relay', clock, log })
      const client = new NetworkBoxClient({ node: own, clock, log })
      await own.start()
      await client.start()
      const made = { node: own, client, stop: () => stopAll([own, client]) }
      members.push(made)
      return made
    }
    const places = Array.from({ length: victimPlaces }, () => dice.bytes(96))
    const ledger = new Ledger()
    const victim = await member()
    for (let i = 0; i < 40; i++) {
      const shared = i % 2 === 0 ? { capability: capability(inTurn(places, i / 2)) } : {}
      await ledger.store(victim.client, draftOf(dice, clock, shared))
    }
    await node.line(/^health /)
    const before = healthOf(node)

    const sent = size(100_000, 3_000)
    const flood = Array.from({ length: flooders }, (_, index) => {
      const input = {
        networkKey: hex(networkKey),
        address,
        boxes: Math.ceil(sent / flooders),
        seed: dice.below(2 ** 31) + index,
      }
      return new OwnProcess('tests/faults/boxes/flooder.ts', [], {
        input: JSON.stringify({ ...input, places: places.map(hex) }),
      })
    })
    started.push(...flood)
    const over = Promise.all(flood.map((process) => process.end()))
    const watched = await during(over, { node, address, member, ledger, stage })
    const answers = flood.map((process) => answersOf(process))
    tell(`  flood: ${JSON.stringify(answers)}`)
    const after = healthOf(node)

    const reader = await member()
    const boxes = await ledger.check(reader.client, clock)
    const meanwhile = await watched.single.check(reader)
    const renewed = await renewAll(ledger, await member(), stage)
    const last = await ledger.check((await member()).client, clock)
    const broken = [
      ...watched.broken,
      ...(renewed === 0 ? [] : [`${renewed} boxes could not be renewed on a node that was flooded`]),
      ...(watched.mostRss - before.rss > mostGrowth ? ['the memory of the node grew beyond its bound'] : []),
      ...(watched.mostBits > workBits ? [] : ['the work that is asked for did not rise']),
      ...(after.bytes > quota ? ['the store is larger than its quota'] : []),
      ...(flood.some(({ child }) => child.exitCode !== 0) ? ['a flooder ended before it was through'] : []),
    ]
    const count = (said: Said | 'cut-off'): number => answers.reduce((sum, each) => sum + (each[said] ?? 0), 0)
    return {
      ...sumOf([boxes, meanwhile, last]),
      crashed: node.ended ? 1 : 0,
      notes: {
        'boxes sent': answers.flatMap((each) => Object.values(each)).reduce((sum, each) => sum + each, 0),
        taken: count('done'),
        busy: count('busy'),
        quota: count('quota'),
        'work too low': count('work-too-low'),
        'cut off': count('cut-off'),
        'store %': (100 * after.bytes) / quota,
        'bits before': workBits,
        'bits at most': watched.mostBits,
        'MiB before': before.rss / 2 ** 20,
        'MiB at most': watched.mostRss / 2 ** 20,
        'MiB afterwards': after.rss / 2 ** 20,
        'honest done': watched.said.get('done') ?? 0,
        'honest busy': watched.said.get('busy') ?? 0,
        'honest quota': watched.said.get('quota') ?? 0,
        'slowest honest read ms': watched.slowestReadMs,
      },
      broken,
    }
  } finally {
    for (const member of members) await member.stop()
    for (const process of started.toReversed()) await process.stop()
  }
}

interface Watch {
  readonly node: OwnProcess
  readonly address: string
  readonly member: () => Promise<TestMember>
  readonly ledger: Ledger
  readonly stage: Stage
}

/** What honest members see until the flood is over. */
async function during(over: Promise<unknown>, { node, address, member, ledger, stage: { dice } }: Watch) {
  const single = new OneNode(address, dice)
  const said = new Map<Said, number>()
  const broken: string[] = []
  const most = { mostRss: 0, mostBits: 0, slowestReadMs: 0 }
  let goesOn = true
  let toldFull = false
  void over.then(() => (goesOn = false))
  const reader = await member()
  single.use(await member())
  while (goesOn) {
    const answer = await single.write()
    const health = healthOf(node)
    said.set(answer, (said.get(answer) ?? 0) + 1)
    // what the node says of itself is a little old: it is full by the next time, if it was told so the last
    if (toldFull && health.bytes + 2 * boxBytes < health.quota) broken.push('told that a node is full which is not')
    toldFull = answer === 'quota'
    if (answer === 'nothing') broken.push('a node did not answer')
    most.mostRss = Math.max(most.mostRss, health.rss)
    most.mostBits = Math.max(most.mostBits, health.workBits)
    const from = performance.now()
    const { found, promised } = await ledger.check(reader.client, clock)
    most.slowestReadMs = Math.max(most.slowestReadMs, performance.now() - from)
    if (found < promised) broken.push(`${promised - found} boxes could not be read during the flood`)
    await clock.wait(1_000)
  }
  if (most.mostBits > workBits + fullStoreBits) broken.push('more work was asked for than a full store may')
  return { single, said, broken, ...most }
}

/** @returns how many were not taken */
async function renewAll(ledger: Ledger, { client }: TestMember, { dice }: Stage): Promise<number> {
  let refused = 0
  for (const { draft } of ledger.kept) {
    if ((await ledger.store(client, nextOf(dice, draft))) !== 'acknowledged') refused++
  }
  return refused
}

/** The last that the node said of itself. */
function healthOf(node: OwnProcess): Health {
  const line = node.output.split('\n').findLast((each) => each.startsWith('health '))
  return healthLine.parse(JSON.parse(line?.slice('health '.length) ?? '{}'))
}

function answersOf(flooder: OwnProcess): Readonly<Record<string, number>> {
  const line = flooder.output.split('\n').findLast((each) => each.startsWith('answers '))
  return z.record(z.string(), z.number()).parse(JSON.parse(line?.slice('answers '.length) ?? '{}'))
}
