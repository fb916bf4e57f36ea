import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { CircleMemberView, CircleView } from '../../../core/api/circles.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Weave } from '../../ui/weave.tsx'
import { Report } from './report.tsx'
import { isOver, useCircleDeed } from './use-circle.ts'

interface MemberRowProps {
  readonly circle: CircleView
  readonly member: CircleMemberView
}

/** One who is in a circle, and what can be done about them. */
export function MemberRow({ circle, member }: MemberRowProps) {
  const { name, weave, mine, host, muted, differs, present } = member
  return (
    <li className="circle-member">
      <Weave weave={weave} of={name} />
      <span className="person-words">
        <span>
          <bdi>{name}</bdi>
        </span>
        <span className="row-meta">
          {mine && (
            <Tag icon="you">
              <Trans>You</Trans>
            </Tag>
          )}
          {host && (
            <Tag icon="community">
              <Trans>Host</Trans>
            </Tag>
          )}
          {muted && (
            <Tag icon="mute">
              <Trans>Muted</Trans>
            </Tag>
          )}
          {differs && (
            <Tag tone="danger" icon="warning">
              <Trans>Sees other members</Trans>
            </Tag>
          )}
        </span>
      </span>
      {!mine && <Deeds circle={circle} member={member} canRemove={present && circle.role === 'host'} />}
    </li>
  )
}

function Deeds({ circle, member, canRemove }: MemberRowProps & { readonly canRemove: boolean }) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const { id: memberId, name, muted } = member
  const circleId = circle.id
  const mute = useCircleDeed((circles) => circles.setMuted({ circleId, memberId, muted: !muted }))
  const remove = useCircleDeed((circles) => circles.remove({ circleId, memberId }))
  const over = isOver(circle)
  return (
    <div className="row circle-deeds">
      <ProblemNotice problem={mute.problem ?? remove.problem} />
      <Button kind="plain" icon="mute" isPending={mute.pending} onPress={() => void mute.run()}>
        <span>
          {muted ? (
            <Trans>
              Show <bdi>{name}</bdi> again
            </Trans>
          ) : (
            <Trans>
              Mute <bdi>{name}</bdi>
            </Trans>
          )}
        </span>
      </Button>
      {circle.role === 'member' && !over && !member.host && <Report circle={circle} member={member} />}
      {canRemove && !over && (
        <Button kind="plain" icon="remove" isPending={remove.pending} onPress={() => setAsking(true)}>
          <span>
            <Trans>
              Remove <bdi>{name}</bdi>
            </Trans>
          </span>
        </Button>
      )}
      <Confirm
        isOpen={asking}
        title={t`Take ${name} out of the circle?`}
        action={t`Take them out`}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove.run()}
      >
        <p>
          <Trans>
            From now on <bdi>{name}</bdi> can read nothing new: the circle is locked anew at once. What they have they
            keep, and they are told that they are out.
          </Trans>
        </p>
        <p className="small soft">
          <Trans>
            Members whose app has not heard of it yet still write for the old circle. That ends as soon as they are
            online.
          </Trans>
        </p>
      </Confirm>
    </div>
  )
}
