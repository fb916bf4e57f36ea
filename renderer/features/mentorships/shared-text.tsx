import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { WorkspaceChange } from '../../../core/api/mentorships.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx'
import { changeOf } from './text-change.ts'
import { useEdit } from './use-mentorship.ts'

type TextField = Extract<WorkspaceChange, { kind: 'text' }>['field']

interface SharedTextProps {
  readonly mentorshipId: string
  readonly field: TextField
  readonly text: string
  readonly title: string
  readonly hint?: ReactNode
  /** Who else writes here. */
  readonly name: string
  readonly limit: number
  readonly isClosed: boolean
  readonly lines?: number
}

/**
 * A text of both. It is read until one of them begins to change it; what the
 * other changes meanwhile is shown beside it, takes nothing away from what is
 * being written, and is put together with it by core.
 */
export function SharedText({
  mentorshipId,
  field,
  text,
  title,
  hint,
  name,
  limit,
  isClosed,
  lines = 4,
}: SharedTextProps) {
  const { t } = useLingui()
  const key = `${mentorshipId} ${field}`
  const [draft, setDraft, clear] = useDraft<{ readonly from: string; readonly to: string } | undefined>(
    `text ${key}`,
    undefined,
  )
  const [seen, setSeen] = useSeen(`seen ${key}`, text)
  /** What has just been done here leads the focus: to where it is written, and back. */
  const [step, setStep] = useState<'begun' | 'closed'>()
  const [asking, setAsking] = useState(false)
  const edit = useEdit(mentorshipId)

  const begin = (): void => {
    setDraft({ from: text, to: text })
    setSeen(text)
    setStep('begun')
  }
  const close = (): void => {
    clear()
    edit.clear()
    setStep('closed')
  }
  const save = async (): Promise<void> => {
    if (draft === undefined) return
    if (draft.to !== draft.from && !(await edit.run({ kind: 'text', field, ...draft }))) return
    setSeen(undefined)
    close()
  }

  if (draft === undefined || isClosed) {
    return (
      <section className="shared-text">
        <div className="shared-text-head">
          <h3>{title}</h3>
          {!isClosed && (
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- back to where the person came from
            <Button kind="plain" icon="write" autoFocus={step === 'closed'} onPress={begin}>
              {text === '' ? t`Write` : t`Change`}
              <span className="hidden-but-read">: {title}</span>
            </Button>
          )}
        </div>
        {text === '' ? (
          <p className="soft">
            {isClosed ? <Trans>Nothing was written.</Trans> : (hint ?? <Trans>Nothing yet.</Trans>)}
          </p>
        ) : (
          <Marked old={seen ?? text} text={text} />
        )}
        <Live>
          {seen !== undefined && seen !== text && (
            <p className="row">
              <Tag icon="refresh">
                <Trans>
                  Changed by <bdi>{name}</bdi> while you were here
                </Trans>
              </Tag>
              <Button kind="plain" onPress={() => setSeen(text)}>
                <Trans>Seen</Trans>
              </Button>
            </p>
          )}
        </Live>
      </section>
    )
  }
  return (
    <section className="shared-text">
      <Form
        className="stack stack-tight"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field
          label={title}
          {...(hint === undefined ? {} : { hint })}
          lines={lines}
          value={draft.to}
          onChange={(to) => setDraft({ ...draft, to })}
          // what both lengthened at once may be longer than can be written
          maxLength={Math.max(limit, draft.from.length)}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person pressed to write here
          autoFocus={step === 'begun'}
        />
        <Live>
          {text !== draft.from && (
            <Notice icon="refresh">
              <p>
                <Trans>
                  <bdi>{name}</bdi> changed this meanwhile. Go on: when you save, your words and theirs are put
                  together. It says there now:
                </Trans>
              </p>
              <Marked old={draft.from} text={text} />
            </Notice>
          )}
        </Live>
        <ProblemNotice problem={edit.problem} />
        <div className="row">
          <Button type="submit" isPending={edit.pending}>
            <Trans>Save</Trans>
          </Button>
          <Button kind="plain" onPress={() => (draft.to === draft.from ? close() : setAsking(true))}>
            <Trans>Cancel</Trans>
          </Button>
        </div>
      </Form>
      <Confirm
        isOpen={asking}
        title={t`Throw away what you wrote here?`}
        action={t`Throw it away`}
        onClose={() => setAsking(false)}
        onConfirm={close}
      >
        <p>
          <Trans>What stood there before stays.</Trans>
        </p>
      </Confirm>
    </section>
  )
}

/** The text, with what is new in it marked. */
function Marked({ old, text }: { readonly old: string; readonly text: string }) {
  const { before, changed, after } = changeOf(old, text)
  return (
    <p className="prose" dir="auto">
      {before}
      {changed !== '' && <mark className="new-words">{changed}</mark>}
      {after}
    </p>
  )
}

/** What the person saw last of a text; after `undefined`, what comes next counts as seen. */
function useSeen(key: string, text: string): [seen: string | undefined, set: (seen: string | undefined) => void] {
  const [seen, setSeen] = useDraft<string | undefined>(key, text)
  useEffect(() => setSeen(seen ?? text), [seen, text, setSeen])
  return [seen, setSeen]
}
