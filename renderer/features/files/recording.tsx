import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice } from '../../ui/notice.tsx'
import './files.css'
import type { VoiceRecording } from './use-recording.ts'

interface RecordProps {
  readonly recording: VoiceRecording
  /** In words beside the picture; a voice note has a picture alone. */
  readonly label?: string
}

/** Begins a recording. */
export function Record({ recording: { state, start }, label }: RecordProps) {
  const { t } = useLingui()
  if (label !== undefined) {
    return (
      <Button icon="voice" onPress={start}>
        {label}
      </Button>
    )
  }
  return (
    <IconButton
      icon="voice"
      label={t`Record a voice note`}
      isDisabled={state.step === 'asking' || state.step === 'recording'}
      onPress={start}
    />
  )
}

interface RecordingProps {
  readonly recording: VoiceRecording
  /** How long it may be, in words. */
  readonly most?: string
}

/** What is being recorded, how long it is, and the end of it. */
export function Recording({ recording: { state, finish, drop }, most }: RecordingProps) {
  if (state.step === 'none') return null
  return (
    <div className="file-draft">
      <Live>
        {state.step === 'asking' && (
          <p className="small">
            <Trans>Your device asks whether the microphone may be used.</Trans>
          </p>
        )}
        {state.step === 'recording' && (
          <p className="recording">
            <Icon name="voice" />
            {most ?? <Trans>Recording. At most five minutes.</Trans>}
          </p>
        )}
        {state.step === 'refused' && (
          <Notice tone="danger">
            <p>
              {state.why === 'no-microphone' ? (
                <Trans>No microphone was found. Connect one, and try again.</Trans>
              ) : (
                <Trans>
                  The microphone may not be used. Allow it in the settings of your browser or device, and try again.
                </Trans>
              )}
            </p>
          </Notice>
        )}
      </Live>
      <div className="row">
        {state.step === 'recording' && (
          <>
            <Time since={state.since} />
            <Button kind="primary" icon="check" onPress={finish}>
              <Trans>Done</Trans>
            </Button>
          </>
        )}
        <Button icon="close" onPress={drop}>
          {state.step === 'refused' ? <Trans>Close</Trans> : <Trans>Throw it away</Trans>}
        </Button>
      </div>
    </div>
  )
}

/** Minutes and seconds; seen alone, since it changes all the time. */
function Time({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.floor((now - since) / 1000))
  return (
    <span className="recording-time" aria-hidden="true">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  )
}
