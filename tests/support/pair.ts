import type { Bytes } from '../../core/base/bytes.ts'
import type { Clock } from '../../core/base/clock.ts'
import type { CommunityId, ConversationId, PersonaId } from '../../core/base/ids.ts'
import { createConversation } from '../../core/conversations/create.ts'
import { schema as conversationsSchema } from '../../core/conversations/schema.ts'
import { random } from '../../core/crypto/random.ts'
import type { Database } from '../../core/database/database.ts'
import type { Migration } from '../../core/database/migrations.ts'
import { schema as filesSchema } from '../../core/files/schema.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { schema as ratchetSchema } from '../../core/ratchet/schema.ts'
import type { SessionRef } from '../../core/ratchet/session.ts'

/** What a vault needs for conversations. */
export const pairSchema: readonly Migration[] = [...ratchetSchema, ...conversationsSchema, ...filesSchema]

export const communityId = 'c0'.repeat(16) as CommunityId

export interface Side {
  readonly database: Database
  readonly id: ConversationId
}

/** To whom in a vault a conversation belongs. */
export interface Belonging {
  readonly personaId: PersonaId
  readonly communityId: CommunityId
}

const nobody: Belonging = { personaId: '0a'.repeat(16) as PersonaId, communityId }

/**
 * Introduces two vaults to each other, as an accepted introduction would: a
 * first message with its answer, and a conversation on each side.
 *
 * @param root given by the test where it wants to know the keys
 * @param belonging where the vaults hold personas and communities that the app itself will look for
 */
export async function introduce(
  seekerVault: Database,
  mentorVault: Database,
  clock: Clock,
  root: Bytes = random(64),
  belonging: { readonly seeker: Belonging; readonly mentor: Belonging } = { seeker: nobody, mentor: nobody },
): Promise<{ seeker: Side; mentor: Side }> {
  const seeker = new Ratchet(seekerVault, clock)
  const mentor = new Ratchet(mentorVault, clock)
  const seekerIdentity = seeker.createIdentity(belonging.seeker.personaId)
  const mentorIdentity = mentor.createIdentity(belonging.mentor.personaId)
  const first = await seeker.begin(seekerIdentity, mentor.bundle(mentorIdentity), new Uint8Array(16))
  first.commit()
  const arrived = await mentor.receiveFirst(mentorIdentity, seeker.identityKey(seekerIdentity), first.value.ciphertext)
  arrived.commit()
  const answer = await mentor.encrypt(arrived.value.session, new Uint8Array(16))
  answer.commit()
  const answered = await seeker.decrypt(first.value.session, answer.value)
  answered.commit()
  const create = (database: Database, role: 'seeker' | 'mentor', session: SessionRef): Side => ({
    database,
    id: createConversation(database, {
      ...belonging[role],
      role,
      session,
      root,
      contact: { pseudonym: role === 'seeker' ? 'Quiet Heron' : 'Amber Fern', key: random(32) },
      offerTitle: 'Bookbinding for beginners',
      createdAt: clock.now(),
    }),
  })
  return {
    seeker: create(seekerVault, 'seeker', first.value.session),
    mentor: create(mentorVault, 'mentor', arrived.value.session),
  }
}
