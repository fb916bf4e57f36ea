import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { GuardianView } from '../../../core/api/safety.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Empty, Page, Section } from '../../ui/page.tsx'
import { NoticeItem } from './notice-item.tsx'
import { ReceivedReports } from './received-reports.tsx'
import { SentReports } from './sent-reports.tsx'
import { useNotices } from './warnings.tsx'

/** Whom the community asks to look after it, what they say, and what was passed to them. */
export function GuardiansPage() {
  const { t } = useLingui()
  const { community } = useBelonging()
  const { go } = useNavigation()
  const { data } = useView(['safety', 'guardians'], (client) => client.safety.guardians())
  const notices = useNotices()
  const guardians = data?.filter(({ communityId }) => communityId === community.id)
  if (guardians === undefined || notices === undefined) return null
  const { name } = community
  const isGuardian = guardians.some(({ mine }) => mine)
  return (
    <Page
      title={t`Guardians`}
      lead={
        <Trans>
          People whom the founder of <bdi>{name}</bdi> asks to look after it. They see nothing of you but what you pass
          to them, and can hide nothing from you that you want to see.
        </Trans>
      }
      back
      action={
        isGuardian && (
          <Button kind="primary" icon="write" onPress={() => go({ at: 'write-notice' })}>
            <Trans>Say something to everyone</Trans>
          </Button>
        )
      }
    >
      {guardians.length === 0 ? (
        <Empty title={t`No guardians yet`}>
          <p>
            <Trans>
              The founder has named none, or this device has not heard of them. Whoever founded the community names them
              in its charter.
            </Trans>
          </p>
        </Empty>
      ) : (
        <ul className="stack stack-wide">
          {guardians.map((guardian) => (
            <Guardian key={guardian.key} guardian={guardian} />
          ))}
        </ul>
      )}
      {notices.length > 0 && (
        <Section title={t`What they say`}>
          <ul className="stack">
            {notices.map((notice) => (
              <NoticeItem key={`${notice.guardianKey} ${notice.id}`} notice={notice}>
                {notice.mine && <Withdraw communityId={community.id} noticeId={notice.id} />}
              </NoticeItem>
            ))}
          </ul>
        </Section>
      )}
      <ReceivedReports />
      <SentReports />
    </Page>
  )
}

function Guardian({ guardian }: { readonly guardian: GuardianView }) {
  const { t } = useLingui()
  const client = useClient()
  const { communityId, key, name, fingerprint, mine, follows } = guardian
  const follow = useAction((follows: boolean) => client.safety.follow({ communityId, guardian: key, follows }))
  return (
    <li className="stack stack-tight">
      <h2>
        <bdi>{name}</bdi>
      </h2>
      <p className="small soft" dir="ltr">
        {fingerprint}
      </p>
      {mine ? (
        <Tag icon="you">
          <Trans>This is you</Trans>
        </Tag>
      ) : (
        <OneOf
          label={t`What they say to everyone`}
          inline
          value={follows ? 'follow' : 'not'}
          onChange={(choice) => void follow.run(choice === 'follow')}
          choices={[
            { id: 'follow', name: t`Follow` },
            { id: 'not', name: t`Do not follow` },
          ]}
        />
      )}
      <ProblemNotice problem={follow.problem} />
    </li>
  )
}

function Withdraw({ communityId, noticeId }: { readonly communityId: string; readonly noticeId: string }) {
  const { t } = useLingui()
  const client = useClient()
  const [asking, setAsking] = useState(false)
  const withdraw = useAction(() => client.safety.withdrawNotice({ communityId, noticeId }))
  return (
    <>
      <div>
        <Button kind="plain" icon="remove" isPending={withdraw.pending} onPress={() => setAsking(true)}>
          <Trans>Take it back</Trans>
        </Button>
      </div>
      <ProblemNotice problem={withdraw.problem} />
      <Confirm
        isOpen={asking}
        title={t`Take this back?`}
        action={t`Take it back`}
        onClose={() => setAsking(false)}
        onConfirm={() => void withdraw.run()}
      >
        <p>
          <Trans>
            Nobody is warned of it any more, and what it hid is shown again. Whoever has read it may remember it.
          </Trans>
        </p>
      </Confirm>
    </>
  )
}
