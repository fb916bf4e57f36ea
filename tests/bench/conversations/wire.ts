import { figure, median, type Figure } from '../../harness/figures.ts'
import { Recorder } from '../../support/recorder.ts'
import { livePair } from './live-pair.ts'

const times = 60
const text = 'x'.repeat(100)
const budget = 512

/**
 * Bytes at the socket of somebody who sends 100 bytes of text through a relay:
 * a direct connection has one layer less around them. Medians, since polls and
 * presence fall between.
 */
export async function wireRow(): Promise<Figure[]> {
  const taps: Recorder[] = []
  const pair = await livePair({
    kind: 'relay',
    async addresses(addresses) {
      return Promise.all(
        addresses.map(async (address) => {
          const tap = await Recorder.start(Number(/\/tcp\/(\d+)/.exec(address)?.[1]))
          taps.push(tap)
          return address.replace(/\/tcp\/\d+/, `/tcp/${tap.port}`)
        }),
      )
    },
  })
  try {
    const { seeker, here } = pair
    const seen = (way: 'up' | 'down'): number => taps.reduce((sum, { bytes }) => sum + bytes[way], 0)
    const taken = { up: [] as number[], down: [] as number[] }
    for (let i = 0; i < times; i++) {
      const before = { up: seen('up'), down: seen('down') }
      const { promise, resolve } = Promise.withResolvers<void>()
      pair.onMessages = () => {
        const [last] = seeker.conversations.messages({ conversationId: here, limit: 1 })
        if (last?.delivery === 'delivered') resolve()
      }
      await seeker.say(here, text)
      await promise
      taken.up.push(seen('up') - before.up)
      taken.down.push(seen('down') - before.down)
    }
    const against = { name: 'the budget of 512 bytes', value: budget, target: 1 }
    return [
      figure('bytes of a live message of 100 bytes, through a relay', median(taken.up), against),
      figure('bytes of its acknowledgement', median(taken.down), { name: against.name, value: budget }),
    ]
  } finally {
    await pair.stop()
    await Promise.all(taps.map((tap) => tap.stop()))
  }
}
