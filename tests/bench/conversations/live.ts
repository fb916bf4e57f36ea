import { utf8 } from '../../../core/base/bytes.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { scratch } from '../../support/scratch.ts'
import { interleaved, timed } from '../interleaved.ts'
import { echoer } from '../raw.ts'
import { words } from './asks.ts'
import { BareSession } from './bare-session.ts'
import { BareVault } from './bare-vault.ts'
import { livePair, type LivePair } from './live-pair.ts'

/** One after the other, before it is the other side's turn: machines sleep in pauses, and wake slowly. */
const burst = 20
const times = 30
const warm = 5
const target = 1.5

/** A message of 256 bytes is sent and answered; in the end it is known to be delivered, and its answer is on disk. */
export async function liveRow(): Promise<Figure[]> {
  const direct = await measure('direct')
  const relayed = await measure('relay')
  const { parts } = direct
  const sum = 'its parts: echo, 2 x libsignal, 2 commits'
  return [
    figure('a message sent and answered, direct', direct.ours, { name: sum, value: direct.sum, target }),
    figure('a message sent and answered, direct, beside the wire alone', direct.ours, {
      name: 'hyperdht connection echo',
      value: direct.hyper,
    }),
    figure('a message sent and answered, through a relay', relayed.ours, { name: sum, value: relayed.sum }),
    figure('raw libp2p echo of 256 bytes, not ours', parts.echo, {
      name: 'hyperdht connection echo',
      value: direct.hyper,
    }),
    figure('raw libp2p echo of 256 bytes through a relay, not ours', relayed.parts.echo),
    figure('libsignal alone, encrypt and decrypt, answered in turn', parts.signal / 2),
    figure('SQLCipher alone, a commit of message and session', parts.commit / 2),
  ]
}

async function measure(kind: 'relay' | 'direct') {
  const pair = await livePair({ kind })
  const files = scratch()
  try {
    const echo = await echoer(pair.connection)
    const session = await BareSession.begin()
    const vault = new BareVault(files)
    const parts = { echo: [] as number[], signal: [] as number[], commit: [] as number[] }
    const sum = async (run: number): Promise<void> => {
      const text = words(false)
      const bytes = utf8(text)
      const records: Uint8Array<ArrayBuffer>[] = []
      const taken = {
        echo: await timed(() => echo(bytes)),
        signal: await timed(async () => {
          records.push(await session.say(0, bytes), await session.say(1, bytes))
        }),
        commit: await timed(async () => {
          for (const record of records) vault.commit(text, record)
        }),
      }
      if (run < 0) return
      for (const part of Object.keys(parts) as (keyof typeof parts)[]) parts[part].push(taken[part])
    }
    const { ours, theirs, hyper } = await interleaved(times, warm, {
      ours: () => inBurst(() => answered(pair, words(true))),
      theirs: (run) => inBurst(() => sum(run)),
      hyper: () => inBurst(() => pair.hyper(utf8(words(false)))),
    })
    return {
      ours: median(ours) / burst,
      sum: median(theirs) / burst,
      hyper: median(hyper) / burst,
      parts: { echo: median(parts.echo), signal: median(parts.signal), commit: median(parts.commit) },
    }
  } finally {
    files.remove()
    await pair.stop()
  }
}

async function inBurst(body: () => Promise<void>): Promise<void> {
  for (let i = 0; i < burst; i++) await body()
}

/** Sends, and waits until the answer is saved and the message known to be delivered. */
async function answered(pair: LivePair, text: string): Promise<void> {
  const { seeker, here } = pair
  const { promise, resolve } = Promise.withResolvers<void>()
  pair.onMessages = () => {
    const [question, answer] = seeker.conversations.messages({ conversationId: here, limit: 2 })
    if (answer?.mine === false && answer.text === text && question?.delivery === 'delivered') resolve()
  }
  await seeker.say(here, text)
  await promise
  pair.onMessages = () => {}
}
