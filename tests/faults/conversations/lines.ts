import { join } from 'node:path'
import { freePort } from '../../support/free-port.ts'
import type { Lodging } from '../boxes/node-crowd.ts'
import type { Scenario } from '../boxes/stage.ts'
import { FlakyLine } from './flaky-line.ts'
import { playScript } from './script.ts'
import { Town } from './town.ts'

/** All that members and nodes say to nodes, and so to each other, goes over lines on which everything goes wrong. */
export const lines: Scenario = async ({ dice, directory, size }) => {
  const flaky: FlakyLine[] = []
  const lodgings: Lodging[] = []
  let town: Town | undefined
  try {
    for (let nth = 0; nth < 3; nth++) {
      const listen = await freePort()
      const line = await FlakyLine.start(listen, dice.another())
      line.calm = true
      flaky.push(line)
      lodgings.push({ directory: join(directory, `node-${nth}`), ports: { listen, told: line.port } })
    }
    town = await Town.build({ directory, lodgings })
    await town.start()
    for (const line of flaky) line.calm = false
    const count = size(1_200, 40)
    await Promise.all(town.residents.map((each) => playScript(each, dice.another(), { count })))
    for (const line of flaky) line.heal()
    const notes: Record<string, number> = { said: town.said }
    for (const { mishaps } of flaky) {
      for (const [mishap, times] of Object.entries(mishaps)) notes[mishap] = (notes[mishap] ?? 0) + times
    }
    return await town.judge(notes)
  } finally {
    await town?.stop()
    for (const line of flaky) await line.stop()
  }
}
