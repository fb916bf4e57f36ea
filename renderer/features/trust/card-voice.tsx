import type { VoiceGreeting } from '../../../core/api/card.ts'
import type { Client } from '../../api/client.ts'
import { useClient } from '../../api/context.tsx'
import { fromBase64url } from '../files/base64url.ts'
import { Voice } from '../files/voice.tsx'

/** A voice greeting, fetched when it is played. */
export function CardVoice({ read }: { readonly read: (client: Client) => Promise<VoiceGreeting> }) {
  const client = useClient()
  return (
    <Voice
      isFile={false}
      read={async () => {
        const { mediaType, bytes } = await read(client)
        return new Blob([fromBase64url(bytes)], { type: mediaType })
      }}
    />
  )
}
