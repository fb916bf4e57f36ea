import { setTimeout as wait } from 'node:timers/promises'
import type { Dice } from '../../harness/dice.ts'
import type { MortalApp, MortalNode } from '../mortal.ts'

/** From when a member's app is ready: now and then long enough for presence to be read and a channel to open. */
const shortLifeMs = 1_000
const longLifeMs = 8_000
/** From when its process was started: opening the vault is hit too. */
const startMs = 1_500
const nodeLifeMs = 3_000

/** How often who is killed. */
export interface Kills {
  readonly members: number
  readonly nodes: number
  /** So long a member may be off after a kill, every third time; otherwise they are back at once. */
  readonly offMs?: number
}

/** One kill in eight is a node's. */
export function killsOf(instants: number): Kills {
  const nodes = Math.ceil(instants / 8)
  return { nodes, members: instants - nodes }
}

/** Kills members and nodes at random instants, all at once. @returns how often */
export async function reap(
  { residents, nodes }: { readonly residents: readonly MortalApp[]; readonly nodes: readonly MortalNode[] },
  kills: Kills,
  dice: Dice,
): Promise<number> {
  const each = Math.ceil(kills.members / residents.length)
  const struck = await Promise.all([
    ...residents.map((app) => reapMember(app, each, dice.another(), kills.offMs)),
    reapNodes(nodes, kills.nodes, dice.another()),
  ])
  return struck.reduce((sum, count) => sum + count, 0)
}

async function reapMember(app: MortalApp, kills: number, dice: Dice, offMs?: number): Promise<number> {
  for (let i = 0; i < kills; i++) {
    const chance = dice.fraction()
    if (chance >= 0.2) await app.ask(({ vault }) => vault.view())
    await wait(dice.fraction() * (chance < 0.2 ? startMs : chance < 0.94 ? shortLifeMs : longLifeMs))
    await app.strike(offMs === undefined || dice.below(3) > 0 ? undefined : () => wait(dice.fraction() * offMs))
  }
  return kills
}

async function reapNodes(nodes: readonly MortalNode[], kills: number, dice: Dice): Promise<number> {
  for (let i = 0; i < kills; i++) {
    await wait(dice.fraction() * nodeLifeMs)
    await dice.pick(nodes).strike()
  }
  return kills
}
