import { join } from 'node:path'
import type { Connection } from '@libp2p/interface'
import { fromHex, hex } from '../../../core/base/bytes.ts'
import { systemClock } from '../../../core/base/clock.ts'
import type { ConversationId } from '../../../core/base/ids.ts'
import { random } from '../../../core/crypto/random.ts'
import { Database } from '../../../core/database/database.ts'
import { migrate } from '../../../core/database/migrations.ts'
import { eventually } from '../../support/eventually.ts'
import { introduce, pairSchema } from '../../support/pair.ts'
import { scratch } from '../../support/scratch.ts'
import { Talker } from '../../support/talker.ts'
import { startTestnet } from '../../support/testnet.ts'
import { Children } from '../children.ts'
import { hyperEcho } from './hyper-echo.ts'

/** Two members with a live channel: one in this process, one in a process of its own, a community node in a third place: here too. */
export interface LivePair {
  readonly seeker: Talker
  readonly here: ConversationId
  /** The channel's own connection. */
  readonly connection: Connection
  /** A connection of hyperdht to the other's process. */
  readonly hyper: (bytes: Uint8Array) => Promise<void>
  /** Called at every event of the seeker's that tells of messages. */
  onMessages: () => void
  stop(): Promise<void>
}

export interface LivePairOptions {
  readonly kind: 'relay' | 'direct'
  /** How the seeker knows the nodes, where not by their own addresses. */
  readonly addresses?: (addresses: readonly string[]) => Promise<readonly string[]>
}

export async function livePair({ kind, addresses }: LivePairOptions): Promise<LivePair> {
  const files = scratch()
  const children = new Children()
  const net = await startTestnet()
  const direct = kind === 'direct'
  const path = join(files.directory, 'mentor.db')
  const key = random(32)
  const told = addresses === undefined ? net.addresses : await addresses(net.addresses)
  const seeker = new Talker({ net, files, name: 'seeker', addresses: told })
  const vault = Database.open(path, key)
  migrate(vault, pairSchema)
  const sides = await introduce(seeker.database, vault, systemClock)
  vault.close()
  const here = sides.seeker.id
  const input = {
    networkKey: hex(net.networkKey),
    addresses: net.addresses,
    path,
    key: hex(key),
    conversationId: sides.mentor.id,
    direct,
  }
  const child = children.start('conversations/peer-process.ts', input)
  const stop = async (): Promise<void> => {
    await seeker.stop()
    await children.end()
    await net.stop()
    files.remove()
  }
  const pair = { seeker, here, onMessages: () => {}, stop } as LivePair
  seeker.onEvent = ({ type }) => {
    if (type === 'messages') pair.onMessages()
  }
  try {
    await seeker.start(direct ? 'direct' : 'relay')
    if (direct) seeker.conversations.allowDirect({ conversationId: here, allowed: true })
    const [, line = '{}'] = await child.line(/^ready (.+)$/)
    const there = JSON.parse(line) as { peer: string; hyper: string; bootstrap: { host: string; port: number }[] }
    const connected = async (): Promise<boolean> => {
      await seeker.check()
      return seeker.channel(here) === kind
    }
    await eventually(connected, { everyMs: 300, timeoutMs: 60_000, what: `a ${kind} channel` })
    const connection = seeker.node.libp2p
      .getConnections()
      .find(({ remotePeer, direct }) => remotePeer.toString() === there.peer && direct === (kind === 'direct'))
    if (connection === undefined) throw new Error('A channel without a connection')
    const hyper = await hyperEcho(fromHex(there.hyper), there.bootstrap)
    return Object.assign(pair, {
      connection,
      hyper: hyper.echo,
      async stop() {
        await hyper.stop()
        await stop()
      },
    })
  } catch (error) {
    await stop()
    throw new Error(`The pair did not come about:\n${child.output}`, { cause: error })
  }
}
