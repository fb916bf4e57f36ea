import { afterEach, beforeEach } from 'vitest'
import type { OfferDraft } from '../../core/api/offers.ts'
import type { CommunityId, OfferId, PersonaId } from '../../core/base/ids.ts'
import { Dice } from '../harness/dice.ts'
import { putSeen } from './filled-board.ts'
import { ManualClock } from './manual-clock.ts'
import { Member, words } from './member.ts'
import { scratch, type Scratch } from './scratch.ts'

export interface Fresh {
  readonly member: Member
  readonly communityId: CommunityId
  readonly personaId: PersonaId
  readonly clock: ManualClock
  readonly dice: Dice
  readonly files: Scratch
  /** Somebody's offer, as it was read. */
  readonly put: (
    draft: Partial<OfferDraft>,
    more?: { persona?: Uint8Array<ArrayBuffer>; pseudonym?: string; community?: CommunityId },
  ) => OfferId
}

/** Gives each test a member of a community of their own, with nothing on its boards yet. */
export function eachWithMember(begin: (fresh: Fresh) => void): void {
  const dice = new Dice(5)
  let stop = async (): Promise<void> => {}

  beforeEach(() => {
    const clock = new ManualClock()
    const files = scratch()
    const member = new Member({ files, name: 'member', clock })
    const { communityId, personaId } = member.found('Maple Heron')
    stop = async () => {
      await member.stop()
      files.remove()
    }
    begin({
      member,
      communityId,
      personaId,
      clock,
      dice,
      files,
      put(draft, { persona = dice.bytes(32), pseudonym = 'Quiet Robin', community = communityId } = {}) {
        return putSeen(member.database, {
          communityId: community,
          persona,
          pseudonym,
          draft: { ...words, ...draft },
          now: clock.now(),
          dice,
        })
      },
    })
  })

  afterEach(() => stop())
}
