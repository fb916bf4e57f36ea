import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { SentReportView } from '../../../core/api/safety.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Live } from '../../ui/live.tsx'
import { ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { WorkProgress } from '../../ui/work-progress.tsx'
import { fullDate } from '../../words/time.ts'

/** What this person passed to guardians; nothing where there was nothing. */
export function SentReports() {
  const { t } = useLingui()
  const { community } = useBelonging()
  const { data } = useView(['safety', 'sent'], (client) => client.safety.sentReports())
  const here = data?.filter(({ communityId }) => communityId === community.id) ?? []
  if (here.length === 0) return null
  return (
    <Section title={t`What you passed on`}>
      <ul className="stack stack-wide">
        {here.map((report) => (
          <SentReport key={report.id} report={report} />
        ))}
      </ul>
    </Section>
  )
}

function SentReport({ report }: { readonly report: SentReportView }) {
  const { t } = useLingui()
  const region = useRegion()
  const client = useClient()
  const [asking, setAsking] = useState(false)
  const { id, about, guardian, createdAt, state, progress } = report
  const retry = useAction(() => client.safety.retryReport({ reportId: id }))
  const takeBack = useAction(() => client.safety.takeBackReport({ reportId: id }))
  return (
    <li className="stack stack-tight">
      <p>
        <Trans>
          About <bdi>{about}</bdi>, to <bdi>{guardian}</bdi>
        </Trans>{' '}
        <span className="small soft">{fullDate(region, createdAt, 'date and time')}</span>
      </p>
      <Live>
        {state === 'preparing' && (
          <Tag tone="waiting" icon="queued">
            <Trans>Being sent</Trans>
          </Tag>
        )}
        {state === 'sent' && (
          <Tag tone="reached" icon="stored">
            <Trans>Waiting to be picked up, for two weeks</Trans>
          </Tag>
        )}
        {state === 'over' && (
          <Tag icon="info">
            <Trans>It was there for two weeks and is not any more</Trans>
          </Tag>
        )}
        {state === 'failed' && (
          <Tag tone="danger">
            <Trans>It did not get out; the guardian may not be one any more</Trans>
          </Tag>
        )}
      </Live>
      {state === 'preparing' && <WorkProgress subject={id} saved={progress} />}
      <ProblemNotice problem={retry.problem ?? takeBack.problem} />
      <div className="row">
        {state === 'failed' && (
          <Button isPending={retry.pending} onPress={() => void retry.run()}>
            <Trans>Try again</Trans>
          </Button>
        )}
        <Button
          kind="plain"
          icon="remove"
          isPending={takeBack.pending}
          onPress={() => (state === 'over' ? void takeBack.run() : setAsking(true))}
        >
          {state === 'over' ? <Trans>Forget it</Trans> : <Trans>Take it back</Trans>}
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        title={t`Take this back?`}
        action={t`Take it back`}
        onClose={() => setAsking(false)}
        onConfirm={() => void takeBack.run()}
      >
        <p>
          <Trans>It is taken off your community’s computers. If the guardian has it already, they keep it.</Trans>
        </p>
      </Confirm>
    </li>
  )
}
