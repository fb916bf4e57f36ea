import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Label, ProgressBar } from 'react-aria-components'
import type { FileView, MessageView } from '../../../core/api/views.ts'
import { useClient, useProgress, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Live } from '../../ui/live.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import '../../ui/progress.css'
import { sizeName } from '../../words/amounts.ts'
import './files.css'
import { FileState } from './file-state.tsx'
import { Picture } from './picture.tsx'
import { Save } from './save.tsx'
import { isPicture, isVoice, readWhole } from './transfer.ts'
import { Voice } from './voice.tsx'

/** A file in a conversation: what it is, how far it is, and what can be done with it. */
export function FileMessage({ message, author }: { readonly message: MessageView; readonly author: string }) {
  const { conversationId, text } = message
  const { data } = useView(['files', conversationId], (client) => client.files.list({ conversationId }))
  const file = data?.find(({ messageId }) => messageId === message.id)
  if (file !== undefined) return <FileCard file={file} author={author} />
  return (
    <div className="file">
      <p className="file-name">
        <Icon name="file" />
        <bdi>{text}</bdi>
      </p>
    </div>
  )
}

/** The same wherever a file is at hand. @param author the contact's pseudonym */
export function FileCard({ file, author }: { readonly file: FileView; readonly author: string }) {
  const client = useClient()
  const region = useRegion()
  const { name, size, mediaType, readable } = file
  return (
    <div className="file">
      {readable && isPicture(mediaType) && <Picture file={file} />}
      {readable && isVoice(mediaType) && <Voice read={() => readWhole(client, file, new AbortController().signal)} />}
      <p className="file-name">
        <Icon name="file" />
        <bdi>{name}</bdi>
        <span className="soft small">{sizeName(region, size)}</span>
      </p>
      <Moving file={file} author={author} />
    </div>
  )
}

function Moving({ file, author }: { readonly file: FileView; readonly author: string }) {
  const { t } = useLingui()
  const client = useClient()
  const told = useProgress(file.id, null)
  const [removing, setRemoving] = useState(false)
  const { id: fileId, mine, state, readable } = file
  const ask = useAction(() => client.files.accept({ fileId }))
  const pause = useAction(() => client.files.pause({ fileId }))
  const resume = useAction(() => client.files.resume({ fileId }))
  const cancel = useAction(() => client.files.cancel({ fileId }))
  const remove = useAction(() => client.files.remove({ fileId }))
  const fraction = state === 'moving' ? (told?.fraction ?? file.fraction) : file.fraction
  const isUnderWay = state === 'moving' || state === 'waiting'
  return (
    <>
      <Live className="small">
        <FileState file={file} author={author} />
      </Live>
      {(state === 'moving' || state === 'paused' || (state === 'waiting' && fraction > 0)) && (
        <ProgressBar className="progress" value={Math.round(fraction * 100)}>
          <Label className="hidden-but-read">{mine ? t`How much they have` : t`How much is here`}</Label>
          <div className="progress-track">
            <div className="progress-fill" style={{ inlineSize: `${fraction * 100}%` }} />
          </div>
        </ProgressBar>
      )}
      <ProblemNotice problem={ask.problem ?? pause.problem ?? resume.problem ?? cancel.problem ?? remove.problem} />
      <div className="row">
        {!mine && (state === 'offered' || state === 'failed') && (
          <Button icon="down" isPending={ask.pending} onPress={() => void ask.run()}>
            {state === 'failed' ? <Trans>Try again</Trans> : <Trans>Get it</Trans>}
          </Button>
        )}
        {!mine && isUnderWay && (
          <Button isPending={pause.pending} onPress={() => void pause.run()}>
            <Trans>Pause</Trans>
          </Button>
        )}
        {!mine && state === 'paused' && (
          <Button isPending={resume.pending} onPress={() => void resume.run()}>
            <Trans>Go on</Trans>
          </Button>
        )}
        {!mine && (isUnderWay || state === 'paused') && (
          <Button icon="close" isPending={cancel.pending} onPress={() => void cancel.run()}>
            <Trans>Cancel</Trans>
          </Button>
        )}
        {readable && <Save file={file} />}
        {readable && (
          <Button icon="remove" isPending={remove.pending} onPress={() => setRemoving(true)}>
            <Trans>Remove</Trans>
          </Button>
        )}
      </div>
      <Confirm
        isOpen={removing}
        title={t`Remove this file from this device?`}
        action={t`Remove`}
        onClose={() => setRemoving(false)}
        onConfirm={() => void remove.run()}
      >
        <p>
          {mine ? (
            <Trans>
              It is locked for good here, so that they cannot get it any more. If they have it, they keep it.
            </Trans>
          ) : (
            <Trans>It is locked for good here, and cannot be opened again. The other keeps theirs.</Trans>
          )}
        </p>
      </Confirm>
    </>
  )
}
