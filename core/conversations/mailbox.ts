import type { Job } from '../base/jobs.ts'
import { hex, type Bytes } from '../base/bytes.ts'
import { isFault } from '../base/fault.ts'
import type { CommunityId, ConversationId } from '../base/ids.ts'
import type { BoxClient } from '../boxes/client.ts'
import { hourMs, nowHours } from '../boxes/hours.ts'
import { longestLifeHours } from '../boxes/limits.ts'
import { jittered } from '../crypto/random.ts'
import { signingKey } from '../crypto/sign.ts'
import { advance, mailboxAt } from './chain.ts'
import type { Desk } from './desk.ts'
import { forgetDisposal, listDisposals, type Disposal } from './disposals.ts'
import { encodeItem } from './item.ts'
import { isStopped } from './key-state.ts'
import { dropBox, dueTimes, isUnacknowledged, keepBox, markStored, nextParcel, type Parcel } from './outbox.ts'
import { getConversation } from './store.ts'
import { boxLifeHours, boxLifeLeastHours, type Timing } from './timing.ts'

export interface MailboxOptions {
  readonly desk: Desk
  readonly communityId: CommunityId
  readonly client: BoxClient
  readonly timing: Timing
  /** Whether a live channel carries this conversation now: then nothing is stored. */
  readonly live: (id: ConversationId) => boolean
  readonly changed: (id: ConversationId) => void
}

/** At most so many are planned at once; the plan is made again after each. */
const disposalsAtOnce = 16

/** What there is to do on the nodes for a community's mail: to store what is unacknowledged, to delete what was received. */
export class Mailbox {
  readonly #options: MailboxOptions

  constructor(options: MailboxOptions) {
    this.#options = options
  }

  jobs(): Job[] {
    return [...this.#stores(), ...this.#deletes()]
  }

  #stores(): Job[] {
    const { desk, communityId, live } = this.#options
    return dueTimes(desk.database, communityId, desk.clock.now())
      .filter(({ id }) => !live(id))
      .map(({ id, index, dueAt }) => ({
        key: `store ${id} ${index}`,
        subject: id,
        dueAt,
        run: (signal) => this.#store(id, signal),
      }))
  }

  async #store(id: ConversationId, signal: AbortSignal): Promise<void> {
    const { desk, client, timing, changed } = this.#options
    const { database, clock } = desk
    const parcel = nextParcel(database, id, clock.now())
    if (parcel === undefined || isStopped(database, id)) return
    const { generation } = getConversation(database, id)
    const box = await this.#prepared(id, parcel, signal)
    // a channel may have carried it while it was being mined, or it was encrypted anew
    if (!isUnacknowledged(database, id, parcel.index)) return
    if (getConversation(database, id).generation !== generation) return
    try {
      await client.store(box, { signal })
    } catch (error) {
      if (!isFault(error, 'box-refused')) throw error
      // stored before and refused now: most likely its receiver has deleted it, and the acknowledgement is on its way
      if (!parcel.stored) {
        dropBox(database, id, parcel.index)
        throw error
      }
    }
    if (getConversation(database, id).generation !== generation) return
    const againAt = Math.round(clock.now() + jittered(timing.storeAgain, 0.25))
    markStored(database, id, parcel.index, againAt)
    if (!parcel.stored) changed(id)
  }

  /** Mining is slow: its result is saved before it is sent, and used again as long as it lives. */
  async #prepared(id: ConversationId, parcel: Parcel, signal: AbortSignal): Promise<Bytes> {
    const { desk, client } = this.#options
    const { database, clock } = desk
    const hours = nowHours(clock)
    if (parcel.box !== undefined && parcel.expiryHours >= hours + boxLifeLeastHours) return parcel.box
    const { sendChain, sendAcked, generation } = getConversation(database, id)
    const { capability, authorSeed } = mailboxAt(advance(sendChain, parcel.index - sendAcked), generation)
    const sequence = parcel.sequence + 1
    const expiryHours = hours + boxLifeHours
    const draft = {
      capability,
      author: signingKey(authorSeed),
      sequence: BigInt(sequence),
      expiryHours,
      content: encodeItem(parcel.ciphertext),
    }
    const box = await client.prepare(draft, { signal })
    if (getConversation(database, id).generation === generation)
      keepBox(database, id, parcel.index, { box, sequence, expiryHours })
    return box
  }

  #deletes(): Job[] {
    const { desk, communityId } = this.#options
    return listDisposals(desk.database, communityId, disposalsAtOnce).map((disposal) => ({
      key: `delete ${hex(disposal.place)}`,
      subject: 'delete',
      dueAt: disposal.addedAt,
      run: (signal) => this.#delete(disposal, signal),
    }))
  }

  async #delete(disposal: Disposal & { readonly addedAt: number }, signal: AbortSignal): Promise<void> {
    const { desk, client } = this.#options
    const { place, authorSeed, sequence, addedAt } = disposal
    // by then every box has expired
    if (desk.clock.now() < addedAt + longestLifeHours * hourMs) {
      await client.delete({ place, author: signingKey(authorSeed), sequence }, { signal }).catch((error: unknown) => {
        // the sender stored a newer one in the meantime: it will expire
        if (!isFault(error, 'box-refused')) throw error
      })
    }
    forgetDisposal(desk.database, place)
  }
}
