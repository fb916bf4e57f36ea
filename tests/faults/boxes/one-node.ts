import { peerIdFromString } from '@libp2p/peer-id'
import { equal, hex } from '../../../core/base/bytes.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { isFault } from '../../../core/base/fault.ts'
import type { Verdict } from '../../../core/boxes/acceptance.ts'
import { BoxSession } from '../../../core/boxes/box-session.ts'
import { maxRecords } from '../../../core/boxes/limits.ts'
import { proveRecord } from '../../../core/boxes/record.ts'
import type { RefusalReason } from '../../../core/boxes/refusal.ts'
import { authorDigest } from '../../../core/boxes/store.ts'
import { encodeTombstone } from '../../../core/boxes/tombstone.ts'
import type { Dice } from '../../harness/dice.ts'
import { makeBox, type FullDraft } from '../../support/boxes.ts'
import type { TestMember } from '../../support/testnet.ts'
import { draftOf, nextOf } from './drafts.ts'
import type { Tally } from './ledger.ts'

/** One author's box at one node. */
interface Entry {
  /** The last that this node acknowledged. */
  promised: FullDraft | undefined
  /** All that it was sent. */
  readonly sent: FullDraft[]
  deleted: 'yes' | 'maybe' | 'no'
}

/** `nothing` where it did not answer. */
export type Said = 'done' | RefusalReason | 'nothing'

/** What one node was sent and said, over a box stream of one member; nobody else writes there. */
export class OneNode {
  readonly #address: string
  readonly #dice: Dice
  readonly #entries: Entry[] = []
  #session: BoxSession | undefined

  constructor(address: string, dice: Dice) {
    this.#address = address
    this.#dice = dice
  }

  /** From now on over a stream of this member. */
  use(member: TestMember): void {
    this.#session = this.#sessionOf(member)
  }

  /** Sends something new, or something newer, or deletes something. @returns what the node said */
  async write(): Promise<Said> {
    const living = this.#entries.filter(({ promised, deleted }) => promised !== undefined && deleted === 'no')
    const chance = this.#dice.fraction()
    const known = chance < 0.5 || living.length === 0 ? undefined : this.#dice.pick(living)
    if (known?.promised !== undefined && chance > 0.9) return this.#delete(known, known.promised)
    if (known?.promised !== undefined)
      return this.#store(known, nextOf(this.#dice, known.sent.at(-1) ?? known.promised))
    const entry: Entry = { promised: undefined, sent: [], deleted: 'no' }
    this.#entries.push(entry)
    return this.#store(entry, draftOf(this.#dice, clock))
  }

  /** Over a stream of another member: what this node lists and gives of all that it acknowledged. */
  async check(member: TestMember): Promise<Tally> {
    const session = this.#sessionOf(member)
    const tally = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0 }
    const promised = this.#entries.flatMap((entry) => entry.promised ?? [])
    const entries = this.#entries.filter((entry) => entry.promised !== undefined)
    for (let from = 0; from < promised.length; from += maxRecords) {
      const drafts = promised.slice(from, from + maxRecords)
      const listing = await session.list(
        drafts.map(({ capability }) => capability),
        0,
        undefined,
      )
      const records = await session.get(
        drafts.map(({ capability: { place }, author }) => ({ place, digest: authorDigest(author.publicKey) })),
        undefined,
      )
      for (const [index, draft] of drafts.entries()) {
        const entry = entries[from + index]
        if (entry === undefined) continue
        const digest = authorDigest(draft.author.publicKey)
        const listed = (listing.places.get(index) ?? []).filter((each) => equal(each.digest, digest))
        const record = records[index]
        const proven =
          record === undefined ? undefined : proveRecord(record, { capability: draft.capability, digest, clock })
        tally.promised++
        if (listed.length > 1) tally.duplicated++
        else tally[verdict(entry, draft, proven)]++
      }
    }
    session.close()
    return tally
  }

  #sessionOf({ node }: TestMember): BoxSession {
    const peer = peerIdFromString(this.#address.split('/').at(-1) ?? '')
    return new BoxSession({ libp2p: () => node.libp2p, peer, clock })
  }

  async #store(entry: Entry, draft: FullDraft): Promise<Said> {
    entry.sent.push(draft)
    const said = await this.#said(async (session) =>
      session.store(makeBox(draft, await session.workBits(undefined)), undefined),
    )
    if (said === 'done') entry.promised = draft
    return said
  }

  async #delete(entry: Entry, { capability: { place }, author }: FullDraft): Promise<Said> {
    const sequence = entry.sent.at(-1)?.sequence ?? 0n
    entry.deleted = 'maybe'
    const said = await this.#said((session) => session.bury(encodeTombstone({ place, author, sequence }), undefined))
    if (said === 'done') entry.deleted = 'yes'
    return said
  }

  async #said(ask: (session: BoxSession) => Promise<Verdict>): Promise<Said> {
    if (this.#session === undefined) throw new Error('no member writes')
    try {
      const verdict = await ask(this.#session)
      return verdict.type === 'done' ? 'done' : verdict.reason
    } catch (error) {
      if (isFault(error, 'unreachable', 'timeout')) return 'nothing'
      throw error
    }
  }
}

function verdict(
  { sent, deleted }: Entry,
  promised: FullDraft,
  proven: ReturnType<typeof proveRecord>,
): Exclude<keyof Tally, 'promised' | 'duplicated'> {
  if (proven === undefined) return 'lost'
  if (proven.kind === 'tombstone') return deleted === 'no' ? 'lost' : 'found'
  if (deleted === 'yes' || proven.sequence < promised.sequence) return 'reordered'
  const { opened } = proven
  const meant = sent.find(({ sequence }) => sequence === proven.sequence)
  return opened !== undefined && meant !== undefined && hex(meant.content) === hex(opened.content) ? 'found' : 'lost'
}
