import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { VoiceGreeting } from '../../../core/api/card.ts'
import { limits } from '../../../core/api/limits.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { toBase64url } from '../files/base64url.ts'
import { Record, Recording } from '../files/recording.tsx'
import { useRecording } from '../files/use-recording.ts'
import { CardVoice } from './card-voice.tsx'

/** How long a greeting is at most, ms. */
const longest = 10_000

const types: readonly VoiceGreeting['mediaType'][] = ['audio/webm', 'audio/ogg', 'audio/mp4']

/** The voice on a card: recorded, heard, and thrown away. */
export function VoiceField({ personaId, hasVoice }: { readonly personaId: string; readonly hasVoice: boolean }) {
  const { t } = useLingui()
  const client = useClient()
  const [tooLong, setTooLong] = useState(false)
  const save = useAction(async (voice: Blob | null) => {
    setTooLong(false)
    if (voice === null) return client.disclosure.saveVoice({ personaId, voice })
    const mediaType = types.find((type) => voice.type.split(';')[0] === type)
    if (mediaType === undefined || voice.size > limits.card.voice) {
      setTooLong(true)
      return undefined
    }
    const bytes = toBase64url(new Uint8Array(await voice.arrayBuffer()))
    return client.disclosure.saveVoice({ personaId, voice: { mediaType, bytes } })
  })
  const recording = useRecording((voice) => void save.run(voice), longest)
  return (
    <section className="stack stack-tight" aria-label={t`Voice`}>
      <p className="field-label" aria-hidden="true">
        <Trans>Voice</Trans>
      </p>
      <p className="field-hint">
        <Trans>
          A hello of up to ten seconds, for those who would rather hear than read. A voice can be recognised: show it to
          those whom you trust.
        </Trans>
      </p>
      <div className="row">
        {recording.state.step === 'none' && (
          <>
            <Record recording={recording} label={hasVoice ? t`Record it anew` : t`Record a greeting`} />
            {hasVoice && <CardVoice read={(client) => client.disclosure.ownVoice({ personaId })} />}
            {hasVoice && (
              <Button icon="remove" isPending={save.pending} onPress={() => void save.run(null)}>
                <Trans>Throw the recording away</Trans>
              </Button>
            )}
          </>
        )}
      </div>
      <Recording recording={recording} most={t`Recording. At most ten seconds.`} />
      <Live>
        {tooLong && (
          <Notice tone="danger">
            <p>
              <Trans>That was too long to be shown. Nothing was kept; record a shorter one.</Trans>
            </p>
          </Notice>
        )}
      </Live>
      <ProblemNotice problem={save.problem} />
    </section>
  )
}
