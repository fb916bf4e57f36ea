import type { AppEvent } from '../../core/api/events.ts'
import type { MentorshipView } from '../../core/api/mentorships.ts'
import { freshId } from '../../core/base/ids.ts'
import { silentLog } from '../../core/base/log.ts'
import type { Database } from '../../core/database/database.ts'
import { Mentorships } from '../../core/mentorships/mentorships.ts'
import { schema } from '../../core/mentorships/schema.ts'
import type { ManualClock } from './manual-clock.ts'
import type { PenFriend } from './pen-friend.ts'
import { eachWithPenFriends, type Fresh } from './pen-friends.ts'

export const noAgreement = { what: '', boundaries: '', fallback: '', rhythm: null, until: null, minutes: null } as const

/** One of a pair, with its mentorships. */
export class Mentor {
  readonly friend: PenFriend
  readonly told: AppEvent[] = []
  readonly clock: ManualClock
  app: Mentorships

  constructor(friend: PenFriend, app: Mentorships, told: AppEvent[]) {
    this.friend = friend
    this.app = app
    this.told = told
    this.clock = friend.clock
  }

  get saying() {
    return this.app.saying
  }

  /** The one mentorship that is here. */
  view(): MentorshipView {
    const [first] = this.app.list()
    if (first === undefined) throw new Error('no mentorship')
    return this.app.view(first.id)
  }

  get id(): string {
    return this.view().id
  }

  async propose(teaches: 'me' | 'them' | 'both' = 'them', what = 'Bind a book'): Promise<string> {
    const id = freshId()
    await this.saying.propose(id, this.friend.id, { teaches, agreement: { ...noAgreement, what } })
    return id
  }

  async accept(): Promise<void> {
    const { id, agreement } = this.view()
    await this.saying.agree(id, 'accept', agreement.version)
  }

  say(kind: 'pause' | 'resume' | 'finish' | 'go-on'): Promise<void> {
    return this.saying.say(this.id, () => ({ kind }))
  }

  /** Proposes a session of an hour. */
  async plan(at: number, more: { note?: string; teaches?: 'me' | 'them' } = {}): Promise<string> {
    const session = freshId()
    const wish = { session, at, minutes: 60, format: 'text', note: '', teaches: 'me', ...more } as const
    await this.saying.plan(this.id, wish)
    return session
  }

  /** Accepts what stands there. */
  async take(session: string): Promise<void> {
    const { id, sessions } = this.view()
    await this.saying.take(id, session, sessions.find((each) => each.id === session)?.plan ?? 0)
  }

  /** What the thread shows. */
  lines(): (string | null)[] {
    return this.friend.shown().map(({ kind, event }) => (kind === 'event' ? event : kind))
  }
}

export interface FreshMentors extends Fresh {
  /** The seeker, and the author of the offer. */
  readonly ada: Mentor
  readonly bo: Mentor
}

/** Gives each test a pair with an empty vault each, mentorships and all, but no network. */
export function eachWithMentors(begin: (fresh: FreshMentors) => void): void {
  const made: { database: Database; app: Mentorships; told: AppEvent[]; friend: { now?: PenFriend } }[] = []
  let apps: Mentorships[] = []
  eachWithPenFriends(
    (fresh) => {
      const of = (friend: PenFriend): Mentor => {
        const one = made.find(({ database }) => database === friend.database)
        if (one === undefined) throw new Error('no such vault')
        one.friend.now = friend
        return new Mentor(friend, one.app, one.told)
      }
      const [ada, bo] = [of(fresh.seeker), of(fresh.mentor)]
      apps = [ada.app, bo.app]
      const exchange = async (): Promise<void> => {
        await fresh.exchange()
        for (const { app, friend } of [ada, bo]) app.records[1].committed(friend.id)
      }
      begin({ ...fresh, exchange, ada, bo })
    },
    {
      schema,
      records: (database, clock) => {
        const friend: { now?: PenFriend } = {}
        const told: AppEvent[] = []
        const app = new Mentorships({
          database,
          clock,
          emit: (event) => told.push(event),
          log: silentLog,
          conversations: () => {
            if (friend.now === undefined) throw new Error('not begun')
            return friend.now.app
          },
        })
        made.push({ database, app, told, friend })
        return new Map([app.records])
      },
      stop: () => Promise.all(apps.map((app) => app.stop())),
    },
  )
}

/** One that Ada proposed and Bo accepted. */
export async function begun(
  { ada, bo, exchange }: Pick<FreshMentors, 'ada' | 'bo' | 'exchange'>,
  teaches?: 'me' | 'them' | 'both',
): Promise<string> {
  const id = await ada.propose(teaches)
  await exchange()
  await bo.accept()
  await exchange()
  return id
}
