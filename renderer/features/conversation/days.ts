import type { MessageView } from '../../../core/api/views.ts'
import { sameDay } from '../../words/time.ts'

export interface Day {
  /** When its first message was written, ms since 1970. */
  readonly time: number
  readonly messages: readonly MessageView[]
}

/** Messages by the day on which they were written; their order is kept, so a wrong clock may make a day come twice. */
export function byDay(messages: readonly MessageView[]): readonly Day[] {
  const days: { time: number; messages: MessageView[] }[] = []
  for (const message of messages) {
    const day = days.at(-1)
    if (day !== undefined && sameDay(day.time, message.sentAt)) day.messages.push(message)
    else days.push({ time: message.sentAt, messages: [message] })
  }
  return days
}
