import { setTimeout as wait } from 'node:timers/promises'
import type { Dice } from '../../harness/dice.ts'
import type { Mortal } from '../mortal.ts'

/** Long enough to start and to do something, short enough that the start itself is hit too. */
const shortLifeMs = 1_600
/** Now and then long enough for presence to be read and a channel to open. */
const longLifeMs = 8_000
const nodeLifeMs = 3_000

/** For how long a member may live, in ms. */
export function memberLife(dice: Dice): number {
  return dice.fraction() * (dice.fraction() < 0.95 ? shortLifeMs : longLifeMs)
}

export function nodeLife(dice: Dice): number {
  return dice.fraction() * nodeLifeMs
}

/** @returns how many it killed */
export async function reap(
  mortals: readonly Mortal[],
  { dice, kills, life }: { readonly dice: Dice; readonly kills: number; readonly life: (dice: Dice) => number },
): Promise<number> {
  for (let i = 0; i < kills; i++) {
    await wait(life(dice))
    await dice.pick(mortals).strike()
  }
  return kills
}
