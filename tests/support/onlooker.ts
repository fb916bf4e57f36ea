import { vi } from 'vitest'
import { decodeBox } from '../../core/boxes/box.ts'
import { encodeRequest, type Answer, type Request } from '../../core/boxes/messages.ts'
import { ServerStream } from '../../core/boxes/server-stream.ts'
import { MemberNode } from '../../core/network/member-node.ts'

/** What a node is asked, as far as it can read it: no time, no place, no key. */
export interface Seen {
  readonly type: Request['type']
  /** Of the whole request. */
  readonly bytes: number
  /** How many places are asked for. */
  readonly places: number
  /** Of a box that is stored. */
  readonly box: { readonly sizeClass: number; readonly sequence: bigint; readonly lifeHours: number } | undefined
}

/**
 * Stands in a community node of this process, and notes what it is asked and
 * which protocols members speak. The real ones do all the work.
 */
export class Onlooker {
  #seen: Seen[] = []
  #protocols = new Set<string>()
  readonly #watched = new WeakSet<object>()

  constructor() {
    const handle = Reflect.get(ServerStream.prototype, 'handle') as (
      this: ServerStream,
      request: Request,
    ) => Promise<Iterable<Answer>>
    const { note } = this
    vi.spyOn(ServerStream.prototype, 'handle').mockImplementation(function (this: ServerStream, request) {
      note(request)
      return handle.call(this, request)
    })
    const start: (this: MemberNode) => Promise<void> = Reflect.get(MemberNode.prototype, 'start')
    const { watch } = this
    vi.spyOn(MemberNode.prototype, 'start').mockImplementation(async function (this: MemberNode) {
      await start.call(this)
      watch(this)
    })
  }

  /** All since the last time. */
  take(): { readonly seen: readonly Seen[]; readonly protocols: ReadonlySet<string> } {
    const taken = { seen: this.#seen, protocols: this.#protocols }
    this.#seen = []
    this.#protocols = new Set()
    return taken
  }

  get stores(): number {
    return this.#seen.filter(({ type }) => type === 'store').length
  }

  stop(): void {
    vi.restoreAllMocks()
  }

  readonly note = (request: Request): void => {
    const box = request.type === 'store' ? decodeBox(request.box) : undefined
    this.#seen.push({
      type: request.type,
      bytes: encodeRequest(request).length,
      places: request.type === 'fetch' || request.type === 'read' ? request.places.length : 0,
      box: box && {
        sizeClass: box.sizeClass,
        sequence: box.sequence,
        lifeHours: box.expiryHours - Math.floor(Date.now() / 3_600_000),
      },
    })
  }

  /** Streams that the member opens, and those that others open to it. */
  readonly watch = ({ libp2p }: MemberNode): void => {
    const listen = (connection: ReturnType<typeof libp2p.getConnections>[number]): void => {
      if (this.#watched.has(connection)) return
      this.#watched.add(connection)
      for (const stream of connection.streams) this.#protocols.add(stream.protocol)
      const open = connection.newStream.bind(connection)
      connection.newStream = (protocols, options) => {
        for (const protocol of [protocols].flat()) this.#protocols.add(protocol)
        return open(protocols, options)
      }
    }
    libp2p.getConnections().forEach(listen)
    libp2p.addEventListener('connection:open', ({ detail }) => listen(detail))
    for (const protocol of libp2p.getProtocols()) {
      libp2p.use(protocol, (stream, connection, next) => {
        this.#protocols.add(protocol)
        next(stream, connection)
      })
    }
  }
}
