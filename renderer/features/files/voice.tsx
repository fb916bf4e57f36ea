import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Live } from '../../ui/live.tsx'

/** A voice note, played from memory: unpacked here, so that it needs no address either. */
export function Voice({ read }: { readonly read: () => Promise<Blob> }) {
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
          <Trans>Play the voice note</Trans>
        </Button>
      )}
      <Live className="small soft">
        {plays && <Trans>It plays</Trans>}
        {failed && <Trans>It could not be played. You can save it instead.</Trans>}
      </Live>
    </div>
  )
}
