import { Trans, useLingui } from '@lingui/react/macro'
import { useView } from '../../api/context.tsx'
import { useNavigation } from '../../routing/navigation.tsx'
import { newWriting } from '../../routing/route.ts'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Page, Section } from '../../ui/page.tsx'
import { Row } from '../../ui/rows.tsx'
import { Person, Weave } from '../../ui/weave.tsx'
import { kindWords } from '../../words/offers.ts'
import { fullDate } from '../../words/time.ts'
import { KindMark } from '../discover/kind-mark.tsx'
import { DraftRows, useDrafts } from '../write/drafts.tsx'
import { OwnState } from './own-state.tsx'
import { useRegion } from '../../locales/use-region.ts'

/** Who one is here, and what one has written. */
export function YouPage() {
  const { t, i18n } = useLingui()
  const region = useRegion()
  const { go } = useNavigation()
  const { community, personas } = useBelonging()
  const mine = useView(['own-offers'], (client) => client.offers.mine())
  const offers = mine.data?.filter(({ communityId }) => communityId === community.id)
  const name = community.name
  return (
    <Page
      title={t`You`}
      action={
        <Button kind="primary" icon="write" onPress={() => go(newWriting())}>
          <Trans>Write</Trans>
        </Button>
      }
    >
      <Section title={t`Who you are in ${name}`}>
        <ul className="stack" aria-label={t`Your pseudonyms`}>
          {personas.map((persona) => {
            const since = fullDate(region, persona.createdAt)
            return (
              <li key={persona.id}>
                <Person author={persona} size="middle">
                  <span className="small soft">
                    <Trans>since {since}</Trans>
                  </span>
                </Person>
                <div className="row row-plain">
                  <Button kind="plain" icon="you" onPress={() => go({ at: 'card', id: persona.id })}>
                    <Trans>What you could show</Trans>
                    <span className="hidden-but-read">: {persona.pseudonym}</span>
                  </Button>
                </div>
              </li>
            )
          })}
        </ul>
        <div className="row row-plain">
          <Button kind="plain" icon="plus" onPress={() => go({ at: 'new-persona' })}>
            <Trans>Another pseudonym</Trans>
          </Button>
          <Button kind="plain" icon="link" onPress={() => go({ at: 'personal-invites' })}>
            <Trans>Personal invites</Trans>
          </Button>
          <Button kind="plain" icon="eye" onPress={() => go({ at: 'disclosures' })}>
            <Trans>Who knows what</Trans>
          </Button>
          <Button kind="plain" icon="check" onPress={() => go({ at: 'vouches' })}>
            <Trans>Vouches</Trans>
          </Button>
        </div>
      </Section>
      <Drafts />
      <Section title={t`What you wrote`}>
        {offers !== undefined && offers.length === 0 && (
          <Empty title={t`Nothing yet`}>
            <p>
              <Trans>
                Everyone knows something that someone else needs. Write what you can teach, or what you want to learn.
              </Trans>
            </p>
          </Empty>
        )}
        <ul className="rows" aria-label={t`Your offers and requests`}>
          {offers?.map((offer) => {
            const persona = personas.find(({ id }) => id === offer.personaId)
            return (
              <Row
                key={offer.id}
                picture={persona === undefined ? <span /> : <Weave weave={persona.weave} />}
                title={offer.title}
                onPress={() => go({ at: 'own-offer', id: offer.id })}
              >
                <span className="row-meta">
                  <KindMark kind={offer.kind}>{i18n._(kindWords[offer.kind])}</KindMark>
                  <OwnState offer={offer} />
                </span>
              </Row>
            )
          })}
        </ul>
      </Section>
    </Page>
  )
}

/** What was begun and not published. */
function Drafts() {
  const { t } = useLingui()
  const { go } = useNavigation()
  const drafts = useDrafts() ?? []
  if (drafts.length === 0) return null
  return (
    <Section title={t`Not published yet`}>
      <DraftRows label={t`Your drafts`} drafts={drafts} open={go} />
    </Section>
  )
}
