import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { Button } from '../../ui/button.tsx'
import { SomeOf } from '../../ui/choice.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { isOver } from './parts.ts'
import { ErasureState } from './erasure-state.tsx'
import { useDeed } from './use-mentorship.ts'

type What = 'workspace' | 'files'

/** What is kept, and what is deleted here and, as far as they do it, on the other side. */
export function KeepStep({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<What[]>([])
  const [asking, setAsking] = useState(false)
  const { id, contact, erasure } = mentorship
  const name = contact.pseudonym
  const left = (['workspace', 'files'] as const).filter((what) => erasure[what] === 'kept')
  const words = {
    workspace: {
      name: t`What you kept together`,
      hint: t`Agreement, goals, sessions, notes and links, thanks, and what you shared looking back.`,
    },
    files: { name: t`The files of the conversation`, hint: t`The ones that you sent, and the ones that you got.` },
  }
  const erase = useDeed(id, (mentorships) =>
    mentorships.erase({
      mentorshipId: id,
      workspace: chosen.includes('workspace'),
      files: chosen.includes('files'),
    }),
  )
  if (!isOver(mentorship)) {
    return (
      <p>
        <Trans>
          Once it is finished you decide here what stays, and what is deleted on both sides. Nothing is deleted by
          itself.
        </Trans>
      </p>
    )
  }
  return (
    <div className="stack">
      <p>
        <Trans>
          Nothing is deleted by itself. Your messages stay in the conversation, which goes on. Your own notes, your
          answers and your hours are yours in any case.
        </Trans>
      </p>
      <ErasureState mentorship={mentorship} />
      {left.length > 0 && (
        <>
          <SomeOf<What>
            label={t`Delete for both`}
            hint={
              <Trans>
                Here at once. <bdi>{name}</bdi>’s app is asked to do the same, and you see whether it says that it has.
                It cannot be made to.
              </Trans>
            }
            value={chosen}
            onChange={setChosen}
            choices={left.map((what) => ({ id: what, ...words[what] }))}
          />
          <ProblemNotice problem={erase.problem} />
          <div className="row">
            <Button
              kind="danger"
              icon="remove"
              isPending={erase.pending}
              isDisabled={chosen.length === 0}
              onPress={() => setAsking(true)}
            >
              <Trans>Delete for both</Trans>
            </Button>
          </div>
        </>
      )}
      <Confirm
        isOpen={asking}
        title={t`Delete it for both?`}
        action={t`Delete for both`}
        onClose={() => setAsking(false)}
        onConfirm={() => void erase.run().then(() => setChosen([]))}
      >
        <p>
          <Trans>It cannot be brought back. What was copied or saved elsewhere stays there.</Trans>
        </p>
      </Confirm>
    </div>
  )
}
