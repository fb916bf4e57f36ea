import { afterAll, afterEach, beforeEach } from 'vitest'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { Correspondent } from './correspondent.ts'
import { ManualClock } from './manual-clock.ts'
import { introduce, pairSchema } from './pair.ts'
import { PostOffice } from './post-office.ts'
import { scratch } from './scratch.ts'

export interface Fresh {
  readonly seeker: Correspondent
  readonly mentor: Correspondent
  readonly clock: ManualClock
  readonly office: PostOffice
}

/** Gives each test two who have been introduced, with new vaults, and a community node's store between them. */
export function eachWithCorrespondents(begin: (fresh: Fresh) => void): void {
  const files = scratch()
  let nth = 0
  let fresh: Fresh | undefined

  beforeEach(async () => {
    nth++
    const clock = new ManualClock()
    const office = new PostOffice(clock)
    const open = (name: string) => () => {
      const database = files.database(`${name}-${nth}`, pairSchema)
      return { database, ratchet: new Ratchet(database, clock), clock }
    }
    const [mine, yours] = [open('seeker'), open('mentor')]
    const first = [mine().database, yours().database] as const
    const pair = await introduce(...first, clock)
    for (const database of first) database.close()
    fresh = {
      seeker: new Correspondent(mine, office, pair.seeker.id),
      mentor: new Correspondent(yours, office, pair.mentor.id),
      clock,
      office,
    }
    begin(fresh)
  })

  afterEach(async () => {
    await fresh?.seeker.close()
    await fresh?.mentor.close()
    fresh?.office.close()
  })

  afterAll(() => files.remove())
}
