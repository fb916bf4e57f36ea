/** An appointment that is near, as core told it. */
export interface Reminder {
  readonly mentorshipId: string
  readonly sessionId: string
  /** Ms since 1970. */
  readonly at: number
}

/** Appointments that core said are near, until the person has seen them; nothing of them is kept. */
export class ReminderBook {
  #now: readonly Reminder[] = []
  readonly #listeners = new Set<() => void>()

  readonly all = (): readonly Reminder[] => this.#now

  /** A session that was moved is told anew. */
  tell(reminder: Reminder): void {
    this.#set([...this.#without(reminder.sessionId), reminder])
  }

  dismiss(sessionId: string): void {
    this.#set(this.#without(sessionId))
  }

  clear(): void {
    this.#set([])
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #without(sessionId: string): readonly Reminder[] {
    return this.#now.filter((one) => one.sessionId !== sessionId)
  }

  #set(now: readonly Reminder[]): void {
    this.#now = now
    for (const listener of this.#listeners) listener()
  }
}
