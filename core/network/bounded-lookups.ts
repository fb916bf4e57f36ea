import type { Stream } from '@libp2p/interface'
import { longestLookupMessage } from './limits.ts'

type Handler = (stream: Stream, ...rest: readonly unknown[]) => unknown

/** The parts of libp2p that kad-dht gets its streams from. */
interface StreamSources {
  readonly connectionManager: { openStream(...args: readonly unknown[]): Promise<Stream> }
  readonly registrar: { handle(protocol: string, handler: Handler, ...rest: readonly unknown[]): Promise<void> }
}

/**
 * kad-dht's streams, each of which carries so many bytes to this node and no
 * more: kad-dht takes up to 4 MiB for a message, in which a node that lies can
 * name 100,000 peers, and each is looked at.
 *
 * @param service what makes kad-dht from libp2p's components
 */
export function boundedLookups<Components, Service>(
  service: (components: Components) => Service,
): (components: Components) => Service {
  return (components) => service(bounded(components))
}

function bounded<Components>(components: Components): Components {
  const { connectionManager, registrar } = components as StreamSources
  const replaced: StreamSources = {
    connectionManager: replace(connectionManager, {
      openStream: async (...args) => bound(await connectionManager.openStream(...args)),
    }),
    registrar: replace(registrar, {
      handle: (protocol, handler, ...rest) =>
        registrar.handle(protocol, (stream, ...more) => handler(bound(stream), ...more), ...rest),
    }),
  }
  return replace(components as object, replaced) as Components
}

/** libp2p's components are proxies and cannot be copied: everything else is theirs. */
function replace<Whole extends object>(whole: Whole, parts: Partial<Whole>): Whole {
  return new Proxy(whole, {
    get(target, name) {
      if (Object.hasOwn(parts, name)) return parts[name as keyof Whole]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

function bound(stream: Stream): Stream {
  let bytes = 0
  stream.addEventListener('message', ({ data }) => {
    bytes += data.byteLength
    if (bytes > longestLookupMessage) stream.abort(new RangeError('A lookup that says too much'))
  })
  return stream
}
