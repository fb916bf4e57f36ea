import type { Connection, Stream } from '@libp2p/interface'
import { random } from '../../core/crypto/random.ts'
import { privateNode, type PrivateNode } from '../../core/network/libp2p.ts'

/** Two real nodes of one private network on loopback; `near` is connected to `far`. */
export interface Wired {
  readonly near: PrivateNode
  readonly far: PrivateNode
  /** A connection from near to far. */
  readonly connection: Connection
  /** Both ends of a new stream. */
  streams(protocol: string): Promise<{ near: Stream; far: Stream }>
  stop(): Promise<void>
}

export async function wired(): Promise<Wired> {
  const networkKey = random(32)
  const make = () => privateNode({ networkKey, role: 'member', listen: ['/ip4/127.0.0.1/tcp/0'] })
  const [near, far] = [await make(), await make()]
  await Promise.all([near.start(), far.start()])
  const connection = await near.dial(far.services.listening.transports.getAddrs())
  return {
    near,
    far,
    connection,
    async streams(protocol) {
      const { promise, resolve } = Promise.withResolvers<Stream>()
      await far.handle(protocol, (stream) => resolve(stream), { force: true })
      const near = await connection.newStream(protocol)
      // the other end learns of it with the first bytes at the latest
      const far_ = await promise
      return { near, far: far_ }
    },
    async stop() {
      await Promise.all([near.stop(), far.stop()])
    },
  }
}
