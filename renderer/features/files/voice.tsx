import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'

interface VoiceProps {
  readonly read: () => Promise<Blob>
  /** Whether it is a file, which can be saved as well. */
  readonly isFile?: boolean
}

/** A voice, played from memory: unpacked here, so that it needs no address either. */
export function Voice({ read, isFile = true }: VoiceProps) {
  const [plays, setPlays] = useState(false)
  const [failed, setFailed] = useState(false)
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])

  const play = useAction(async () => {
    setFailed(false)
    const bytes = await (await read()).arrayBuffer()
    const context = new AudioContext()
    const close = (): void => {
      stop.current = undefined
      setPlays(false)
      context.close().catch(() => {})
    }
    stop.current = close
    try {
      const source = context.createBufferSource()
      source.buffer = await context.decodeAudioData(bytes)
      source.connect(context.destination)
      source.addEventListener('ended', close, { once: true })
      source.start()
      setPlays(true)
    } catch {
      close()
      setFailed(true)
    }
  })
  return (
    <div className="row">
      {plays ? (
        <Button icon="close" onPress={() => stop.current?.()}>
          <Trans>Stop</Trans>
        </Button>
      ) : (
        <Button icon="sound" isPending={play.pending} onPress={() => void play.run()}>
          {isFile ? <Trans>Play the voice note</Trans> : <Trans>Hear it</Trans>}
        </Button>
      )}
      <Live className="small soft">
        {plays && <Trans>It plays</Trans>}
        {failed && isFile && <Trans>It could not be played. You can save it instead.</Trans>}
        {failed && !isFile && <Trans>It could not be played here.</Trans>}
      </Live>
    </div>
  )
}
