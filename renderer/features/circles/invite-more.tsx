import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { CircleView } from '../../../core/api/circles.ts'
import { limits } from '../../../core/api/limits.ts'
import { useView } from '../../api/context.tsx'
import { Button } from '../../ui/button.tsx'
import { SomeOf } from '../../ui/choice.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { useCircleDeed } from './use-circle.ts'

/** Contacts of a persona who can be written to. */
export function useGuestChoices(personaId: string): readonly { readonly id: string; readonly name: string }[] {
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  return (data ?? [])
    .filter((each) => each.personaId === personaId && each.ending === 'none' && !each.blocked)
    .map(({ id, contact }) => ({ id, name: contact.pseudonym }))
}

/** Asks contacts who are neither in it nor invited. */
export function InviteMore({ circle }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const invited = new Set(circle.guests.filter(({ state }) => state === 'invited').map((guest) => guest.conversationId))
  const choices = useGuestChoices(circle.personaId).filter(({ id }) => !invited.has(id) && !circle.joined.includes(id))
  const room = limits.circle.members - circle.members.filter(({ present }) => present).length - invited.size
  const invite = useCircleDeed(async (circles) => {
    await circles.invite({ circleId: circle.id, conversationIds: [...chosen] })
    setChosen([])
  })
  return (
    <Form
      className="stack circle-add"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.length > 0) void invite.run()
      }}
    >
      <h2>
        <Trans>Invite people</Trans>
      </h2>
      {choices.length === 0 ? (
        <p className="small soft">
          <Trans>All your contacts are in it or invited already. Only people you talk with can be invited.</Trans>
        </p>
      ) : (
        <>
          <SomeOf
            label={t`Your contacts`}
            choices={choices}
            value={chosen}
            onChange={setChosen}
            most={Math.max(0, room)}
          />
          <p className="small soft">
            <Trans>
              They see each other’s names in the circle and what is written from then on, and nothing of before.
            </Trans>
          </p>
          <ProblemNotice problem={invite.problem} />
          <div className="row">
            <Button type="submit" icon="plus" isPending={invite.pending} isDisabled={chosen.length === 0}>
              <Trans>Invite them</Trans>
            </Button>
          </div>
        </>
      )}
    </Form>
  )
}
