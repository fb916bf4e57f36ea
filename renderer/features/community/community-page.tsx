import { Trans, useLingui } from '@lingui/react/macro'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Lamps } from '../../ui/lamps.tsx'
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { fullDate } from '../../words/time.ts'
import { WhoLooksAfter } from '../charter/who-looks-after.tsx'
import { Invite } from './invite.tsx'
import { Operators } from './operators.tsx'
import { useRegion } from '../../locales/use-region.ts'
import { Live } from '../../ui/live.tsx'

/** The community that is looked at: who carries it, and how others come in. */
export function CommunityPage() {
  const { t } = useLingui()
  const region = useRegion()
  const { go } = useNavigation()
  const { community, communities, select } = useBelonging()
  const since = fullDate(region, community.joinedAt)
  return (
    <Page title={community.name} lead={<Trans>You are here since {since}.</Trans>}>
      {communities.length > 1 && (
        <Select
          label={t`Community`}
          value={community.id}
          onChange={select}
          items={communities.map(({ id, name }) => ({ id, name }))}
        />
      )}
      <Section title={t`Community computers`}>
        <Reach />
      </Section>
      <Section title={t`Who looks after it`}>
        <WhoLooksAfter key={community.id} />
      </Section>
      <Section title={t`Invite someone`}>
        <Invite key={community.id} communityId={community.id} />
      </Section>
      <Section title={t`A computer that is always on`}>
        <Operators key={community.id} communityId={community.id} hosting={community.hosting} />
      </Section>
      <Section title={t`More communities`}>
        <div>
          <Button kind="plain" icon="plus" onPress={() => go({ at: 'another-community' })}>
            <Trans>Another community</Trans>
          </Button>
        </div>
      </Section>
    </Page>
  )
}

function Reach() {
  const { t } = useLingui()
  const client = useClient()
  const { community } = useBelonging()
  const { state, nodesKnown, nodesReached } = community.network
  const reconnect = useAction(() => client.communities.reconnect({ communityId: community.id }))
  return (
    <div className="stack">
      <div className="lamps-row">
        <Lamps lit={nodesReached} all={nodesKnown} />
        <Live>
          {state === 'reached' && (
            <Tag tone="reached">
              <Trans>
                {nodesReached} of {nodesKnown} answer
              </Trans>
            </Tag>
          )}
          {state === 'connecting' && <Tag tone="waiting">{t`Reaching your community…`}</Tag>}
          {state === 'offline' && <Tag icon="close">{t`Not connected`}</Tag>}
          <p className="small soft">
            <Trans>They keep sealed messages until they are picked up. They can read none of them.</Trans>
          </p>
        </Live>
      </div>
      {state !== 'reached' && (
        <div>
          <Button icon="refresh" isPending={reconnect.pending} onPress={() => void reconnect.run()}>
            <Trans>Try again now</Trans>
          </Button>
        </div>
      )}
      <ProblemNotice problem={reconnect.problem} />
      {community.hosting && (
        <Notice>
          <p>
            <Trans>
              This device is one of them. While Staffetta is open here, others reach each other through it; while it is
              closed and there is no other, messages wait on each device.
            </Trans>
          </p>
        </Notice>
      )}
    </div>
  )
}
