import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import type { InviteView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice, ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { fullDate } from '../../words/time.ts'
import './welcome.css'
import { useRegion } from '../../locales/use-region.ts'
import { Live } from '../../ui/live.tsx'

/** Paste an invite, see what it says, join. */
export function JoinCommunity({ onDone }: { readonly onDone: (communityId: string) => void }) {
  const { t } = useLingui()
  const client = useClient()
  const [link, setLink] = useState('')
  const [seen, setSeen] = useState<{ readonly link: string; readonly invite: InviteView }>()
  const invite = seen?.link === link ? seen.invite : undefined
  const inspect = useAction(async (link: string) =>
    setSeen({ link, invite: await client.communities.inspect({ link: link.trim() }) }),
  )
  const join = useAction(async () => onDone((await client.communities.join({ link })).id))
  const { run } = inspect

  // what was pasted is looked at as soon as the person pauses
  useEffect(() => {
    if (link.trim() === '') return undefined
    const timer = setTimeout(() => void run(link), 250)
    return () => clearTimeout(timer)
  }, [link, run])

  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (invite !== undefined) void join.run()
        else if (link.trim() !== '') void inspect.run(link)
      }}
    >
      <Field
        label={t`Invite`}
        hint={t`Paste the whole link that someone of the community gave you.`}
        value={link}
        onChange={(value) => {
          setLink(value)
          inspect.clear()
          join.clear()
        }}
        lines={3}
        maxLength={limits.link}
        dir="ltr"
        autoComplete="off"
      />
      <ProblemNotice problem={inspect.problem ?? join.problem} />
      <Live>{invite !== undefined && <Preview invite={invite} />}</Live>
      <div className="threshold-actions">
        <Button
          kind="primary"
          type="submit"
          isPending={join.pending}
          isDisabled={invite === undefined || invite.alreadyMember}
        >
          <Trans>Join</Trans>
        </Button>
      </div>
    </Form>
  )
}

function Preview({ invite }: { readonly invite: InviteView }) {
  const region = useRegion()
  const until = fullDate(region, invite.expiresAt, 'date and time')
  return (
    <div className="stack">
      <div className="invite-preview">
        <h2>
          <bdi>{invite.communityName}</bdi>
        </h2>
        <p className="small soft">
          <Trans>This invite works until {until}.</Trans>
        </p>
        <p className="small soft">
          <Plural value={invite.nodes} one="One community computer" other="# community computers" />
        </p>
      </div>
      {invite.alreadyMember ? (
        <Notice>
          <p>
            <Trans>You are already in this community.</Trans>
          </p>
        </Notice>
      ) : (
        <SeenBy>
          <Trans>
            Joining tells nobody anything about you. The community’s computer will see the address of this device when
            you connect.
          </Trans>
        </SeenBy>
      )}
    </div>
  )
}
