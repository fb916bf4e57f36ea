import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import { limits } from '../../../core/api/limits.ts'
import type { UnfinishedOffer } from '../../../core/api/offers.ts'
import { useClient } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { Button } from '../../ui/button.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { PersonaChoice } from '../you/persona-choice.tsx'
import { MoreFields } from './more-fields.tsx'
import { OfferPreview } from './offer-preview.tsx'
import { fits, RoomLeft } from './room-left.tsx'
import { TopicPicker } from './topic-picker.tsx'
import { useKeptOffer, type Writing } from './use-kept-offer.ts'
import './write.css'

/** What is missing, in the order of the form. */
function missing({
  title,
  text,
  topics,
  formats,
}: UnfinishedOffer): 'title' | 'text' | 'topics' | 'formats' | undefined {
  if (title.trim() === '') return 'title'
  if (text.trim() === '') return 'text'
  if (topics.length === 0) return 'topics'
  return formats.length === 0 ? 'formats' : undefined
}

interface OfferFormProps {
  readonly draftId: string
  readonly begun: Writing
  /** Of the offer that is changed. */
  readonly offerId: string | undefined
}

/** An offer or a request, being written: what it needs first, then what helps, and beside it what others will see. */
export function OfferForm({ draftId, begun, offerId }: OfferFormProps) {
  const { t } = useLingui()
  const client = useClient()
  const { replace, back } = useNavigation()
  const { personaId, draft, setPersona, change, finish } = useKeptOffer(draftId, begun, offerId)
  const { form, refuse, wasRefused } = useRefusal()
  const [asking, setAsking] = useState(false)
  const lack = missing(draft)
  const isOffer = draft.kind === 'offer'
  const isNew = offerId === undefined
  const publish = useAction(async () => {
    const { id } = await finish(() =>
      offerId === undefined
        ? client.offers.publish({ personaId, draft, draftId })
        : client.offers.edit({ offerId, draft, draftId }),
    )
    replace({ at: 'own-offer', id })
  })
  const discard = useAction(async () => {
    await finish(() => client.offers.discardDraft({ draftId }))
    back()
  })

  const topicsError = wasRefused && lack === 'topics' ? t`Choose at least one topic.` : undefined
  // more than a hundred boxes: not drawn anew with every letter that is written beside them
  const topics = useMemo(
    () => <TopicPicker value={draft.topics} onChange={(topics) => change({ topics })} error={topicsError} />,
    [draft.topics, change, topicsError],
  )

  return (
    <div className="write">
      {/* not React Aria’s: its context is a new one with every letter, which draws all boxes anew */}
      <form
        ref={form}
        className="stack stack-wide"
        onSubmit={(event) => {
          event.preventDefault()
          if (lack === undefined && fits(draft)) void publish.run()
          else refuse()
        }}
      >
        {isNew && (
          <>
            <OneOf
              label={t`I write`}
              inline
              value={draft.kind}
              onChange={(kind) => change({ kind })}
              choices={[
                { id: 'offer', name: t`An offer: I can teach` },
                { id: 'request', name: t`A request: I want to learn` },
              ]}
            />
            <PersonaChoice value={personaId} onChange={setPersona} />
          </>
        )}
        <Field
          label={t`Title`}
          placeholder={isOffer ? t`Sewing your own clothes` : t`Someone to practise Italian with`}
          value={draft.title}
          onChange={(title) => change({ title })}
          error={wasRefused && lack === 'title' ? t`Give it a title.` : undefined}
          maxLength={limits.title}
          autoComplete="off"
        />
        <Field
          label={t`In your words`}
          hint={t`Leave out names, places and dates that could lead to you.`}
          value={draft.text}
          onChange={(text) => change({ text })}
          error={wasRefused && lack === 'text' ? t`Say a little more than the title.` : undefined}
          lines={5}
          maxLength={limits.offerText}
        />
        {topics}
        <section className="stack" aria-labelledby="more">
          <h2 id="more" className="write-more">
            <Trans>If you like, say more</Trans>
          </h2>
          <MoreFields
            draft={draft}
            onChange={change}
            formatsError={wasRefused && lack === 'formats' ? t`Choose at least one way.` : undefined}
          />
        </section>
        <SeenBy>
          <Trans>Everyone in your community can read this. Nobody outside can.</Trans>
        </SeenBy>
        <RoomLeft draft={draft} />
        <ProblemNotice problem={publish.problem ?? discard.problem} />
        <div className="row">
          <Button kind="primary" type="submit" isPending={publish.pending}>
            {isNew ? <Trans>Publish</Trans> : <Trans>Publish the change</Trans>}
          </Button>
          <Button kind="plain" onPress={() => setAsking(true)}>
            {isNew ? <Trans>Throw it away</Trans> : <Trans>Drop the change</Trans>}
          </Button>
        </div>
        <p className="small soft">
          <Trans>What you write is kept on this device as you go, until you publish it or throw it away.</Trans>
        </p>
      </form>
      <OfferPreview personaId={personaId} draft={draft} />
      <Confirm
        isOpen={asking}
        title={isNew ? t`Throw this away?` : t`Drop the change?`}
        action={isNew ? t`Throw it away` : t`Drop the change`}
        onClose={() => setAsking(false)}
        onConfirm={() => void discard.run()}
      >
        <p>
          {isNew ? (
            <Trans>What you wrote here is gone then. Nobody has seen it.</Trans>
          ) : (
            <Trans>What you changed here is gone then. What is published stays.</Trans>
          )}
        </p>
      </Confirm>
    </div>
  )
}
