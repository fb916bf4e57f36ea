import { Trans, useLingui } from '@lingui/react/macro'
import { limits } from '../../../core/api/limits.ts'
import type { CharterView } from '../../../core/api/charter.ts'
import { useClient } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Live } from '../../ui/live.tsx'
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { languageName } from '../../words/languages.ts'
import { fullDate } from '../../words/time.ts'
import { useTopics } from '../../words/topics.ts'
import { AddMember } from './add-member.tsx'
import { NamedMember } from './named-member.tsx'
import { OwnCodes } from './own-codes.tsx'
import { useCharter } from './use-charter.ts'
import './charter.css'

/** Who looks after the community, who writes in its library, and what it speaks of besides. */
export function CharterPage() {
  const { t } = useLingui()
  const region = useRegion()
  const { community } = useBelonging()
  const { charter, error } = useCharter()
  const when = charter?.signedAt == null ? '' : fullDate(region, charter.signedAt)
  return (
    <Page
      title={t`Who looks after it`}
      lead={<Trans>The founder of {community.name} names them, and every device checks the signature.</Trans>}
      back
    >
      {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
      {charter !== undefined && (
        <>
          <Live>
            {charter.version > 0 && (
              <p className="soft">
                <Trans>Signed on {when}.</Trans>{' '}
                {!charter.out && <Tag tone="waiting">{t`On its way to the others`}</Tag>}
              </p>
            )}
          </Live>
          {charter.founder === 'none' && (
            <Notice>
              <p>
                <Trans>
                  This community was made before there were founders’ signatures: it cannot have guardians, editors or
                  topics of its own.
                </Trans>
              </p>
            </Notice>
          )}
          {charter.founder === 'mine' && (
            <Notice>
              <p>
                <Trans>
                  Only you can change this, on this device and with your passphrase. Staffetta keeps no second copy: if
                  either is lost, all of it stays as it is, and nobody can be named or removed any more. So name more
                  than one guardian.
                </Trans>
              </p>
            </Notice>
          )}
          <Guardians charter={charter} />
          <Editors charter={charter} />
          <OwnTopics charter={charter} />
          {charter.founder !== 'none' && <OwnCodes founder={charter.founder === 'mine'} />}
        </>
      )}
    </Page>
  )
}

function Guardians({ charter: { guardians, founder } }: { readonly charter: CharterView }) {
  const { t } = useLingui()
  const client = useClient()
  const { community } = useBelonging()
  const here = { communityId: community.id }
  return (
    <Section title={t`Guardians`}>
      <p className="soft">
        <Trans>
          People to turn to when something goes wrong. They can warn everybody, and only they can open what is sent to
          them. They see none of your conversations.
        </Trans>
      </p>
      {guardians.length > 0 && (
        <ul className="named" aria-label={t`Guardians`}>
          {guardians.map(({ key, name, mine }) => (
            <NamedMember
              key={key}
              picture={<Icon name="safety" />}
              name={name}
              mine={mine}
              {...(founder === 'mine'
                ? {
                    question: t`No longer a guardian?`,
                    warning: t`Nothing more can be sent to this guardian, and what they warn of is no longer followed.`,
                    remove: () => client.charter.removeGuardian({ ...here, key }),
                  }
                : {})}
            />
          ))}
        </ul>
      )}
      {guardians.length === 0 && founder !== 'none' && <p>{t`None is named yet.`}</p>}
      {founder === 'mine' && guardians.length < limits.charter.guardians && (
        <AddMember
          title={t`Name a guardian`}
          hint={t`They find their code on this page, under “Offer to help”. Take it from them over a way that you trust: whoever it belongs to will be the guardian.`}
          add={(name, code) => client.charter.addGuardian({ ...here, name, code })}
        />
      )}
    </Section>
  )
}

function Editors({ charter: { editors, founder } }: { readonly charter: CharterView }) {
  const { t } = useLingui()
  const client = useClient()
  const { community } = useBelonging()
  const here = { communityId: community.id }
  return (
    <Section title={t`Editors of the library`}>
      <p className="soft">
        <Trans>They write for everybody here. Guardians may too.</Trans>
      </p>
      {editors.length > 0 && (
        <ul className="named" aria-label={t`Editors of the library`}>
          {editors.map(({ key, name, weave, personaId }) => (
            <NamedMember
              key={key}
              picture={<Weave weave={weave} />}
              name={name}
              mine={personaId !== null}
              {...(founder === 'mine'
                ? {
                    question: t`No longer an editor?`,
                    warning: t`What they signed disappears from the library. Publish again what should stay, before you do this.`,
                    remove: () => client.charter.removeEditor({ ...here, key }),
                  }
                : {})}
            />
          ))}
        </ul>
      )}
      {editors.length === 0 && founder !== 'none' && <p>{t`None is named yet.`}</p>}
      {founder === 'mine' && editors.length < limits.charter.editors && (
        <AddMember
          title={t`Name an editor`}
          hint={t`They find their code on this page, under “Offer to help”. The name is what everybody reads under their articles.`}
          add={(name, code) => client.charter.addEditor({ ...here, name, code })}
        />
      )}
    </Section>
  )
}

function OwnTopics({ charter: { topics, founder } }: { readonly charter: CharterView }) {
  const { t, i18n } = useLingui()
  const { go } = useNavigation()
  const { nameOf } = useTopics()
  if (founder === 'none') return null
  return (
    <Section title={t`Topics of our own`}>
      <p className="soft">
        <Trans>Beside the topics that every community has: what people speak of here alone.</Trans>
      </p>
      {topics.length === 0 && <p>{t`There are none yet.`}</p>}
      {topics.length > 0 && founder === 'mine' && (
        <ul className="rows" aria-label={t`Topics of our own`}>
          {topics.map(({ id, words }) => (
            <Row
              key={id}
              picture={<Icon name="write" />}
              title={nameOf(id)}
              onPress={() => go({ at: 'own-topic', id })}
            >
              <span className="row-meta">
                {words.map(({ language }) => languageName(i18n.locale, language)).join(', ')}
              </span>
            </Row>
          ))}
        </ul>
      )}
      {topics.length > 0 && founder !== 'mine' && (
        <div className="row">
          {topics.map(({ id }) => (
            <span key={id} className="topic-chip">
              {nameOf(id)}
            </span>
          ))}
        </div>
      )}
      {founder === 'mine' && topics.length < limits.charter.topics && (
        <div>
          <Button icon="plus" onPress={() => go({ at: 'own-topic' })}>
            <Trans>Add a topic</Trans>
          </Button>
        </div>
      )}
    </Section>
  )
}
