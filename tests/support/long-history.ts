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
    const conversation = getConversation(database, id)
    for (let position = 0; position < count; position++) {
      const mine = position % 2 === 0
      const chainIndex = Math.floor(position / 2)
      const text = planted.get(position) ?? sentence()
      const sentAt = conversation.createdAt + position
      const message = { id: freshId<MessageId>(), mine, chainIndex, kind: 'text', text, sentAt } as const
      addMessage(database, { ...conversation, nextPosition: position }, message)
    }
    const each = Math.ceil(count / 2)
    database.run(
      `UPDATE conversations SET read_before = next_position, send_next = $each, send_acked = $each, receive_next = $each
       WHERE id = $id`,
      { each, id },
    )
    database.run("UPDATE messages SET delivery = 'delivered' WHERE conversation_id = ? AND mine = 1", [id])
  })
}
