import type { Stream } from '@libp2p/interface'
import { copy, concat, u32, type Bytes } from '../../core/base/bytes.ts'
import type { PrivateNode } from '../../core/network/libp2p.ts'
import { boxProtocol } from '../../core/network/protocols.ts'
import type { Chance } from './chance.ts'
import { mutate } from './mutate.ts'

/** What may happen to one frame on its way out. */
export interface Tamper {
  /** @returns undefined: the frame goes as it is */
  chance(): Chance | undefined
  /** Told of what was sent instead. */
  sent(bytes: Bytes): void
}

/**
 * Makes a real node's box streams say something else than the node does: every
 * protocol that it serves from now on runs on streams whose writes go through `tamper`.
 */
export function tamperWith(node: PrivateNode, tamper: Tamper): void {
  const handle = node.handle.bind(node)
  node.handle = async (protocol, handler, options) => {
    await handle(
      protocol,
      (stream, connection) => handler(protocol === boxProtocol ? tampered(stream, tamper) : stream, connection),
      options,
    )
  }
}

function tampered(stream: Stream, tamper: Tamper): Stream {
  const send = stream.send.bind(stream)
  /** The first frames of this stream: what was true a moment ago. */
  const before: Bytes[] = []
  stream.send = (data) => {
    const frame = copy(data.subarray())
    const chance = tamper.chance()
    if (chance === undefined) {
      if (before.length < 8) before.push(frame)
      return send(data)
    }
    if (chance.once(12)) {
      stream.abort(new Error('tampered'))
      return false
    }
    const said = changed(frame, [frame, ...before], chance)
    tamper.sent(said)
    return said.length === 0 ? true : send(said)
  }
  return stream
}

function changed(frame: Bytes, corpus: readonly Bytes[], chance: Chance): Bytes {
  switch (chance.below(6)) {
    case 0:
      return new Uint8Array(0)
    case 1:
      return concat(frame, frame)
    case 2:
      return mutate({ corpus }, chance)
    default: {
      const body = mutate({ corpus: [frame.subarray(4), ...corpus.map((each) => each.subarray(4))] }, chance)
      return concat(u32(body.length), body)
    }
  }
}
