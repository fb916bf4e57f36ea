import { Trans, useLingui } from '@lingui/react/macro'
import { useView } from '../../api/context.tsx'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/page.tsx'
import { Row } from '../../ui/rows.tsx'
import { fullDate } from '../../words/time.ts'

/** For a guardian: what others passed to them. */
export function ReceivedReports() {
  const { t } = useLingui()
  const region = useRegion()
  const { go } = useNavigation()
  const { community } = useBelonging()
  const { data } = useView(['safety', 'received'], (client) => client.safety.receivedReports())
  const here = data?.filter(({ communityId }) => communityId === community.id) ?? []
  if (here.length === 0) return null
  return (
    <Section title={t`Passed to you`}>
      <ul className="rows" aria-label={t`Passed to you`}>
        {here.map(({ id, about, from, receivedAt, opened }) => (
          <Row
            key={id}
            picture={<Icon name="file" />}
            title={t`About ${about}`}
            side={opened ? undefined : <Trans>New</Trans>}
            onPress={() => go({ at: 'report', id })}
          >
            <span className="row-line">{from === null ? <Trans>Nobody stands for it</Trans> : <bdi>{from}</bdi>}</span>
            <span className="row-meta">{fullDate(region, receivedAt, 'date and time')}</span>
          </Row>
        ))}
      </ul>
    </Section>
  )
}
