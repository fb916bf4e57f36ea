import { useLingui } from '@lingui/react/macro'
import { useRef, useState, type ReactNode } from 'react'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { WorkspaceChange } from '../../../core/api/mentorships.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Menu } from '../../ui/menu.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { OneLine } from './one-line.tsx'
import { useEdit } from './use-mentorship.ts'

interface EntryOptions {
  readonly mentorshipId: string
  readonly id: string
  readonly title: string
  /** What gives it another title. */
  readonly rename: (title: string) => WorkspaceChange
  readonly words: {
    /** Of the button that shows three dots. */
    readonly menu: string
    readonly title: string
    readonly removal: string
    readonly loss: string
  }
}

interface Entry {
  readonly menu: ReactNode
  /** The line in which it gets another title, what went wrong, and the question before it is removed. */
  readonly below: ReactNode
}

/** What can be done with a line that both have: other words for it, or its removal. */
export function useEntry({ mentorshipId, id, title, rename, words }: EntryOptions): Entry {
  const { t } = useLingui()
  const [doing, setDoing] = useState<'naming' | 'removing'>()
  const button = useRef<HTMLSpanElement>(null)
  const edit = useEdit(mentorshipId)
  const leave = (): void => {
    setDoing(undefined)
    button.current?.querySelector('button')?.focus()
  }
  const name = async (next: string): Promise<boolean> => {
    const went = next === title || (await edit.run(rename(next)))
    if (went) leave()
    return went
  }
  return {
    menu: (
      <span ref={button}>
        <Menu
          label={words.menu}
          entries={[
            { id: 'name', name: t`Other words`, icon: 'write', onAction: () => setDoing('naming') },
            { id: 'remove', name: t`Remove`, icon: 'remove', isDanger: true, onAction: () => setDoing('removing') },
          ]}
        />
      </span>
    ),
    below: (
      <>
        <ProblemNotice problem={edit.problem} />
        {doing === 'naming' && (
          <OneLine
            draft={`title ${id}`}
            label={words.title}
            initial={title}
            limit={limits.title}
            isPending={edit.pending}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person chose to write here
            autoFocus
            onSave={name}
            onLeave={leave}
          />
        )}
        <Confirm
          isOpen={doing === 'removing'}
          title={words.removal}
          action={t`Remove`}
          onClose={() => setDoing(undefined)}
          onConfirm={() => void edit.run({ kind: 'remove', id })}
        >
          <p>{words.loss}</p>
        </Confirm>
      </>
    ),
  }
}
