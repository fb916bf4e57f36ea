import { systemClock } from '../../../core/base/clock.ts'
import type { Bytes } from '../../../core/base/bytes.ts'
import type { Capability } from '../../../core/boxes/capability.ts'
import { proveRecord } from '../../../core/boxes/record.ts'
import { authorDigest } from '../../../core/boxes/store.ts'
import { random } from '../../../core/crypto/random.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { draftFor, freshCapability, makeBox, type FullDraft } from '../../support/boxes.ts'
import { Children } from './children.ts'
import { timed } from './interleaved.ts'
import { ourNodes } from './nets.ts'
import { workBits } from './prepared.ts'

const offers = 1000
const shards = 10
/** About what an offer takes that says what it should. */
const offerBytes = 2200
const nodeCount = 8
const times = 5
/** Boxes that are stored at the same time before the measuring. */
const atOnce = 20

interface Offer {
  readonly draft: FullDraft
  readonly box: Bytes
}

/** Reading a whole board with nothing in the cache, and what its cryptography takes by itself. */
export async function boardRow(): Promise<Figure[]> {
  const children = new Children()
  try {
    const nodes = await ourNodes(children, { groups: [nodeCount] })
    const places = Array.from({ length: shards }, freshCapability)
    const board = Array.from({ length: offers }, (_, index): Offer => {
      const place = places[index % shards]
      const draft = draftFor(systemClock, { content: random(offerBytes), ...(place && { capability: place }) })
      return { draft, box: makeBox(draft, workBits) }
    })
    const writer = await nodes.member()
    for (let from = 0; from < offers; from += atOnce) {
      await Promise.all(board.slice(from, from + atOnce).map(({ box }) => writer.client.store(box)))
    }
    await writer.stop()
    const ours: number[] = []
    const parts: number[] = []
    for (let run = -1; run < times; run++) {
      const [read, alone] = [await readAll(nodes, places), await timed(async () => proveAll(board))]
      if (run < 0) continue
      ours.push(read)
      parts.push(alone)
    }
    return [
      figure('read a board of 1,000 offers, verified and decrypted', median(ours), {
        name: '1,000 x verify and open, alone',
        value: median(parts),
        target: 1.5,
      }),
    ]
  } finally {
    await children.end()
  }
}

/** By somebody who is connected and has read nothing yet. */
async function readAll(nodes: Awaited<ReturnType<typeof ourNodes>>, places: readonly Capability[]): Promise<number> {
  const reader = await nodes.member()
  try {
    await reader.client.fetch([freshCapability()])
    let found = 0
    const taken = await timed(async () => {
      found = (await reader.client.fetch(places)).length
    })
    if (found !== offers) throw new Error(`${found} of ${offers} offers were read`)
    return taken
  } finally {
    await reader.stop()
  }
}

function proveAll(board: readonly Offer[]): void {
  for (const { draft, box } of board) {
    const digest = authorDigest(draft.author.publicKey)
    const proven = proveRecord(box, { capability: draft.capability, digest, clock: systemClock })
    if (proven?.opened === undefined) throw new Error('A box that cannot be opened')
  }
}
