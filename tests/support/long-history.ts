import { freshId, type MessageId } from '../../core/base/ids.ts'
import { addMessage } from '../../core/conversations/messages.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { seededRandom } from '../harness/random.ts'
import type { Side } from './pair.ts'

const vocabulary = (
  'letter paper morning river garden window answer question teacher lesson workshop binding thread needle' +
  ' quiet market bridge harvest winter summer kitchen neighbour language contract office interview journey'
).split(' ')

export interface LongHistory {
  readonly count: number
  /** These words, in no other message, at these positions. */
  readonly planted?: ReadonlyMap<number, string>
}

/**
 * Years of talk in a conversation that has none yet, both writing in turn, each
 * message some 80 characters. As they are once all is delivered and read.
 */
export function fillHistory({ database, id }: Side, { count, planted = new Map() }: LongHistory): void {
  const random = seededRandom(count)
  const sentence = (): string =>
    Array.from(
      { length: 6 + Math.floor(random() * 12) },
      () => vocabulary[Math.floor(random() * vocabulary.length)],
    ).join(' ')
  database.transaction(() => {
    const { createdAt } = getConversation(database, id)
    const cursor = { nextPosition: 0 }
    for (let position = 0; position < count; position++) {
      const sentAt = createdAt + position
      addMessage(database, id, cursor, {
        id: freshId<MessageId>(),
        mine: position % 2 === 0,
        index: Math.floor(position / 2),
        kind: 'text',
        text: planted.get(position) ?? sentence(),
        sentAt,
        writtenAt: sentAt,
      })
    }
    database.run(
      `UPDATE conversations SET next_position = $count, read_before = $count, send_next = $each, send_acked = $each,
         receive_next = $each WHERE id = $id`,
      { count, each: Math.ceil(count / 2), id },
    )
  })
}
