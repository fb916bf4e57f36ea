import { Trans, useLingui } from '@lingui/react/macro'
import { Label, ProgressBar } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import type { FileDraftView } from '../../../core/api/views.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import '../../ui/progress.css'
import { listName, sizeName } from '../../words/amounts.ts'
import { traceWords } from '../../words/files.ts'
import './files.css'
import { isPicture, isVoice } from './transfer.ts'
import { Voice } from './voice.tsx'
import type { useFileDraft } from './use-file-draft.ts'

/** Above the box where words are written: what is about to be sent, and what was taken off it. */
export function DraftPanel({ draft }: { readonly draft: ReturnType<typeof useFileDraft> }) {
  const { t } = useLingui()
  const region = useRegion()
  const { state, problem } = draft
  const most = sizeName(region, limits.file.bytes)
  return (
    <div className="file-draft">
      <ProblemNotice problem={problem} />
      <Live>
        {state.step === 'refused' && (
          <Notice tone="danger">
            <p>
              {state.why === 'empty' ? (
                <Trans>This file is empty. Choose another one.</Trans>
              ) : (
                <Trans>This is larger than {most}, and is not sent. Send it in parts, or make it smaller.</Trans>
              )}
            </p>
          </Notice>
        )}
        {state.step === 'ready' && <Ready view={state.view} file={state.file} />}
        {state.step === 'not-cleaned' && (
          <Notice tone="waiting" icon="warning">
            <p>
              <Trans>
                What this picture tells beside what is seen, such as the place and the camera, cannot be taken off it
                here. Sent as a plain file it keeps all of that.
              </Trans>
            </p>
          </Notice>
        )}
      </Live>
      {state.step === 'reading' && (
        <ProgressBar className="progress" value={Math.round(state.fraction * 100)}>
          <Label className="small">{t`Getting it ready…`}</Label>
          <div className="progress-track">
            <div className="progress-fill" style={{ inlineSize: `${state.fraction * 100}%` }} />
          </div>
        </ProgressBar>
      )}
      {state.step !== 'none' && (
        <div className="row">
          {state.step === 'ready' && (
            <Button kind="primary" icon="send" isPending={state.sending} onPress={draft.send}>
              <Trans>Send it</Trans>
            </Button>
          )}
          {state.step === 'not-cleaned' && (
            <Button onPress={draft.asOther}>
              <Trans>As a plain file, with everything in it</Trans>
            </Button>
          )}
          <Button icon="close" onPress={draft.discard}>
            {state.step === 'refused' ? <Trans>Close</Trans> : <Trans>Do not send it</Trans>}
          </Button>
        </div>
      )}
    </div>
  )
}

interface ReadyProps {
  readonly view: FileDraftView
  readonly file: Blob
}

function Ready({ view: { name, size, mediaType, removed, cleaned }, file }: ReadyProps) {
  const { i18n } = useLingui()
  const region = useRegion()
  const traces = listName(
    region,
    removed.map((trace) => i18n._(traceWords[trace])),
  )
  return (
    <div className="stack stack-tight">
      <p className="file-name">
        <Icon name="file" />
        <bdi>{name}</bdi>
        <span className="soft small">{sizeName(region, size)}</span>
      </p>
      {cleaned && removed.length > 0 && (
        <Notice tone="reached" icon="check">
          <p>
            <Trans>Taken off this picture: {traces}. What is seen on it stays: look whether it leads to you.</Trans>
          </p>
        </Notice>
      )}
      {cleaned && removed.length === 0 && (
        <Notice tone="reached" icon="check">
          <p>
            <Trans>This picture tells nothing beside what is seen on it.</Trans>
          </p>
        </Notice>
      )}
      {isVoice(mediaType) && (
        <>
          <Voice read={() => Promise.resolve(file)} />
          <Notice tone="waiting" icon="warning">
            <p>
              <Trans>
                A voice can be recognised, and so can what is heard behind it. Listen once before you send it.
              </Trans>
            </p>
          </Notice>
        </>
      )}
      {!cleaned && !isVoice(mediaType) && (
        <Notice tone="waiting" icon="warning">
          <p>
            {isPicture(mediaType) || removed.length === 0 ? (
              <Trans>It goes as it is. Documents often hold names, places and dates that are not seen at first.</Trans>
            ) : (
              <Trans>
                Taken off: {traces}. The rest goes as it is: documents often hold names, places and dates that are not
                seen at first.
              </Trans>
            )}
          </p>
        </Notice>
      )}
    </div>
  )
}
