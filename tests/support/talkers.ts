import { afterAll, afterEach, beforeAll } from 'vitest'
import type { ConversationId } from '../../core/base/ids.ts'
import { scratch } from './scratch.ts'
import { acquaint, Talker } from './talker.ts'
import { startTestnet, type Testnet } from './testnet.ts'

/** Two who have been introduced, and are not online yet. */
export interface Two {
  readonly seeker: Talker
  readonly mentor: Talker
  readonly here: ConversationId
  readonly there: ConversationId
}

/** A network of three nodes for all tests of a file. @returns makes two new members of it, who are stopped after the test */
export function pairsOnANet(): () => Promise<Two> {
  const files = scratch()
  let net: Testnet
  let nth = 0
  let online: Talker[] = []

  beforeAll(async () => {
    net = await startTestnet({ nodes: 3 })
  })

  afterEach(async () => {
    await Promise.all(online.map((talker) => talker.stop()))
    online = []
  })

  afterAll(async () => {
    await net.stop()
    files.remove()
  })

  return async () => {
    nth++
    const timing = { settle: 100, firstPresence: 1_000, acknowledge: 3_000 }
    const seeker = new Talker({ net, files, name: `seeker-${nth}`, timing })
    const mentor = new Talker({ net, files, name: `mentor-${nth}`, timing })
    online.push(seeker, mentor)
    return { seeker, mentor, ...(await acquaint(seeker, mentor)) }
  }
}
