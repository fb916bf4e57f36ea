import { sameDay } from '../../words/time.ts'

export interface Day<Message> {
  /** The same while older and newer messages come and go, so that what is on the page is not built anew. */
  readonly key: string
  /** When its first message was written, ms since 1970. */
  readonly time: number
  readonly messages: readonly Message[]
}

/** Messages by the day on which they were written; their order is kept, so a wrong clock may make a day come twice. */
export function byDay<Message extends { readonly sentAt: number }>(
  messages: readonly Message[],
): readonly Day<Message>[] {
  const days: { key: string; time: number; messages: Message[] }[] = []
  const times = new Map<string, number>()
  for (const message of messages) {
    const day = days.at(-1)
    if (day !== undefined && sameDay(day.time, message.sentAt)) day.messages.push(message)
    else {
      const date = new Date(message.sentAt).toDateString()
      const time = (times.get(date) ?? 0) + 1
      times.set(date, time)
      days.push({ key: `${date} ${time}`, time: message.sentAt, messages: [message] })
    }
  }
  return days
}
