import type { HoursView } from '../api/mentorships.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Role } from '../conversations/chain.ts'
import type { Database } from '../database/database.ts'
import type { Life } from './life.ts'

/** A session took place, as this person said. For them alone: nothing of it is ever sent. */
export function noteHours(database: Database, { id, sessions }: Life, sessionId: string, me: Role): void {
  const session = sessions.get(sessionId)
  const minutes = session?.took[me]
  if (session === undefined || minutes === undefined) return
  database.run(
    `INSERT INTO mentorship_hours (mentorship_id, session_id, minutes, given, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (mentorship_id, session_id) DO UPDATE SET minutes = excluded.minutes`,
    [id, sessionId, minutes, session.teaches === me ? 1 : 0, session.at],
  )
}

interface HoursOf extends Omit<HoursView['mentorships'][number], 'contact'> {
  readonly conversationId: ConversationId
}

/** Minutes given and received: of each mentorship, and in all. */
export function readHours(database: Database): Pick<HoursView, 'given' | 'received'> & { readonly of: HoursOf[] } {
  const of = database.all<{
    mentorshipId: string
    conversationId: ConversationId
    given: number
    received: number
    sessions: number
    lastAt: number
  }>(
    `SELECT m.id AS mentorshipId, m.conversation_id AS conversationId, sum(h.minutes * h.given) AS given,
       sum(h.minutes * (1 - h.given)) AS received, count(*) AS sessions, max(h.at) AS lastAt
     FROM mentorship_hours h JOIN mentorships m ON m.id = h.mentorship_id GROUP BY m.id ORDER BY lastAt DESC`,
  )
  const past = database.get<{ given: number; received: number }>('SELECT given, received FROM mentorship_hours_past')
  const sum = (name: 'given' | 'received'): number => of.reduce((all, each) => all + each[name], past?.[name] ?? 0)
  return { given: sum('given'), received: sum('received'), of }
}
