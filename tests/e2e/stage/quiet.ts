import { randomBytes } from 'node:crypto'
import { eventually } from '../../support/eventually.ts'
import * as welcome from '../pages/welcome.ts'
import { heading } from '../pages/widgets.ts'
import { damage } from './damage.ts'
import type { Pair, Side } from './pair.ts'

const day = 86_400_000

/** A mentorship that the mentor proposed and the seeker accepted, without their pages. @returns its id */
export async function begin({ mentor, seeker }: Pair, what: string): Promise<string> {
  const mentorshipId = randomBytes(16).toString('hex')
  const agreement = { what, boundaries: '', fallback: '', rhythm: null, until: null, minutes: null }
  const { conversationId } = mentor
  await mentor.client.mentorships.propose({ mentorshipId, conversationId, teaches: 'me', agreement })
  const proposal = await eventually(() => seeker.client.mentorships.view({ mentorshipId }).catch(() => undefined))
  await seeker.client.mentorships.accept({ mentorshipId, version: proposal.agreement.version })
  await eventually(async () => (await mentor.client.mentorships.view({ mentorshipId })).state === 'active')
  return mentorshipId
}

/** Nobody waits in a test for three weeks: the last thing that moved moves back by as much. @returns who has opened the app again */
export async function threeWeeksLater(side: Side): Promise<Side> {
  const { person } = side
  await person.vanish()
  await damage(person, `UPDATE mentorships SET moved_at = moved_at - ${21 * day}`)
  await person.come()
  await welcome.unlock(person.page, person.passphrase)
  await heading(person.page, 'Discover').waitFor()
  return { ...side, client: await person.client() }
}
