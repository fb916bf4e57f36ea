import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import HyperDHT from 'hyperdht'
import { eventually } from '../../support/eventually.ts'

export interface HyperEcho {
  /** Sends bytes to somebody who sends them back, and waits for them. */
  readonly echo: (bytes: Uint8Array) => Promise<void>
  stop(): Promise<void>
}

/** A connection of hyperdht, its first echo heard. Some never carry anything, on loopback at least: then another one is tried. */
export async function hyperEcho(
  publicKey: Uint8Array,
  bootstrap: readonly { host: string; port: number }[],
): Promise<HyperEcho> {
  const dht = new HyperDHT({ bootstrap, ephemeral: true, host: '127.0.0.1' })
  const connect = async (): Promise<HyperEcho['echo']> => {
    const socket = dht.connect(publicKey)
    socket.on('error', () => {})
    try {
      const signal = AbortSignal.timeout(2_000)
      await once(socket, 'open', { signal })
      await echoOn(socket, new Uint8Array(16), signal)
      return (bytes) => echoOn(socket, bytes)
    } catch (error) {
      socket.destroy()
      throw error
    }
  }
  const echo = await eventually(connect, { timeoutMs: 60_000, what: 'a connection of hyperdht' })
  return { echo, stop: () => dht.destroy() }
}

async function echoOn(socket: Duplex, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
  socket.write(bytes)
  for (let left = bytes.length; left > 0;) {
    const [chunk] = (await once(socket, 'data', signal === undefined ? {} : { signal })) as [Uint8Array]
    left -= chunk.length
  }
}
