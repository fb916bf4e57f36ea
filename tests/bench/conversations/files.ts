import { join } from 'node:path'
import type { Connection } from '@libp2p/interface'
import { hex } from '../../../core/base/bytes.ts'
import { systemClock } from '../../../core/base/clock.ts'
import type { ConversationId, FileId } from '../../../core/base/ids.ts'
import { random } from '../../../core/crypto/random.ts'
import { Database } from '../../../core/database/database.ts'
import { migrate } from '../../../core/database/migrations.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { eventually } from '../../support/eventually.ts'
import { communityId, introduce, pairSchema } from '../../support/pair.ts'
import { OwnProcess } from '../../support/processes.ts'
import { scratch } from '../../support/scratch.ts'
import { Talker } from '../../support/talker.ts'
import { startTestnet } from '../../support/testnet.ts'
import { interleaved } from '../interleaved.ts'
import { bulkProtocol } from './file-input.ts'

const size = 100 * 1024 * 1024
const times = 5
const warm = 1
/** Throughput at least half of the wire's. */
const target = 2

/**
 * A file of 100 MiB over a live channel's direct connection: asked for, received, checked and on the disk. Beside as
 * many bytes over a bare stream of the same connection, which are thrown away. Sender and receiver are processes.
 */
export async function filesRow(): Promise<Figure[]> {
  const disk = scratch()
  const net = await startTestnet()
  const taker = new Talker({ net, files: disk, name: 'taker', profile: join(disk.directory, 'taker') })
  const path = join(disk.directory, 'giver.db')
  const key = random(32)
  const vault = Database.open(path, key)
  migrate(vault, pairSchema)
  const { seeker, mentor } = await introduce(taker.database, vault, systemClock)
  vault.close()
  const input = {
    networkKey: hex(net.networkKey),
    addresses: net.addresses,
    path,
    key: hex(key),
    directory: join(disk.directory, 'giver'),
    conversationId: mentor.id,
    files: times + warm,
    size,
  }
  const child = new OwnProcess('tests/bench/conversations/file-process.ts', [], { input: JSON.stringify(input) })
  const kill = (): void => void child.child.kill('SIGKILL')
  process.once('exit', kill)
  try {
    await taker.start('direct')
    taker.conversations.allowDirect({ conversationId: seeker.id, allowed: true })
    await child.line(/^ready$/, 180_000)
    const connection = await eventually(
      async () => {
        await taker.check()
        const open = taker.conversations.lines(communityId)?.connection(seeker.id)
        return open?.direct === true ? open : undefined
      },
      { everyMs: 300, timeoutMs: 60_000, what: 'a direct channel' },
    )
    await eventually(() => taker.files.list(seeker.id).length === times + warm, { timeoutMs: 60_000 })
    const offered = taker.files.list(seeker.id).map(({ id }) => id as FileId)
    const taken = await interleaved(times, warm, {
      ours: () => fetched(taker, offered.pop()),
      theirs: () => bulk(connection),
    })
    const against = { name: 'the same bytes over raw libp2p, thrown away', value: median(taken.theirs), target }
    return [
      figure('a file of 100 MiB over a live channel, direct', median(taken.ours), against),
      figure('the same, in MB/s', size / median(taken.ours) / 1000, {
        name: 'raw libp2p',
        value: size / median(taken.theirs) / 1000,
      }),
    ]
  } finally {
    process.off('exit', kill)
    await child.stop('SIGKILL')
    await taker.stop()
    await net.stop()
    disk.remove()
  }
}

/** Asks for a file, and waits until it counts as there. */
async function fetched(taker: Talker, id: FileId | undefined): Promise<void> {
  if (id === undefined) throw new Error('There is no file left')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  taker.onEvent = (event) => {
    if (event.type !== 'files') return
    const { state } = taker.files.list(event.conversationId as ConversationId).find((file) => file.id === id) ?? {}
    if (state === 'here') resolve()
    else if (state !== 'waiting' && state !== 'moving') reject(new Error(`The file is ${state}`))
  }
  taker.files.accept(id)
  await promise
  taker.onEvent = () => {}
}

async function bulk(connection: Connection): Promise<void> {
  const stream = await connection.newStream(bulkProtocol)
  let left = size
  for await (const bytes of stream) {
    left -= bytes.byteLength
    if (left === 0) return
  }
  throw new Error('The stream ended too early')
}
