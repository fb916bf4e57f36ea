import type { PersonaView } from '../api/views.ts'
import type { Persona } from '../personas/personas.ts'
import { weaveOf } from '../personas/weave.ts'

/** What a window may see of a persona: everything but its key. */
export function personaView({ id, communityId, pseudonym, key, createdAt }: Persona): PersonaView {
  return { id, communityId, pseudonym, weave: weaveOf(key.publicKey), createdAt }
}
