import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import type { MentorshipSummary } from '../../../core/api/mentorships.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'

type Erase = 'nothing' | 'workspace' | 'conversation'

/** The way out at once: one press and one question, no reasons, and then what helps. */
export function Leave({
  mentorship: { id, contact },
}: {
  readonly mentorship: Pick<MentorshipSummary, 'id' | 'contact'>
}) {
  const { t } = useLingui()
  const client = useClient()
  const { replace } = useNavigation()
  const [asking, setAsking] = useState(false)
  const [erase, setErase] = useState<Erase>('nothing')
  const [block, setBlock] = useState(false)
  const name = contact.pseudonym
  const end = useAction(async () => {
    await client.mentorships.end({ mentorshipId: id, erase, block })
    replace({ at: 'safety' })
  })
  return (
    <>
      <Button icon="leave" isPending={end.pending} onPress={() => setAsking(true)}>
        <Trans>Leave at once</Trans>
      </Button>
      <ProblemNotice problem={end.problem} />
      <Confirm
        isOpen={asking}
        title={t`End this mentorship now?`}
        action={t`End it now`}
        onClose={() => setAsking(false)}
        onConfirm={() => void end.run()}
      >
        <p>
          {block ? (
            <Trans>
              It is over here at once, for good. <bdi>{name}</bdi> is told nothing: for them it looks as if you were
              away.
            </Trans>
          ) : (
            <Trans>
              It is over at once, for good. <bdi>{name}</bdi> sees that you ended it, and no reason. You owe nobody an
              explanation.
            </Trans>
          )}
        </p>
        <Checkbox className="choice" isSelected={block} onChange={setBlock}>
          <span className="choice-mark">
            <Icon name="check" />
          </span>
          <span className="choice-words">
            <Trans>
              Block <bdi>{name}</bdi>: nothing more comes from them, and nothing goes to them
            </Trans>
          </span>
        </Checkbox>
        <OneOf<Erase>
          label={t`What is deleted`}
          value={erase}
          onChange={setErase}
          choices={[
            {
              id: 'nothing',
              name: t`Nothing yet`,
              hint: t`You can read it all again, and show it to someone who helps you.`,
            },
            { id: 'workspace', name: t`What you kept together`, hint: t`Agreement, goals, sessions, notes.` },
            { id: 'conversation', name: t`That, and the whole conversation` },
          ]}
        />
        {erase !== 'nothing' && (
          <p className="small soft">
            {block ? (
              <Trans>
                It is deleted here at once. Their app is not asked as long as they are blocked; what they have, they
                keep.
              </Trans>
            ) : (
              <Trans>It is deleted here at once, and their app is asked to do the same. It cannot be made to.</Trans>
            )}
          </p>
        )}
        <p className="small soft">
          <Trans>Then the page about your safety opens.</Trans>
        </p>
      </Confirm>
    </>
  )
}
