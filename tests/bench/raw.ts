import { lpStream } from '@libp2p/utils'
import type { Connection, Stream } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { privateNode, type PrivateNode } from '../../core/network/libp2p.ts'

const protocol = '/bench/echo/1'

/** A libp2p node of the same private network that sends back what it is sent: what the wire itself costs. */
export async function echoNode(networkKey: Uint8Array): Promise<PrivateNode> {
  const node = await privateNode({ networkKey, role: 'member', listen: ['/ip4/127.0.0.1/tcp/0'] })
  await node.start()
  await answerOn(node)
  return node
}

export async function answerOn(node: PrivateNode): Promise<void> {
  await node.handle(protocol, (stream) => void answer(stream).catch(() => stream.abort(new Error('ended'))), {
    runOnLimitedConnection: true,
    maxInboundStreams: 256,
    maxOutboundStreams: 256,
  })
}

async function answer(stream: Stream): Promise<void> {
  const frames = lpStream(stream)
  for (;;) await frames.write(await frames.read())
}

/** Sends bytes on a stream of its own and waits for them to come back. */
export async function echoOnce(connection: Connection, bytes: Uint8Array): Promise<void> {
  const stream = await connection.newStream(protocol, { runOnLimitedConnection: true })
  const frames = lpStream(stream)
  await frames.write(bytes)
  await frames.read()
  stream.abort(new Error('done'))
}

/** The same on a stream that stays open. */
export async function echoer(connection: Connection): Promise<(bytes: Uint8Array) => Promise<void>> {
  const stream = await connection.newStream(protocol, { runOnLimitedConnection: true })
  const frames = lpStream(stream)
  return async (bytes) => {
    await frames.write(bytes)
    await frames.read()
  }
}

export function addressOf(node: PrivateNode): Multiaddr {
  // members announce nothing
  const [address] = node.services.listening.transports.getAddrs()
  if (address === undefined) throw new Error('The node listens nowhere')
  return address.encapsulate(`/p2p/${node.peerId.toString()}`)
}
