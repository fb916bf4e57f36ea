import { Trans, useLingui } from '@lingui/react/macro'
import { Form } from 'react-aria-components'
import { limits } from '../../../core/api/limits.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useBelonging } from '../../shell/community-context.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { OneOf, SomeOf } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { useGuestChoices } from './invite-more.tsx'
import { useCircleDeed } from './use-circle.ts'

interface Draft {
  readonly name: string
  readonly ownName: string
  readonly personaId: string
  readonly guests: readonly string[]
}

/** A circle is made, and the first are invited. */
export function NewCirclePage() {
  const { t } = useLingui()
  const { replace } = useNavigation()
  const { persona, personas } = useBelonging()
  const { form, refuse, wasRefused } = useRefusal()
  const [draft, setDraft, clear] = useDraft<Draft>('new circle', {
    name: '',
    ownName: persona.pseudonym,
    personaId: persona.id,
    guests: [],
  })
  const choices = useGuestChoices(draft.personaId)
  const lacksName = draft.name.trim() === ''
  const lacksOwn = draft.ownName.trim().length < limits.pseudonym.min
  const create = useCircleDeed(async (circles) => {
    const { personaId, name, ownName, guests } = draft
    const { id } = await circles.create({ personaId, name, ownName })
    clear()
    if (guests.length > 0) await circles.invite({ circleId: id, conversationIds: [...guests] }).catch(() => {})
    replace({ at: 'circle', id })
  })
  return (
    <Page
      title={t`New circle`}
      back
      lead={
        <Trans>For a few people around you: learners of yours, a history evening, a reading group. Up to 30.</Trans>
      }
    >
      <Form
        ref={form}
        className="stack stack-wide"
        onSubmit={(event) => {
          event.preventDefault()
          if (lacksName || lacksOwn) refuse()
          else void create.run()
        }}
      >
        <Field
          label={t`Name of the circle`}
          placeholder={t`History evening`}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          maxLength={limits.circle.name}
          error={wasRefused && lacksName ? t`Give it a name.` : undefined}
        />
        {personas.length > 1 && (
          <OneOf
            label={t`As which pseudonym`}
            hint={t`Only contacts of this pseudonym can be invited.`}
            value={draft.personaId}
            onChange={(personaId) => {
              const ownName = personas.find(({ id }) => id === personaId)?.pseudonym ?? draft.ownName
              setDraft({ ...draft, personaId, ownName, guests: [] })
            }}
            choices={personas.map(({ id, pseudonym }) => ({ id, name: <bdi>{pseudonym}</bdi> }))}
          />
        )}
        <Field
          label={t`Your name in this circle`}
          hint={t`It may be another than the one you have here.`}
          value={draft.ownName}
          onChange={(ownName) => setDraft({ ...draft, ownName })}
          maxLength={limits.pseudonym.max}
          error={wasRefused && lacksOwn ? t`Choose a name of at least two characters.` : undefined}
        />
        {choices.length === 0 ? (
          <p className="small soft">
            <Trans>You talk with nobody yet whom you could invite. You can begin all the same, and invite later.</Trans>
          </p>
        ) : (
          <SomeOf
            label={t`Invite people`}
            hint={t`They need not know each other. They see each other’s names in the circle.`}
            choices={choices.map(({ id, name }) => ({ id, name: <bdi>{name}</bdi> }))}
            value={draft.guests}
            onChange={(guests) => setDraft({ ...draft, guests })}
            most={limits.circle.members - 1}
          />
        )}
        <SeenBy>
          <Trans>Only those who join can read what is written. You can take somebody out again.</Trans>
        </SeenBy>
        <ProblemNotice problem={create.problem} />
        <div className="row">
          <Button kind="primary" type="submit" icon="plus" isPending={create.pending}>
            <Trans>Begin the circle</Trans>
          </Button>
        </div>
      </Form>
    </Page>
  )
}
