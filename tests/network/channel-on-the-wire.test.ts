import { afterAll, beforeAll, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { Recorder } from '../support/recorder.ts'
import { scratch } from '../support/scratch.ts'
import { acquaint, Talker } from '../support/talker.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

const files = scratch()
let net: Testnet
let tap: Recorder

beforeAll(async () => {
  net = await startTestnet()
  tap = await Recorder.start(Number(/\/tcp\/(\d+)/.exec(net.addresses[0] ?? '')?.[1]))
})

afterAll(async () => {
  await net.stop()
  await tap.stop()
  files.remove()
})

it('a line of chat and its acknowledgement look the same, whatever was said, and take at most 512 bytes each', async () => {
  const addresses = net.addresses.map((address) => address.replace(/\/tcp\/\d+/, `/tcp/${tap.port}`))
  const seeker = new Talker({ net, files, name: 'seeker', addresses })
  const mentor = new Talker({ net, files, name: 'mentor' })
  const { here, there } = await acquaint(seeker, mentor)
  await Promise.all([seeker.start(), mentor.start()])
  await eventually(
    async () => {
      await Promise.all([seeker.check(), mentor.check()])
      return seeker.channel(here) === 'relay' && mentor.channel(there) === 'relay'
    },
    { what: 'a channel', everyMs: 300 },
  )
  /** Bytes at the socket, both ways, for each of some messages. */
  const each = async (text: string, times = 20): Promise<number> => {
    const before = tap.seen.length
    for (let said = 0; said < times; said++) {
      await seeker.say(here, text)
      await eventually(() => seeker.delivery(here).every((state) => state === 'delivered'), { everyMs: 1 })
    }
    return (tap.seen.length - before) / times
  }
  await eventually(
    async () => {
      const [short, long] = [await each('x'), await each('x'.repeat(100))]
      // pings, polls and presence may fall into a round; then the next one is looked at
      return Math.abs(short - long) < 20 && long <= 2 * 512
    },
    { what: 'a round without other traffic', everyMs: 1, timeoutMs: 60_000 },
  )
  await Promise.all([seeker.stop(), mentor.stop()])
})
