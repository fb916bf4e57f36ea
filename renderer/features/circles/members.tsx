import { Trans, useLingui } from '@lingui/react/macro'
import type { CircleView } from '../../../core/api/circles.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { fullDate } from '../../words/time.ts'
import { InviteMore } from './invite-more.tsx'
import { MemberRow } from './member-row.tsx'
import { isOver, useCircleDeed } from './use-circle.ts'
import { WayOut } from './way-out.tsx'

/** Who is in a circle, and the ways in and out of it. */
export function Members({ circle }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const present = circle.members.filter((member) => member.present)
  const past = circle.members.filter((member) => !member.present)
  const over = isOver(circle)
  return (
    <div className="stack stack-wide">
      {circle.members.some(({ differs }) => differs) && (
        <Notice tone="danger" icon="warning">
          <p>
            <Trans>
              Somebody here was told of other members than you. It may be a fault, or the host may show different people
              different lists. Write nothing here that must stay among those you see, and ask the host.
            </Trans>
          </p>
        </Notice>
      )}
      <ul className="circle-members" aria-label={t`Members`}>
        {present.map((member) => (
          <MemberRow key={member.id} circle={circle} member={member} />
        ))}
      </ul>
      {circle.role === 'host' && !over && (
        <>
          <Guests circle={circle} />
          <Reports circle={circle} />
          <InviteMore circle={circle} />
        </>
      )}
      {past.length > 0 && (
        <section className="stack stack-tight">
          <h2>
            <Trans>Were in it before</Trans>
          </h2>
          <ul className="circle-members">
            {past.map((member) => (
              <MemberRow key={member.id} circle={circle} member={member} />
            ))}
          </ul>
        </section>
      )}
      {!over && <WayOut circle={circle} />}
    </div>
  )
}

/** Who was invited and is not in it. */
function Guests({ circle: { id, guests } }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const withdraw = useCircleDeed((circles, conversationId: string) =>
    circles.withdrawInvitation({ circleId: id, conversationId }),
  )
  if (guests.length === 0) return null
  return (
    <section className="stack stack-tight">
      <h2>
        <Trans>Invited</Trans>
      </h2>
      <ProblemNotice problem={withdraw.problem} />
      <ul className="circle-members" aria-label={t`Invited`}>
        {guests.map(({ conversationId, name, state }) => (
          <li key={conversationId} className="circle-member">
            <span className="person-words">
              <span>
                <bdi>{name}</bdi>
              </span>
              <span className="small soft">
                {state === 'declined' ? <Trans>Said no</Trans> : <Trans>Has not answered yet</Trans>}
              </span>
            </span>
            {state === 'invited' && (
              <Button kind="plain" isPending={withdraw.pending} onPress={() => void withdraw.run(conversationId)}>
                <Trans>Take it back</Trans>
                <span className="hidden-but-read">: {name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What members told the host of others. */
function Reports({ circle: { reports } }: { readonly circle: CircleView }) {
  const region = useRegion()
  if (reports.length === 0) return null
  return (
    <section className="stack stack-tight">
      <h2>
        <Trans>Told to you in confidence</Trans>
      </h2>
      <ul className="circle-reports">
        {reports.map(({ by, about, text, at }, nth) => (
          // oxlint-disable-next-line react/no-array-index-key -- two may be the same in everything
          <li key={`${at} ${nth}`} className="stack stack-tight">
            <p className="small soft">
              <Trans>
                <bdi>{by}</bdi> about <bdi>{about}</bdi>
              </Trans>
              {` · ${fullDate(region, at)}`}
            </p>
            <p className="message-text" dir="auto">
              {text}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
