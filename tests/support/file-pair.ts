import type { Connection } from '@libp2p/interface'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { ConversationId } from '../../core/base/ids.ts'
import type { Lines } from '../../core/files/lines.ts'
import type { PrivateNode } from '../../core/network/libp2p.ts'
import { acquaintedSides, type FileSide } from './file-side.ts'
import { scratch, type Scratch } from './scratch.ts'
import { wired, type Wired } from './streams.ts'

/** Two sides over two real nodes; in the place of channels stands whether one is open. */
export interface FilePair {
  readonly giver: FileSide
  readonly taker: FileSide
  /** Each side's end of the connection. */
  readonly near: Lines
  readonly far: Lines
  open: boolean
  /** From the taker to the giver. */
  connection(): Connection
}

/** The taker is at `net.near`, the giver at `net.far`; both have started. They leave what stalls after 1.5 s. */
export async function filePair(net: Wired, disk: Scratch, name: string): Promise<FilePair> {
  const { giver, taker } = await acquaintedSides(disk, name, { answer: 3_000, stall: 1_500 })
  const pair: FilePair = {
    giver,
    taker,
    open: true,
    near: lines(net.near, net.far, () => taker.id),
    far: lines(net.far, net.near, () => giver.id),
    connection: () => between(net.near, net.far),
  }
  function lines(libp2p: PrivateNode, far: PrivateNode, id: () => ConversationId): Lines {
    return {
      libp2p,
      over: (connection) => (pair.open && connection === between(libp2p, far) ? [id()] : []),
      connection: (wanted) => (pair.open && wanted === id() ? between(libp2p, far) : undefined),
    }
  }
  await taker.start(pair.near)
  await giver.start(pair.far)
  return pair
}

function between(libp2p: PrivateNode, far: PrivateNode): Connection {
  const [connection] = libp2p.getConnections(far.peerId)
  if (connection === undefined) throw new Error('There is no connection')
  return connection
}

/** Gives each test a new pair over two real nodes that all of the file's tests share. */
export function eachWithFilePair(begin: (pair: FilePair, net: Wired, disk: Scratch) => void): void {
  const disk = scratch()
  let net: Wired
  let nth = 0
  let pair: FilePair

  beforeAll(async () => {
    net = await wired()
  })

  beforeEach(async () => {
    pair = await filePair(net, disk, `pair-${nth++}`)
    begin(pair, net, disk)
  })

  afterEach(async () => {
    await Promise.all([pair.giver.files.stop(), pair.taker.files.stop()])
  })

  afterAll(async () => {
    await net.stop()
    disk.remove()
  })
}
