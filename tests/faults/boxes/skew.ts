import { equal } from '../../../core/base/bytes.ts'
import { isFault } from '../../../core/base/fault.ts'
import type { CommunityNode } from '../../../core/boxes/community-node.ts'
import { hourMs, isExpired, nowHours } from '../../../core/boxes/hours.ts'
import { longestLifeHours } from '../../../core/boxes/limits.ts'
import type { FullDraft } from '../../support/boxes.ts'
import { eventually } from '../../support/eventually.ts'
import { ShiftedClock } from '../../support/shifted-clock.ts'
import { startTestnet, type TestMember, type Testnet } from '../../support/testnet.ts'
import { draftOf } from './drafts.ts'
import { inTurn } from './in-turn.ts'
import { restless } from './limits.ts'
import type { Scenario, Stage } from './stage.ts'

/** Hours that the nodes' clocks are off. */
const nodeShifts = [-6, -4.5, -3, -1.5, 0, 1.5, 3, 4.5, 6]
const memberShifts = [-6, 0, 6]
/** Hours until expiry by the writer's clock: near the end, usual, and near the longest. */
const lives = [1, 2, 4, 7, 12, 13, 24, 336, 349, 355, 360]
/** How far one node's clock is set wrong, and set right again. */
const blunderHours = 48

interface SkewedNode {
  readonly node: CommunityNode
  readonly clock: ShiftedClock
  /** The latest hour that it ever took it to be: what had expired by then is deleted. */
  latest: number
}

interface Box {
  readonly draft: FullDraft
  readonly takers: readonly SkewedNode[]
}

/**
 * Clocks of nodes and members up to 12 h apart, and one that is set two days
 * ahead for a while. The rule: a node takes a box if its own clock says that it
 * is neither expired nor too far ahead; the majority of these verdicts is the
 * answer. What was acknowledged is found until it has expired by the reader's own
 * clock, or by the slowest clock of the nodes that took it, whichever is first.
 */
export const skew: Scenario = async (stage) => {
  const { dice, size, tell } = stage
  const net = await startTestnet({ nodes: 0, workBits: 0, node: restless })
  const nodes: SkewedNode[] = []
  const memberClocks = memberShifts.map((hours) => new ShiftedClock(hours * hourMs))
  const broken: string[] = []
  const tally = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0 }
  try {
    for (const hours of nodeShifts) {
      const clock = new ShiftedClock(hours * hourMs)
      const node = await net.join({ clock, identitySeed: dice.bytes(32) })
      nodes.push({ node, clock, latest: nowHours(clock) })
    }
    const members = await Promise.all(
      memberClocks.map(async (clock) => ({ clock, member: await net.member({ addresses: addressesOf(net), clock }) })),
    )
    const boxes: Box[] = []
    const counts = { acknowledged: 0, refused: 0 }
    const write = async (): Promise<void> => {
      for (let i = 0; i < size(60, 11); i++) {
        const verdict = await writeOne(nodes, dice.pick(members), inTurn(lives, i), stage)
        if (verdict === undefined) continue
        if (verdict.acknowledged !== verdict.expected) broken.push(verdict.sentence)
        counts[verdict.acknowledged ? 'acknowledged' : 'refused']++
        if (verdict.acknowledged) boxes.push(verdict.box)
      }
    }
    const look = async (): Promise<void> => {
      for (const { clock, member } of members) {
        // an hour may begin while it reads
        const before = nowHours(clock)
        // what a member remembers and no node lists any more it does not show either
        const found = await member.client.fetch(boxes.map(({ draft }) => draft.capability))
        for (const { draft, takers } of boxes) {
          const here = found.filter(({ place }) => equal(place, draft.capability.place))
          const held = takers.some(({ latest }) => latest < draft.expiryHours)
          const mustBe = held && !isExpired(draft.expiryHours, clock)
          if (here.length > 1) tally.duplicated++
          if (here.length > 0 && draft.expiryHours <= before) broken.push('a reader was shown an expired box')
          if (!mustBe) continue
          tally.promised++
          tally[here.length > 0 ? 'found' : 'lost']++
        }
      }
      tell(`  skew: ${tally.found} of ${tally.promised} found so far`)
    }
    const pass = (hours: number): void => {
      for (const clock of memberClocks) clock.jump(hours * hourMs)
      for (const each of nodes) move(each, hours)
    }

    await write()
    await look()
    for (let step = 0; step < size(6, 2); step++) {
      pass(1 + dice.below(4))
      await look()
    }
    const blunderer = dice.pick(nodes)
    move(blunderer, blunderHours)
    await swept([blunderer])
    move(blunderer, -blunderHours)
    await look()
    await write()
    await look()
    pass(24)
    await look()
    pass(longestLifeHours + 24)
    await look()
    await swept(nodes)
    const left = nodes.reduce((sum, { node }) => sum + boxesOf(node), 0)
    if (left > 0) broken.push(`${left} boxes outlived their time by a day`)
    return { ...tally, crashed: 0, notes: { 'hours between clocks': 12, ...counts }, broken }
  } finally {
    await net.stop()
  }
}

/** @returns undefined where an hour began meanwhile, so that nobody can say what was right */
async function writeOne(
  nodes: readonly SkewedNode[],
  { clock, member: { client } }: { readonly clock: ShiftedClock; readonly member: TestMember },
  life: number,
  { dice }: Stage,
) {
  const draft = draftOf(dice, clock, { expiryHours: nowHours(clock) + life })
  const judged = (): SkewedNode[] =>
    nodes.filter(({ clock }) => {
      const now = nowHours(clock)
      return now < draft.expiryHours && draft.expiryHours <= now + longestLifeHours
    })
  const takers = judged()
  const before = new Map(nodes.map(({ node }) => [node, boxesOf(node)]))
  const acknowledged = await client
    .prepare(draft)
    .then((box) => client.store(box))
    .then(() => true)
    .catch((error: unknown) => {
      if (isFault(error, 'box-refused')) return false
      throw error
    })
  // time may only jump once the last of them has it
  const each = (taker: SkewedNode): boolean => boxesOf(taker.node) > (before.get(taker.node) ?? 0)
  await eventually(() => takers.every(each), { what: 'each node to take what it must' })
  if (judged().length !== takers.length) return undefined
  const expected = takers.length > nodes.length / 2
  const sentence = `${takers.length} of ${nodes.length} nodes should have taken a box, and it was ${acknowledged ? '' : 'not '}acknowledged`
  return { acknowledged, expected, sentence, box: { draft, takers } }
}

function move(each: SkewedNode, hours: number): void {
  each.clock.jump(hours * hourMs)
  each.latest = Math.max(each.latest, nowHours(each.clock))
}

/** Until each of them has deleted what its clock says has expired. */
async function swept(nodes: readonly SkewedNode[]): Promise<void> {
  const counted = (): number => nodes.reduce((sum, { node }) => sum + (node.health()?.counts.swept ?? 0), 0)
  let last = -1
  const still = (): boolean => {
    const now = counted()
    const same = now === last
    last = now
    return same
  }
  await eventually(still, { everyMs: 500, what: 'the sweepers to end' })
}

function boxesOf(node: CommunityNode): number {
  return node.health()?.boxes ?? 0
}

function addressesOf(net: Testnet): string[] {
  return net.nodes.flatMap((node) => node.addresses())
}
