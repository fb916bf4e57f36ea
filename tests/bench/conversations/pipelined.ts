import { utf8 } from '../../../core/base/bytes.ts'
import { getConversation } from '../../../core/conversations/store.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { interleaved } from '../interleaved.ts'
import { words } from './asks.ts'
import { BareSession } from './bare-session.ts'
import { livePair, type LivePair } from './live-pair.ts'

/** Of one measured run. */
const count = 1_000
const times = 7
/** Sent without waiting for the one before, as somebody does who pastes a story. */
const atOnce = 128
const target = 0.3

/** Messages of 256 bytes one way, each on both disks and acknowledged, beside libsignal alone. Messages a second. */
export async function pipelinedRow(): Promise<Figure[]> {
  const pair = await livePair({ kind: 'direct' })
  try {
    const session = await BareSession.begin()
    const bytes = utf8(words(false))
    const taken = await interleaved(times, 1, {
      ours: () => delivered(pair),
      theirs: async () => {
        for (let i = 0; i < count; i++) await session.say(0, bytes)
      },
    })
    const perSecond = (runs: readonly number[]): number => count / (median(runs) / 1000)
    const name = 'libsignal alone, encrypt and decrypt'
    const against = { name, value: perSecond(taken.theirs), target, bound: 'at least' } as const
    return [figure('messages a second, one way, delivered', perSecond(taken.ours), against)]
  } finally {
    await pair.stop()
  }
}

/** Until the other has acknowledged all. */
async function delivered(pair: LivePair): Promise<void> {
  const { seeker, here } = pair
  const all = getConversation(seeker.database, here).sendNext + count
  const { promise, resolve } = Promise.withResolvers<void>()
  pair.onMessages = () => {
    if (getConversation(seeker.database, here).sendAcked === all) resolve()
  }
  let left = count
  const writer = async (): Promise<void> => {
    while (left-- > 0) await seeker.say(here, words(false))
  }
  await Promise.all(Array.from({ length: atOnce }, writer))
  await promise
  pair.onMessages = () => {}
}
