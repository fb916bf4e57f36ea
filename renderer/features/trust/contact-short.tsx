import type { ConversationView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import './trust.css'

/** Under a contact's name: how they like to be called and spoken of, where they showed it. */
export function ContactShort({ conversation: { id } }: { readonly conversation: ConversationView }) {
  const { data } = useView(['disclosure', id], (client) => client.disclosure.view({ conversationId: id }))
  const { name, pronouns } = data?.theirs.words ?? {}
  if (name === undefined && pronouns === undefined) return null
  return (
    <p className="card-short">
      {name !== undefined && <bdi>{name}</bdi>}
      {name !== undefined && pronouns !== undefined && ' · '}
      {pronouns !== undefined && <bdi>{pronouns}</bdi>}
    </p>
  )
}
