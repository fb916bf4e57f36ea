import { setImmediate } from 'node:timers/promises'
import { systemClock as clock } from '../../../core/base/clock.ts'
import type { CommunityId } from '../../../core/base/ids.ts'
import { proveRecord } from '../../../core/boxes/record.ts'
import type { BoxClient } from '../../../core/boxes/client.ts'
import { authorDigest } from '../../../core/boxes/store.ts'
import { decodeOffer } from '../../../core/offers/content.ts'
import { SeenOffers } from '../../../core/offers/seen-offers.ts'
import { identityKeyOf } from '../../../core/ratchet/bundle.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { freshCapability } from '../../support/boxes.ts'
import { Member } from '../../support/member.ts'
import { scratch } from '../../support/scratch.ts'
import { Children } from '../children.ts'
import { timed } from '../interleaved.ts'
import { ourNodes, type OurNodes } from './nets.ts'
import { lyingOffers, type LyingOffer } from './offers.ts'

const offers = 1000
const nodeCount = 8
const times = 5
/** Boxes that are stored at the same time before the measuring. */
const atOnce = 20

/** Somebody new to the community, with an empty vault. */
type Newcomer = (client?: BoxClient) => { readonly member: Member; readonly communityId: CommunityId }

/** What the app does when somebody looks at a board for the first time, and what its parts take by themselves. */
export async function boardRow(): Promise<Figure[]> {
  const children = new Children()
  const files = scratch()
  try {
    const nodes = await ourNodes(children, { groups: [nodeCount] })
    const mentor = new Member({ files, name: 'mentor', clock })
    const { communityId } = mentor.found('Maple Heron')
    const board = lyingOffers(mentor, communityId, offers)
    const writer = await nodes.member()
    for (let from = 0; from < offers; from += atOnce) {
      await Promise.all(board.slice(from, from + atOnce).map(({ box }) => writer.client.store(box)))
    }
    await writer.stop()
    let vaults = 0
    const newcomer: Newcomer = (client) => {
      const member = new Member({ files, name: `seeker-${vaults++}`, clock, client: () => client })
      return { member, communityId: member.join(mentor, communityId, 'Quiet River').communityId }
    }
    const ours: number[] = []
    const parts: number[] = []
    for (let run = -1; run < times; run++) {
      const [read, alone] = [await readAll(nodes, newcomer), await partsAlone(board, newcomer)]
      if (run < 0) continue
      ours.push(read)
      parts.push(alone)
    }
    return [
      figure('read a board of 1,000 offers: found, verified, decrypted, decoded and kept', median(ours), {
        name: '1,000 x verify, open, decode and keep, alone',
        value: median(parts),
        target: 1.5,
      }),
    ]
  } finally {
    await children.end()
    files.remove()
  }
}

/** By somebody who is connected and has read nothing yet: all places of the board, the empty ones too. */
async function readAll(nodes: OurNodes, newcomer: Newcomer): Promise<number> {
  const reader = await nodes.member()
  const { member, communityId } = newcomer(reader.client)
  try {
    await reader.client.fetch([freshCapability()])
    let found = 0
    const taken = await timed(async () => {
      found = (await member.offers.refresh({ communityId })).found
    })
    if (found !== offers) throw new Error(`${found} of ${offers} offers were read`)
    return taken
  } finally {
    await member.stop()
    member.database.close()
    await reader.stop()
  }
}

/** The same functions on the same boxes, without the network and without giving anybody else a turn. */
async function partsAlone(board: readonly LyingOffer[], newcomer: Newcomer): Promise<number> {
  const { member, communityId } = newcomer()
  const seen = new SeenOffers(member.database)
  const now = clock.now()
  await setImmediate()
  const taken = await timed(async () => {
    member.database.transaction(() => {
      for (const { box, author, capability, epoch } of board) {
        const opened = proveRecord(box, { capability, digest: authorDigest(author), clock })?.opened
        if (opened === undefined) throw new Error('A box that cannot be opened')
        const content = decodeOffer(opened.content, { author: opened.author, epoch })
        seen.put(communityId, content, { identityKey: identityKeyOf(content.bundle), epoch, now })
      }
    })
  })
  member.database.close()
  return taken
}
