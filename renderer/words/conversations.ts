import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { DeliveryState } from '../../core/api/views.ts'

/** How far one's own message is. */
export const deliveryWords: Readonly<Record<DeliveryState, MessageDescriptor>> = {
  queued: msg`Waiting to go out`,
  stored: msg`Waiting to be picked up`,
  delivered: msg`Delivered`,
  read: msg`Read`,
}

const hour = 3600

/** After how many seconds messages disappear, in words. */
export const timerWords: ReadonlyMap<number, MessageDescriptor> = new Map([
  [0, msg({ message: 'Off', comment: 'messages do not disappear' })],
  [hour, msg`1 hour`],
  [24 * hour, msg`1 day`],
  [7 * 24 * hour, msg`1 week`],
  [28 * 24 * hour, msg`4 weeks`],
])

/** What can be answered with one sign, and how it is called. */
export const reactions: readonly { readonly emoji: string; readonly name: MessageDescriptor }[] = [
  { emoji: '❤️', name: msg`Heart` },
  { emoji: '👍', name: msg`Thumbs up` },
  { emoji: '😂', name: msg`Laughing` },
  { emoji: '😮', name: msg`Surprised` },
  { emoji: '😢', name: msg`Sad` },
  { emoji: '🙏', name: msg({ message: 'Thank you', comment: 'name of the emoji 🙏' }) },
  { emoji: '🎉', name: msg`Celebrating` },
  { emoji: '🌱', name: msg`Growing` },
]
