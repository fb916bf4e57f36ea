import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import type { FileView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Expander } from '../../ui/page.tsx'
import { freshId } from '../../api/fresh-id.ts'
import { FileCard } from '../files/file-message.tsx'
import { useEdit } from './use-mentorship.ts'

interface SharedFilesProps {
  readonly mentorship: MentorshipView
  readonly isClosed: boolean
}

/** Files of the conversation that both want at hand here. */
export function SharedFiles({ mentorship, isClosed }: SharedFilesProps) {
  const { t } = useLingui()
  const { go } = useNavigation()
  const { id, conversationId, contact, files } = mentorship
  const all = useView(['files', conversationId], (client) => client.files.list({ conversationId }))
  const edit = useEdit(id)
  const [removing, setRemoving] = useState<string>()
  const kept = new Set(files.map(({ fileId }) => fileId))
  const others = all.data?.filter((file) => !kept.has(file.id)) ?? []
  return (
    <section className="stack stack-tight">
      <h3>
        <Trans>Files</Trans>
      </h3>
      {files.length === 0 && (
        <p className="soft">
          <Trans>Files that one of you sent in the conversation can lie here too, so that both find them again.</Trans>
        </p>
      )}
      <ul className="things" aria-label={t`Files`}>
        {files.map(({ id: entry, fileId, name }) => (
          <li key={entry} className="thing">
            <div className="thing-words">
              <FileAtHand file={all.data?.find((file) => file.id === fileId)} name={name} author={contact.pseudonym} />
            </div>
            {!isClosed && (
              <IconButton
                icon="close"
                label={t`Take it out of the workspace: ${name}`}
                onPress={() => setRemoving(entry)}
              />
            )}
          </li>
        ))}
      </ul>
      <ProblemNotice problem={edit.problem} />
      {!isClosed && others.length > 0 && files.length < limits.files && (
        <Expander title={t`Files of the conversation`}>
          <ul className="things" aria-label={t`Files of the conversation`}>
            {others.map((file) => {
              const name = file.name
              return (
                <li key={file.id} className="thing">
                  <p className="file-name thing-words">
                    <Icon name="file" />
                    <bdi>{name}</bdi>
                  </p>
                  <Button
                    icon="plus"
                    onPress={() => void edit.run({ kind: 'file', sharedFileId: freshId(), fileId: file.id })}
                  >
                    <Trans>Keep at hand</Trans>
                    <span className="hidden-but-read">: {name}</span>
                  </Button>
                </li>
              )
            })}
          </ul>
        </Expander>
      )}
      {!isClosed && all.data?.length === 0 && (
        <div className="row">
          <Button kind="plain" icon="attach" onPress={() => go({ at: 'conversation', id: conversationId })}>
            <Trans>Send one in the conversation</Trans>
          </Button>
        </div>
      )}
      <Confirm
        isOpen={removing !== undefined}
        title={t`Take this file out of the workspace?`}
        action={t`Take it out`}
        onClose={() => setRemoving(undefined)}
        onConfirm={() => {
          if (removing !== undefined) void edit.run({ kind: 'remove', id: removing })
        }}
      >
        <p>
          <Trans>It goes from this list for both of you. The file itself stays in the conversation.</Trans>
        </p>
      </Confirm>
    </section>
  )
}

interface FileAtHandProps {
  readonly file: FileView | undefined
  readonly name: string
  readonly author: string
}

function FileAtHand({ file, name, author }: FileAtHandProps) {
  if (file !== undefined) return <FileCard file={file} author={author} />
  return (
    <>
      <p className="file-name">
        <Icon name="file" />
        <bdi>{name}</bdi>
      </p>
      <p className="small soft">
        <Trans>It is no longer on this device.</Trans>
      </p>
    </>
  )
}
