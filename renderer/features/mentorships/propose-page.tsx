import { Trans, useLingui } from '@lingui/react/macro'
import { Form } from 'react-aria-components'
import { mentorshipLimits as limits } from '../../../core/api/mentorship-limits.ts'
import type { Teaches } from '../../../core/api/mentorships.ts'
import type { ConversationView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Expander, Page } from '../../ui/page.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { agreementTexts } from '../../words/mentorships.ts'
import { freshId } from '../../api/fresh-id.ts'
import { TermFields, type Terms } from './terms.tsx'
import { useConversation } from './use-mentorship.ts'
import './mentorships.css'

interface Draft {
  readonly mentorshipId: string
  readonly teaches: Teaches
  readonly what: string
  readonly boundaries: string
  readonly fallback: string
  readonly terms: Terms
}

/** A mentorship is proposed to whoever one talks with. @param id of the conversation */
export function ProposePage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const conversation = useConversation(id)
  const { data, error } = useView(['mentorship-prefill', id], (client) =>
    client.mentorships.prefill({ conversationId: id }),
  )
  if (error !== undefined) {
    return (
      <Page title={t`Propose a mentorship`} back>
        <ProblemNotice problem={problemOf(error)} />
      </Page>
    )
  }
  if (data === undefined || conversation === undefined) return null
  if (data === null) {
    return (
      <Page title={t`Propose a mentorship`} back>
        <p>
          <Trans>There is one with this person already. Finish it before you begin another.</Trans>
        </p>
      </Page>
    )
  }
  return <ProposeForm conversation={conversation} teaches={data.teaches ?? 'them'} what={data.what} />
}

interface ProposeFormProps {
  readonly conversation: ConversationView
  readonly teaches: Teaches
  readonly what: string
}

function ProposeForm({ conversation: { id, contact }, teaches, what }: ProposeFormProps) {
  const { t, i18n } = useLingui()
  const client = useClient()
  const { replace } = useNavigation()
  const { form, refuse, wasRefused } = useRefusal()
  const name = contact.pseudonym
  const [draft, setDraft, clear] = useDraft<Draft>(`propose ${id}`, {
    mentorshipId: freshId(),
    teaches,
    what,
    boundaries: '',
    fallback: '',
    terms: { rhythm: null, until: null, minutes: null },
  })
  const isMissing = draft.what.trim() === ''
  const propose = useAction(async () => {
    const { mentorshipId, teaches, terms, ...texts } = draft
    await client.mentorships.propose({ mentorshipId, conversationId: id, teaches, agreement: { ...texts, ...terms } })
    clear()
    replace({ at: 'mentorship', id: mentorshipId })
  })
  const textField = (field: keyof typeof agreementTexts, lines: number, error?: string) => (
    <Field
      label={i18n._(agreementTexts[field].title)}
      hint={i18n._(agreementTexts[field].hint)}
      lines={lines}
      value={draft[field]}
      onChange={(text) => setDraft({ ...draft, [field]: text })}
      maxLength={limits.agreementText}
      error={error}
    />
  )
  return (
    <Page
      title={t`Propose a mentorship`}
      lead={
        <Trans>
          To <bdi>{name}</bdi>. A few words are enough to begin; you can both change everything later.
        </Trans>
      }
      back
    >
      <Form
        ref={form}
        className="stack stack-wide"
        onSubmit={(event) => {
          event.preventDefault()
          if (isMissing) refuse()
          else void propose.run()
        }}
      >
        <OneOf
          label={t`Who teaches`}
          inline
          value={draft.teaches}
          onChange={(next) => setDraft({ ...draft, teaches: next })}
          choices={[
            { id: 'them', name: <Trans>{name} teaches me</Trans> },
            { id: 'me', name: t`I teach` },
            { id: 'both', name: t`We teach each other` },
          ]}
        />
        {textField('what', 3, wasRefused && isMissing ? t`Say what it is about.` : undefined)}
        <TermFields value={draft.terms} onChange={(terms) => setDraft({ ...draft, terms })} />
        <Expander title={t`Boundaries, and what if it does not work`} opens={draft.boundaries + draft.fallback !== ''}>
          {textField('boundaries', 3)}
          {textField('fallback', 3)}
        </Expander>
        <SeenBy>
          <Trans>Only the two of you can read this.</Trans>
        </SeenBy>
        <ProblemNotice problem={propose.problem} />
        <div className="row">
          <Button kind="primary" type="submit" icon="mentorships" isPending={propose.pending}>
            <Trans>Propose it</Trans>
          </Button>
        </div>
      </Form>
    </Page>
  )
}
