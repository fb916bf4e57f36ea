import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { freshId } from '../../api/fresh-id.ts'
import { LinkedText } from '../conversation/linked-text.tsx'
import { useEdit } from './use-mentorship.ts'

interface LinksProps {
  readonly mentorship: MentorshipView
  readonly isClosed: boolean
}

/** Addresses as text: nothing here opens or asks for one. */
export function Links({ mentorship: { id, links }, isClosed }: LinksProps) {
  const { t } = useLingui()
  const edit = useEdit(id)
  const [removing, setRemoving] = useState<string>()
  return (
    <section className="stack stack-tight">
      <h3>
        <Trans>Links</Trans>
      </h3>
      {links.length === 0 && (
        <p className="soft">
          <Trans>Pages and places that help. They stay text: Staffetta opens and fetches nothing.</Trans>
        </p>
      )}
      <ul className="things" aria-label={t`Links`}>
        {links.map(({ id: linkId, title, address }) => (
          <li key={linkId} className="thing">
            <div className="thing-words">
              <bdi className="row-title">{title}</bdi>
              <span className="small">
                <LinkedText text={address} isCurrent />
              </span>
            </div>
            {!isClosed && (
              <IconButton icon="remove" label={t`Remove the link: ${title}`} onPress={() => setRemoving(linkId)} />
            )}
          </li>
        ))}
      </ul>
      <ProblemNotice problem={edit.problem} />
      {!isClosed && links.length < limits.links && <NewLink mentorshipId={id} />}
      <Confirm
        isOpen={removing !== undefined}
        title={t`Remove this link?`}
        action={t`Remove`}
        onClose={() => setRemoving(undefined)}
        onConfirm={() => {
          if (removing !== undefined) void edit.run({ kind: 'remove', id: removing })
        }}
      >
        <p>{t`It goes for both of you.`}</p>
      </Confirm>
    </section>
  )
}

function NewLink({ mentorshipId }: { readonly mentorshipId: string }) {
  const { t } = useLingui()
  const [draft, setDraft, clear] = useDraft<{ title: string; address: string } | undefined>(
    `link ${mentorshipId}`,
    undefined,
  )
  const edit = useEdit(mentorshipId)
  if (draft === undefined) {
    return (
      <div className="row">
        <Button kind="plain" icon="plus" onPress={() => setDraft({ title: '', address: '' })}>
          <Trans>Add a link</Trans>
        </Button>
      </div>
    )
  }
  const save = async (): Promise<void> => {
    if (await edit.run({ kind: 'link', linkId: freshId(), title, address })) clear()
  }
  const [title, address] = [draft.title.trim(), draft.address.trim()]
  return (
    <Form
      className="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (title !== '' && address !== '') void save()
      }}
    >
      <Field
        label={t`What it is`}
        value={draft.title}
        onChange={(title) => setDraft({ ...draft, title })}
        maxLength={limits.title}
        autoComplete="off"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person pressed to fill this in
        autoFocus={draft.title === ''}
      />
      <Field
        label={t`Address`}
        value={draft.address}
        onChange={(address) => setDraft({ ...draft, address })}
        maxLength={limits.address}
        autoComplete="off"
        dir="ltr"
      />
      <ProblemNotice problem={edit.problem} />
      <div className="row">
        <Button type="submit" icon="plus" isPending={edit.pending} isDisabled={title === '' || address === ''}>
          <Trans>Add</Trans>
        </Button>
        <Button kind="plain" onPress={clear}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </Form>
  )
}
