import {
  freshId,
  type CommunityId,
  type ConversationId,
  type IntroductionId,
  type MessageId,
} from '../../core/base/ids.ts'
import { decodeMemberCode } from '../../core/charter/code.ts'
import { addMessage } from '../../core/conversations/messages.ts'
import { eventually } from './eventually.ts'
import type { Member } from './member.ts'
import { Village } from './village.ts'

/** A mentor, who founded the community, and a seeker, in a conversation that began with a real offer and a real introduction. */
export class Acquainted {
  readonly village: Village
  readonly seekers: ConversationId
  readonly mentors: ConversationId

  private constructor(village: Village) {
    this.village = village
    this.seekers = conversationOf(village.seeker)
    this.mentors = conversationOf(village.mentor)
  }

  static async start(): Promise<Acquainted> {
    const village = new Village()
    await village.start()
    const { seeker, mentor } = village
    const offerId = await village.publish()
    await seeker.introductions.send({ personaId: village.persona.seeker, offerId, text: 'Hello' })
    await eventually(() => seeker.introductions.sent()[0]?.state === 'waiting')
    await village.check(mentor)
    await mentor.introductions.accept(mentor.introductions.pending()[0]?.id as IntroductionId)
    await eventually(() => mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [village.clock.now()]))
    await village.check(seeker)
    return new Acquainted(village)
  }

  /** Puts a message into the seeker's thread, as one that was sent or received. */
  say(mine: boolean, text: string, kind: 'text' | 'file' | 'deleted' = 'text'): MessageId {
    return this.put(this.village.seeker, this.seekers, { mine, text, kind })
  }

  put(
    { database }: Member,
    id: ConversationId,
    { mine, text, kind }: { readonly mine: boolean; readonly text: string; readonly kind: 'text' | 'file' | 'deleted' },
  ): MessageId {
    const row = database.get<{ next: number }>('SELECT next_position AS next FROM conversations WHERE id = ?', [id])
    const cursor = { nextPosition: row?.next ?? 0 }
    const messageId = freshId<MessageId>()
    const now = this.village.clock.now()
    const index = cursor.nextPosition
    addMessage(database, id, cursor, { id: messageId, kind, text, mine, index, sentAt: now, writtenAt: now })
    database.run('UPDATE conversations SET next_position = ? WHERE id = ?', [cursor.nextPosition, id])
    return messageId
  }
}

function conversationOf({ database }: Member): ConversationId {
  const row = database.get<{ id: ConversationId }>('SELECT id FROM conversations')
  if (row === undefined) throw new Error('There is no conversation')
  return row.id
}

/** Has the founder name somebody a guardian, or several. */
export function nameGuardians(
  founder: Member,
  communityId: CommunityId,
  named: readonly { readonly name: string; readonly member: Member; readonly communityId: CommunityId }[],
): void {
  const { networkKey } = founder.communities.get(communityId)
  const guardians = named.map(({ name, member, communityId }) => {
    const code = decodeMemberCode(member.charters.guardianCode(communityId), networkKey)
    if (code.kind !== 'guardian') throw new Error('Another code')
    return { name, signKey: code.signKey, boxKey: code.boxKey }
  })
  founder.charters.edit(communityId, (before) => ({ ...before, guardians }))
}
