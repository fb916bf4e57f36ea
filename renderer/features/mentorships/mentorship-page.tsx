import { Trans, useLingui } from '@lingui/react/macro'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { problemOf } from '../../api/fault.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty, PageHeading } from '../../ui/page.tsx'
import { Weave } from '../../ui/weave.tsx'
import { Agreement } from './agreement.tsx'
import { isOver, type Part } from './parts.ts'
import { Goals } from './goals.tsx'
import { Leave } from './leave.tsx'
import { StateTag, Subject } from './mentorship-state.tsx'
import { Own } from './own.tsx'
import { Proposal } from './proposal.tsx'
import { Sessions } from './sessions.tsx'
import { Things } from './things.tsx'
import { Together } from './together.tsx'
import { useMentorship } from './use-mentorship.ts'
import './mentorships.css'
import './parts.css'

/** What a pair keeps beside its conversation. */
export function MentorshipPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { data, error } = useMentorship(id)
  if (data === undefined) {
    if (error === undefined) return null
    const problem = problemOf(error)
    return (
      <>
        <BackWhenNarrow />
        {problem === 'not-found' ? (
          <Empty title={t`This is no longer here`} middle>
            <p>
              <Trans>Choose one from the list.</Trans>
            </p>
          </Empty>
        ) : (
          <div className="page">
            <ProblemNotice problem={problem} />
          </div>
        )}
      </>
    )
  }
  return (
    <div className="page desk">
      <Head mentorship={data} />
      {data.state === 'proposed' ? <Proposal mentorship={data} /> : <Parts mentorship={data} />}
    </div>
  )
}

function Head({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { go } = useNavigation()
  const { contact, state, conversationId } = mentorship
  return (
    <header className="desk-head">
      <BackWhenNarrow />
      <div className="person">
        <Weave weave={contact.weave} of={contact.pseudonym} size="middle" />
        <div className="person-words">
          <PageHeading>
            <bdi>{contact.pseudonym}</bdi>
          </PageHeading>
          <p className="soft">
            <Subject mentorship={mentorship} />
          </p>
          <StateTag state={state} />
        </div>
      </div>
      <div className="row">
        <Button icon="people" onPress={() => go({ at: 'conversation', id: conversationId })}>
          <Trans>Conversation</Trans>
        </Button>
        {state !== 'proposed' && !isOver(mentorship) && <Leave mentorship={mentorship} />}
      </div>
    </header>
  )
}

function Parts({ mentorship }: { readonly mentorship: MentorshipView }) {
  const { t } = useLingui()
  const [part, setPart] = useDraft<Part>(`part ${mentorship.id}`, 'together')
  const { waits, sessions } = mentorship
  const isGone = mentorship.erasure.workspace !== 'kept'
  const parts: readonly { readonly id: Part; readonly name: string; readonly waits?: boolean }[] = [
    { id: 'together', name: t`Together` },
    ...(isGone
      ? []
      : ([
          { id: 'agreement', name: t`Agreement`, waits: waits.includes('agreement') },
          { id: 'goals', name: t`Goals` },
          {
            id: 'sessions',
            name: t`Sessions`,
            waits: sessions.length > 0 && (waits.includes('session') || waits.includes('took-place')),
          },
          { id: 'things', name: t`Shared` },
        ] as const)),
    { id: 'own', name: t`Only you` },
  ]
  const shown = parts.some(({ id }) => id === part) ? part : 'together'
  return (
    <Tabs className="desk-tabs" selectedKey={shown} onSelectionChange={(key) => setPart(key as Part)}>
      <TabList className="tabs" aria-label={t`Parts of the mentorship`}>
        {parts.map(({ id, name, waits }) => (
          <Tab key={id} id={id} className="tab">
            {name}
            {waits === true && (
              <>
                <span className="tab-dot" aria-hidden="true" />
                <span className="hidden-but-read">: {t`something waits here`}</span>
              </>
            )}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="together" className="desk-part">
        <Together mentorship={mentorship} onPart={setPart} />
      </TabPanel>
      {!isGone && (
        <>
          <TabPanel id="agreement" className="desk-part">
            <Agreement mentorship={mentorship} />
          </TabPanel>
          <TabPanel id="goals" className="desk-part">
            <Goals mentorship={mentorship} />
          </TabPanel>
          <TabPanel id="sessions" className="desk-part">
            <Sessions mentorship={mentorship} />
          </TabPanel>
          <TabPanel id="things" className="desk-part">
            <Things mentorship={mentorship} />
          </TabPanel>
        </>
      )}
      <TabPanel id="own" className="desk-part">
        <Own mentorship={mentorship} />
      </TabPanel>
    </Tabs>
  )
}
