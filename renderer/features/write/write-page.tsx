import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { unsaid } from '../../../core/api/blank-offer.ts'
import { limits } from '../../../core/api/limits.ts'
import type { OfferDraft } from '../../../core/api/offers.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { OneOf, SomeOf } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { formatWords, levelWords } from '../../words/offers.ts'
import { OfferBody } from '../discover/offer-body.tsx'
import { PersonaChoice } from '../you/persona-choice.tsx'
import { LanguagePicker } from './language-picker.tsx'
import { TopicPicker } from './topic-picker.tsx'
import './write.css'

/** What is missing, in the order of the form. */
function missing({ title, text, topics, formats }: OfferDraft): 'title' | 'text' | 'topics' | 'formats' | undefined {
  if (title.trim() === '') return 'title'
  if (text.trim() === '') return 'text'
  if (topics.length === 0) return 'topics'
  return formats.length === 0 ? 'formats' : undefined
}

/** An offer or a request, being written; beside it what others will see. */
export function WritePage({ kind }: { readonly kind: OfferDraft['kind'] }) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const { replace } = useNavigation()
  const { community, persona, personas } = useBelonging()
  const [personaId, setPersonaId] = useState(persona.id)
  const { form, refuse, wasRefused } = useRefusal()
  const [draft, setDraft, clear] = useDraft<OfferDraft>(`write ${community.id}`, {
    kind,
    topics: [],
    title: '',
    text: '',
    languages: [i18n.locale],
    level: 'any',
    formats: ['text'],
    ...unsaid,
  })
  const lack = missing(draft)
  const isOffer = draft.kind === 'offer'
  const author = personas.find(({ id }) => id === personaId) ?? persona
  const publish = useAction(async () => {
    const { id } = await client.offers.publish({ personaId: author.id, draft })
    clear()
    replace({ at: 'own-offer', id })
  })

  return (
    <Page
      title={isOffer ? t`What can you teach?` : t`What do you want to learn?`}
      lead={<Trans>A few plain sentences are enough.</Trans>}
      back
      wide
    >
      <div className="write">
        <Form
          ref={form}
          className="stack stack-wide"
          onSubmit={(event) => {
            event.preventDefault()
            if (lack === undefined) void publish.run()
            else refuse()
          }}
        >
          <OneOf
            label={t`I write`}
            inline
            value={draft.kind}
            onChange={(kind) => setDraft({ ...draft, kind })}
            choices={[
              { id: 'offer', name: t`An offer: I can teach` },
              { id: 'request', name: t`A request: I want to learn` },
            ]}
          />
          <PersonaChoice value={personaId} onChange={setPersonaId} />
          <Field
            label={t`Title`}
            placeholder={isOffer ? t`Sewing your own clothes` : t`Someone to practise Italian with`}
            value={draft.title}
            onChange={(title) => setDraft({ ...draft, title })}
            error={wasRefused && lack === 'title' ? t`Give it a title.` : undefined}
            maxLength={limits.title}
            autoComplete="off"
          />
          <Field
            label={t`In your words`}
            hint={t`Leave out names, places and dates that could lead to you.`}
            value={draft.text}
            onChange={(text) => setDraft({ ...draft, text })}
            error={wasRefused && lack === 'text' ? t`Say a little more than the title.` : undefined}
            lines={5}
            maxLength={limits.offerText}
          />
          <TopicPicker
            value={draft.topics}
            onChange={(topics) => setDraft({ ...draft, topics })}
            error={wasRefused && lack === 'topics' ? t`Choose at least one topic.` : undefined}
          />
          <LanguagePicker value={draft.languages} onChange={(languages) => setDraft({ ...draft, languages })} />
          <OneOf
            label={isOffer ? t`For whom` : t`Where I stand`}
            inline
            value={draft.level}
            onChange={(level) => setDraft({ ...draft, level })}
            choices={(['any', 'beginner', 'some', 'experienced'] as const).map((id) => ({
              id,
              name: i18n._(levelWords[id]),
            }))}
          />
          <SomeOf
            label={t`How`}
            inline
            value={draft.formats}
            onChange={(formats) => setDraft({ ...draft, formats })}
            error={wasRefused && lack === 'formats' ? t`Choose at least one way.` : undefined}
            choices={(['text', 'voice', 'in-person'] as const).map((id) => ({ id, name: i18n._(formatWords[id]) }))}
          />
          <SeenBy>
            <Trans>Everyone in your community can read this. Nobody outside can.</Trans>
          </SeenBy>
          <ProblemNotice problem={publish.problem} />
          <div className="row">
            <Button kind="primary" type="submit" isPending={publish.pending}>
              <Trans>Publish</Trans>
            </Button>
          </div>
        </Form>
        <aside className="write-preview" aria-label={t`What others will see`}>
          <p className="write-preview-label">
            <Trans>What others will see</Trans>
          </p>
          <p className="write-preview-title" dir="auto">
            {draft.title.trim() === '' ? t`Your title` : draft.title}
          </p>
          <OfferBody
            draft={{ ...draft, text: draft.text.trim() === '' ? t`Your words` : draft.text }}
            author={{ pseudonym: author.pseudonym, weave: author.weave }}
          />
        </aside>
      </div>
    </Page>
  )
}
