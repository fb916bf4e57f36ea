import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { CircleView } from '../../../core/api/circles.ts'
import { problemOf } from '../../api/fault.ts'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { useDraft } from '../../shell/drafts.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty, PageHeading } from '../../ui/page.tsx'
import { CircleStateTag } from './circle-state.tsx'
import { Invitation } from './invitation.tsx'
import { Members } from './members.tsx'
import { Messages } from './messages.tsx'
import { Resources } from './resources.tsx'
import { Ring } from './ring.tsx'
import { useCircles } from './use-circle.ts'
import './circles.css'

/** A circle: what is said, what is kept, who is in it. */
export function CirclePage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { data, error } = useCircles()
  const circle = data?.find((circle) => circle.id === id)
  if (data === undefined) {
    return error === undefined ? null : (
      <>
        <BackWhenNarrow />
        <ProblemNotice problem={problemOf(error)} />
      </>
    )
  }
  if (circle === undefined) {
    return (
      <>
        <BackWhenNarrow />
        <Empty title={t`This is no longer here`} middle>
          <p>
            <Trans>Choose someone from the list.</Trans>
          </p>
        </Empty>
      </>
    )
  }
  if (circle.state === 'invited') return <Invitation circle={circle} />
  return (
    <div className="circle">
      <Head circle={circle} />
      {circle.state === 'joining' ? <Joining circle={circle} /> : <Parts circle={circle} />}
    </div>
  )
}

function Head({ circle: { name, members, state, role, hostName } }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const count = members.filter(({ present }) => present).length
  return (
    <header className="talk-head">
      <BackWhenNarrow />
      <div className="person">
        <Ring members={members} />
        <div className="person-words">
          <PageHeading>
            <bdi>{name}</bdi>
          </PageHeading>
          <p className="talk-about">
            {role === 'host' ? (
              <Trans>Your circle</Trans>
            ) : (
              <Trans>
                Around <bdi>{hostName}</bdi>
              </Trans>
            )}
            {count > 0 && ` · ${t({ message: plural({ count }, { one: '# person', other: '# people' }) })}`}
          </p>
          <CircleStateTag state={state} />
        </div>
      </div>
    </header>
  )
}

type Part = 'messages' | 'resources' | 'members'

function Parts({ circle }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const [part, setPart] = useDraft<Part>(`circle part ${circle.id}`, 'messages')
  const parts: readonly { readonly id: Part; readonly name: string }[] = [
    { id: 'messages', name: t`Messages` },
    { id: 'resources', name: t`Resources` },
    { id: 'members', name: t`Members` },
  ]
  return (
    <Tabs className="circle-tabs" selectedKey={part} onSelectionChange={(key) => setPart(key as Part)}>
      <TabList className="tabs" aria-label={t`Parts of the circle`}>
        {parts.map(({ id, name }) => (
          <Tab key={id} id={id} className="tab">
            {name}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="messages" className="circle-talk">
        <Messages circle={circle} />
      </TabPanel>
      <TabPanel id="resources" className="circle-part">
        <Resources circle={circle} />
      </TabPanel>
      <TabPanel id="members" className="circle-part">
        <Members circle={circle} />
      </TabPanel>
    </Tabs>
  )
}

function Joining({ circle: { hostName } }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  return (
    <Empty title={t`You said yes`} middle>
      <p>
        <Trans>
          As soon as <bdi>{hostName}</bdi> is there, their app lets you in. You need do nothing more.
        </Trans>
      </p>
    </Empty>
  )
}
