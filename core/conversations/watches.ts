import { equal } from '../base/bytes.ts'
import type { OpenedBox } from '../boxes/client.ts'
import type { Watch } from '../boxes/poller.ts'
import { advance, dayOf, directionOf, mailboxAt, otherRole, presenceAt, type PairBox } from './chain.ts'
import type { Disposal } from './disposals.ts'
import type { Conversation } from './store.ts'

/** How many boxes ahead of the next expected one are looked for. */
export const mailboxWindow = 8
/** A clock may be so far off. */
const skewMs = 2 * 3_600_000
/** How far back an acknowledgement may lie that was told while this side was away. */
const longestAway = 14

/** What is made of a box that was found. */
export interface Found {
  mail(conversation: Conversation, index: number, box: OpenedBox, disposal: Disposal): Promise<void>
  presence(conversation: Conversation, box: OpenedBox): Promise<void>
}

/**
 * Where the other of a conversation may have left something: the next boxes of
 * their mailbox, and their presence of today and yesterday.
 *
 * @param lookBack whether to look at older presence too, for acknowledgements
 */
export function* watchesOf(
  conversation: Conversation,
  { now, lookBack, found }: { readonly now: number; readonly lookBack: boolean; readonly found: Found },
): Generator<Watch> {
  let chainKey = conversation.receiveChain
  for (let ahead = 0; ahead < mailboxWindow; ahead++) {
    const index = conversation.receiveNext + ahead
    const at = mailboxAt(chainKey, conversation.generation)
    yield watch(at, (box) =>
      found.mail(conversation, index, box, {
        place: at.capability.place,
        authorSeed: at.authorSeed,
        sequence: box.sequence,
      }),
    )
    chainKey = advance(chainKey, 1)
  }
  const theirs = directionOf(otherRole(conversation.role))
  for (const day of presenceDays(conversation, now, lookBack)) {
    yield watch(presenceAt(conversation.presenceKey, theirs, day), (box) => found.presence(conversation, box))
  }
}

function watch({ capability, authorPublic }: PairBox, handle: (box: OpenedBox) => Promise<void>): Watch {
  return {
    capability,
    async handle(box) {
      // the place takes boxes of any author that holds its key: only the chain's own counts
      if (equal(box.author, authorPublic)) await handle(box)
    },
  }
}

function presenceDays({ createdAt, sendAcked, sendNext }: Conversation, now: number, lookBack: boolean): number[] {
  const today = dayOf(now)
  const last = dayOf(now + skewMs)
  const waiting = sendAcked < sendNext
  const first = lookBack && waiting ? Math.max(dayOf(createdAt), today - longestAway) : today - 1
  const days: number[] = []
  for (let day = Math.min(first, today - 1); day <= last; day++) days.push(day)
  return days
}

/** Whether all that was watched has been received, in whatever order it was found: then there may be more behind it. */
export function endsWindow(watched: Conversation, { receiveNext }: Conversation): boolean {
  return receiveNext >= watched.receiveNext + mailboxWindow
}
