import { peerIdFromString } from '@libp2p/peer-id'
import { hex } from '../../../core/base/bytes.ts'
import { replicas } from '../../../core/boxes/limits.ts'
import { nearest } from '../../../core/boxes/nearness.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { Children } from '../children.ts'
import { interleaved } from '../interleaved.ts'
import type { OurNodes } from './nets.ts'
import { preparedBox } from './prepared.ts'
import type { SharedNets } from './shared-nets.ts'

const times = 7

/** A member's first store, from the start of its process until a majority acknowledged; the box is ready beforehand. */
export async function freshRow(shared: SharedNets): Promise<Figure[]> {
  const children = new Children()
  try {
    const nodes = await shared.ours()
    const store = async (how: 'member' | 'raw'): Promise<void> => {
      const { draft, box } = preparedBox()
      const addresses = how === 'member' ? nodes.anchors : belonging(nodes, draft.capability.place)
      const input = { how, networkKey: hex(nodes.networkKey), box: hex(box), addresses }
      const child = children.start('boxes/fresh-process.ts', input)
      await child.line(/^acknowledged$/)
      // its end is not part of it, but the other side's start would suffer from it
      queueMicrotask(() => void child.stop('SIGKILL'))
    }
    const taken = await interleaved(times, 1, { ours: () => store('member'), theirs: () => store('raw') })
    return [
      figure("a fresh member's first store, from process start", median(taken.ours), {
        name: 'a process of raw libp2p that dials the same nodes and stores',
        value: median(taken.theirs),
        target: 2,
      }),
    ]
  } finally {
    await children.end()
  }
}

/** The nodes nearest to a place, and the anchors: what our member has to find out first. */
function belonging({ addresses, anchors }: OurNodes, place: Uint8Array): string[] {
  const byPeer = new Map(addresses.map((address) => [address.split('/').at(-1) ?? '', address]))
  const peers = [...byPeer.keys()].map((name) => peerIdFromString(name))
  const near = nearest(place, peers, replicas).flatMap((peer) => byPeer.get(peer.toString()) ?? [])
  return [...new Set([...near, ...anchors])]
}
