import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { fromHex } from '../../../core/base/bytes.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { silentLog as log } from '../../../core/base/log.ts'
import { capability } from '../../../core/boxes/capability.ts'
import { MemberNode } from '../../../core/network/member-node.ts'
import { Dice } from '../../harness/dice.ts'
import { BoxLine } from '../../support/box-line.ts'
import { makeBox } from '../../support/boxes.ts'
import { draftOf } from './drafts.ts'

/** What one name of it sends before it takes another, with new allowances: one more than a minute allows. */
const boxesOfOneName = 61

/**
 * A member that floods a node, as its own process: boxes of ever new authors,
 * every second one at places that others use, as fast as answers come, under one
 * name after the other, each until it is told `busy`. Says at the end what it was answered.
 */
const { networkKey, address, boxes, seed, places } = z
  .object({
    networkKey: z.string(),
    address: z.string(),
    boxes: z.number(),
    seed: z.number(),
    /** Key material of the places that others use. */
    places: z.array(z.string()),
  })
  .parse(JSON.parse(await text(process.stdin)))
const dice = new Dice(seed)
const shared = places.map((material) => capability(fromHex(material)))
const answers: Record<string, number> = {}
let bits = 0

for (let sent = 0; sent < boxes; sent += boxesOfOneName) {
  const member = new MemberNode({
    networkKey: fromHex(networkKey),
    nodes: () => [address],
    privacyMode: 'relay',
    clock,
    log,
  })
  await member.start()
  try {
    const line = await BoxLine.open(member)
    bits = line.hello.workBits
    for (let i = 0; i < Math.min(boxesOfOneName, boxes - sent); i++) {
      const draft = draftOf(dice, clock, i % 2 === 0 ? { capability: dice.pick(shared) } : {})
      const answer = await line.ask({ type: 'store', box: makeBox(draft, bits) })
      const said = answer.type === 'refused' ? answer.reason : answer.type
      if (answer.type === 'refused' && answer.reason === 'work-too-low') bits = answer.detail
      answers[said] = (answers[said] ?? 0) + 1
    }
  } catch {
    // cut off: the rest of this name's boxes was never sent
    answers['cut-off'] = (answers['cut-off'] ?? 0) + 1
  } finally {
    await member.stop()
  }
}
console.log(`answers ${JSON.stringify(answers)}`)
