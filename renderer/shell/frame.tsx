import { Trans } from '@lingui/react/macro'
import { useRef, type ReactNode } from 'react'
import { CirclePage } from '../features/circles/circle-page.tsx'
import { NewCirclePage } from '../features/circles/new-circle-page.tsx'
import { CommunityPage } from '../features/community/community-page.tsx'
import { CharterPage } from '../features/charter/charter-page.tsx'
import { OwnTopicPage } from '../features/charter/own-topic-page.tsx'
import { AnotherCommunity } from '../features/community/another-community.tsx'
import { Conversation } from '../features/conversation/conversation.tsx'
import { SafetyNumberPage } from '../features/verification/safety-number-page.tsx'
import { DiscoverList } from '../features/discover/discover-list.tsx'
import { OfferPage } from '../features/discover/offer-page.tsx'
import { RingsPage } from '../features/discover/rings.tsx'
import { TopicOverview } from '../features/discover/topic-overview.tsx'
import { DiscoverProvider } from '../features/discover/discover-state.tsx'
import { FarewellPage } from '../features/mentorships/farewell-page.tsx'
import { HoursPage } from '../features/mentorships/hours-page.tsx'
import { MentorshipList, NoMentorshipChosen } from '../features/mentorships/mentorship-list.tsx'
import { MentorshipPage } from '../features/mentorships/mentorship-page.tsx'
import { ProposePage } from '../features/mentorships/propose-page.tsx'
import { ArticlePage } from '../features/library/article-page.tsx'
import { LibraryList } from '../features/library/library-list.tsx'
import { NoArticleChosen } from '../features/library/nothing-chosen.tsx'
import { WriteArticle } from '../features/library/write-article.tsx'
import { IntroductionPage } from '../features/people/introduction-page.tsx'
import { NobodyChosen, PeopleList } from '../features/people/people-list.tsx'
import { SentPage } from '../features/people/sent-page.tsx'
import { GuardiansPage } from '../features/guardians/guardians-page.tsx'
import { ReportPage } from '../features/guardians/report-page.tsx'
import { WriteNoticePage } from '../features/guardians/write-notice-page.tsx'
import { EvidencePage } from '../features/safety/evidence-page.tsx'
import { OpenEvidencePage } from '../features/safety/open-evidence-page.tsx'
import { SafetyIntroPage } from '../features/safety/intro-page.tsx'
import { SafetyPage } from '../features/safety/safety-page.tsx'
import { WritePage } from '../features/write/write-page.tsx'
import { TheTwoPage } from '../features/trust/the-two-page.tsx'
import { CardPage } from '../features/you/card-page.tsx'
import { DisclosuresPage } from '../features/you/disclosures-page.tsx'
import { VouchesPage } from '../features/you/vouches-page.tsx'
import { NewPersona } from '../features/you/new-persona.tsx'
import { PersonalInvitesPage } from '../features/you/personal-invites-page.tsx'
import { OwnOfferPage } from '../features/you/own-offer-page.tsx'
import { YouPage } from '../features/you/you-page.tsx'
import { isSection, sectionOf, type Route } from '../routing/route.ts'
import { useNavigation } from '../routing/navigation.tsx'
import { Button } from '../ui/button.tsx'
import { AtHand } from './at-hand.tsx'
import { useKeptFocus } from './kept-focus.ts'
import { Rail } from './rail.tsx'
import { Reminders } from './reminders.tsx'
import './frame.css'

/** The app itself: the rail, and a list and a page, or a page alone. */
export function Frame() {
  const { route } = useNavigation()
  const main = useRef<HTMLElement>(null)
  useKeptFocus(main)
  const list = listOf(route)
  // a section's own page keeps the rail in a narrow window
  const shows = isSection(route) ? 'list' : 'page'
  return (
    <DiscoverProvider>
      <Reminders />
      <div className="frame" data-shows={shows}>
        <div className="skip">
          <Button onPress={() => main.current?.focus()}>
            <Trans>Skip to the page</Trans>
          </Button>
        </div>
        <Rail />
        <AtHand />
        <main
          ref={main}
          tabIndex={-1}
          className={list === undefined ? 'panes panes-single' : 'panes'}
          data-shows={list === undefined ? 'page' : shows}
        >
          {list !== undefined && <div className="pane pane-list">{list}</div>}
          <div className="pane pane-page" key={keyOf(route)}>
            {pageOf(route)}
          </div>
        </main>
      </div>
    </DiscoverProvider>
  )
}

function listOf(route: Route): ReactNode | undefined {
  if (route.at === 'discover' || route.at === 'offer' || route.at === 'rings') return <DiscoverList />
  if (route.at === 'mentorships' || route.at === 'mentorship' || route.at === 'hours') return <MentorshipList />
  if (route.at === 'library' || route.at === 'article') return <LibraryList />
  return sectionOf(route) === 'people' ? <PeopleList /> : undefined
}

function pageOf(route: Route): ReactNode {
  switch (route.at) {
    case 'discover':
      return <TopicOverview />
    case 'offer':
      return <OfferPage id={route.id} />
    case 'write':
      return <WritePage kind={route.kind} draftId={route.draftId} offerId={route.offerId} />
    case 'rings':
      return <RingsPage />
    case 'people':
      return <NobodyChosen />
    case 'introduction':
      return <IntroductionPage id={route.id} />
    case 'sent':
      return <SentPage id={route.id} />
    case 'conversation':
      return <Conversation id={route.id} to={route.to} options={route.options} />
    case 'the-two':
      return <TheTwoPage id={route.id} />
    case 'safety-number':
      return <SafetyNumberPage id={route.id} />
    case 'circle':
      return <CirclePage id={route.id} />
    case 'new-circle':
      return <NewCirclePage />
    case 'mentorships':
      return <NoMentorshipChosen />
    case 'mentorship':
      return <MentorshipPage id={route.id} />
    case 'propose-mentorship':
      return <ProposePage id={route.id} />
    case 'farewell':
      return <FarewellPage id={route.id} />
    case 'hours':
      return <HoursPage />
    case 'library':
      return <NoArticleChosen />
    case 'article':
      return <ArticlePage id={route.id} language={route.language} />
    case 'write-article':
      return <WriteArticle id={route.id} language={route.language} />
    case 'community':
      return <CommunityPage />
    case 'charter':
      return <CharterPage />
    case 'own-topic':
      return <OwnTopicPage id={route.id} />
    case 'another-community':
      return <AnotherCommunity />
    case 'you':
      return <YouPage />
    case 'own-offer':
      return <OwnOfferPage id={route.id} />
    case 'new-persona':
      return <NewPersona />
    case 'card':
      return <CardPage id={route.id} />
    case 'disclosures':
      return <DisclosuresPage />
    case 'vouches':
      return <VouchesPage />
    case 'personal-invites':
      return <PersonalInvitesPage />
    case 'safety':
      return <SafetyPage about={route.about} />
    case 'safety-intro':
      return <SafetyIntroPage />
    case 'evidence':
      return <EvidencePage id={route.id} />
    case 'open-evidence':
      return <OpenEvidencePage />
    case 'guardians':
      return <GuardiansPage />
    case 'report':
      return <ReportPage id={route.id} />
    case 'write-notice':
      return <WriteNoticePage blocks={route.blocks} />
    default:
      return route satisfies never
  }
}

/** A page of another thing begins anew, at its top. */
function keyOf(route: Route): string {
  if (route.at === 'write') return `write ${route.draftId}`
  return 'id' in route ? `${route.at} ${route.id}` : route.at
}
