import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import type { FileView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { Button } from '../../ui/button.tsx'
import { readWhole } from './transfer.ts'

/** Bytes up to which a picture is shown without another wish. */
const small = 6 * 1024 * 1024
/** Pixels on its longer side in memory: as many as screens show. */
const mostPixels = 1600

/**
 * A picture, drawn from memory: its bytes come from the vault, are unpacked here
 * and put on a canvas, and never have an address or lie on the disk unencrypted.
 */
export function Picture({ file }: { readonly file: FileView }) {
  const { t } = useLingui()
  const client = useClient()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [wanted, setWanted] = useState(file.size <= small)
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  const { id, size, mediaType, name } = file

  useEffect(() => {
    if (!wanted) return undefined
    const end = new AbortController()
    draw(canvas, () => readWhole(client, { id, size, mediaType }, end.signal), end.signal).then(
      () => setState('shown'),
      () => {
        if (!end.signal.aborted) setState('failed')
      },
    )
    return () => end.abort()
  }, [client, wanted, id, size, mediaType])

  if (!wanted) {
    return (
      <Button icon="eye" onPress={() => setWanted(true)}>
        <Trans>Show the picture</Trans>
      </Button>
    )
  }
  if (state === 'failed') {
    return (
      <p className="small">
        <Trans>This picture could not be shown. You can save it instead.</Trans>
      </p>
    )
  }
  return (
    <canvas
      ref={canvas}
      className="picture"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img would need an address
      role="img"
      aria-label={state === 'shown' ? t`Picture: ${name}` : t`A picture is being opened`}
      width={1}
      height={1}
    />
  )
}

async function draw(
  canvas: { readonly current: HTMLCanvasElement | null },
  read: () => Promise<Blob>,
  signal: AbortSignal,
): Promise<void> {
  const whole = await createImageBitmap(await read())
  const scale = Math.min(1, mostPixels / Math.max(whole.width, whole.height))
  try {
    signal.throwIfAborted()
    const element = canvas.current
    if (element === null) throw new Error('The picture is not on the page any more')
    element.width = Math.max(1, Math.round(whole.width * scale))
    element.height = Math.max(1, Math.round(whole.height * scale))
    element.getContext('2d')?.drawImage(whole, 0, 0, element.width, element.height)
  } finally {
    whole.close()
  }
}
