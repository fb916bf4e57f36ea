import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { HoursView } from '../../../core/api/mentorships.ts'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { duration, fullDate } from '../../words/time.ts'
import { HoursPicture } from './hours-picture.tsx'

/** Time given and received, for this person alone: no balance, and nothing owed. */
export function HoursPage() {
  const { t } = useLingui()
  const { data, error } = useView(['hours'], (client) => client.mentorships.hours())
  return (
    <>
      <BackWhenNarrow />
      <Page title={t`Hours given and received`}>
        {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
        {data !== undefined &&
          (data.given + data.received === 0 ? (
            <Empty title={t`No hours yet`}>
              <p>
                <Trans>When a session took place, note it there: its time is sewn on here.</Trans>
              </p>
            </Empty>
          ) : (
            <Hours hours={data} />
          ))}
        <SeenBy>
          <Trans>Nobody but you sees this. It is no debt and no score: nobody owes anybody hours here.</Trans>
        </SeenBy>
      </Page>
    </>
  )
}

function Hours({ hours: { given, received, mentorships } }: { readonly hours: HoursView }) {
  const { t } = useLingui()
  const region = useRegion()
  const { go } = useNavigation()
  return (
    <>
      <dl className="hours-sums">
        <div>
          <dt>
            <span className="hours-mark" aria-hidden="true" />
            <Trans>Given</Trans>
          </dt>
          <dd>{duration(region, given)}</dd>
        </div>
        <div>
          <dt>
            <span className="hours-mark hours-mark-received" aria-hidden="true" />
            <Trans>Received</Trans>
          </dt>
          <dd>{duration(region, received)}</dd>
        </div>
      </dl>
      <HoursPicture given={given} received={received} />
      {mentorships.length > 0 && (
        <ul className="rows" aria-label={t`With whom`}>
          {mentorships.map(({ mentorshipId, contact, sessions, lastAt, ...with_ }) => {
            const count = t({ message: plural(sessions, { one: '# session', other: '# sessions' }) })
            const last = fullDate(region, lastAt)
            const [givenTime, receivedTime] = [duration(region, with_.given), duration(region, with_.received)]
            return (
              <Row
                key={mentorshipId}
                picture={<Weave weave={contact.weave} />}
                title={contact.pseudonym}
                onPress={() => go({ at: 'mentorship', id: mentorshipId })}
              >
                <span className="row-meta">
                  {with_.given > 0 && <span>{t`Given: ${givenTime}`}</span>}
                  {with_.received > 0 && <span>{t`Received: ${receivedTime}`}</span>}
                </span>
                <span className="row-line">
                  <Trans>
                    {count}, the last one on {last}
                  </Trans>
                </span>
              </Row>
            )
          })}
        </ul>
      )}
    </>
  )
}
