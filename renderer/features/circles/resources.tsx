import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { CircleMessageView, CircleView } from '../../../core/api/circles.ts'
import { limits } from '../../../core/api/limits.ts'
import { utf8Length } from '../../../core/api/utf8-length.ts'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useDraft } from '../../shell/drafts.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { useRefusal } from '../../ui/refusal.ts'
import { fullDate } from '../../words/time.ts'
import { freshId } from '../../api/fresh-id.ts'
import { LinkedText } from '../conversation/linked-text.tsx'
import { isOver, useCircleDeed } from './use-circle.ts'

/** What a circle keeps at hand. */
export function Resources({ circle }: { readonly circle: CircleView }) {
  const { t } = useLingui()
  const { data, error } = useView(['circle-resources', circle.id], (client) =>
    client.circles.resources({ circleId: circle.id }),
  )
  return (
    <div className="stack stack-wide">
      {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
      {data?.length === 0 && (
        <Empty title={t`Nothing here yet`}>
          <p>
            <Trans>
              Texts and links that everybody should find again stay here until whoever added them withdraws them.
            </Trans>
          </p>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className="circle-resources" aria-label={t`Resources`}>
          {data.map((resource) => (
            <Resource key={resource.id} resource={resource} canWithdraw={!isOver(circle)} />
          ))}
        </ul>
      )}
      {!isOver(circle) && <AddResource circleId={circle.id} />}
    </div>
  )
}

function Resource({ resource, canWithdraw }: { readonly resource: CircleMessageView; readonly canWithdraw: boolean }) {
  const { t } = useLingui()
  const region = useRegion()
  const [asking, setAsking] = useState(false)
  const { id, title, text, author, mine, sentAt } = resource
  const name = mine ? t`You` : author.name
  const when = fullDate(region, sentAt)
  const withdraw = useCircleDeed((circles) => circles.withdrawResource({ messageId: id }))
  return (
    <li className="stack stack-tight">
      <h3>
        <bdi>{title}</bdi>
      </h3>
      <p className="message-text" dir="auto">
        <LinkedText text={text} isCurrent />
      </p>
      <p className="small soft">
        <bdi>{name}</bdi>, {when}
      </p>
      <ProblemNotice problem={withdraw.problem} />
      {mine && canWithdraw && (
        <div className="row">
          <Button kind="plain" icon="remove" isPending={withdraw.pending} onPress={() => setAsking(true)}>
            <Trans>Withdraw</Trans>
          </Button>
        </div>
      )}
      <Confirm
        isOpen={asking}
        title={t`Withdraw this for everybody?`}
        action={t`Withdraw it`}
        onClose={() => setAsking(false)}
        onConfirm={() => void withdraw.run()}
      >
        <p>
          <Trans>It goes from everybody’s list. Whoever copied it keeps the copy.</Trans>
        </p>
      </Confirm>
    </li>
  )
}

function AddResource({ circleId }: { readonly circleId: string }) {
  const { t } = useLingui()
  const { form, refuse, wasRefused } = useRefusal()
  const [draft, setDraft, clear] = useDraft(`circle resource ${circleId}`, { title: '', text: '', clientId: freshId() })
  const isLong = utf8Length(draft.text) > limits.circle.resourceText
  const lacksTitle = draft.title.trim() === ''
  const lacksText = draft.text.trim() === ''
  const add = useCircleDeed(async (circles) => {
    await circles.addResource({ circleId, ...draft })
    clear()
    setDraft({ title: '', text: '', clientId: freshId() })
  })
  return (
    <Form
      ref={form}
      className="stack circle-add"
      onSubmit={(event) => {
        event.preventDefault()
        if (lacksTitle || lacksText || isLong) refuse()
        else void add.run()
      }}
    >
      <h2>
        <Trans>Add something</Trans>
      </h2>
      <Field
        label={t`Title`}
        value={draft.title}
        onChange={(title) => setDraft({ ...draft, title })}
        maxLength={limits.title}
        error={wasRefused && lacksTitle ? t`Give it a title.` : undefined}
      />
      <Field
        label={t`Text or link`}
        lines={3}
        value={draft.text}
        onChange={(text) => setDraft({ ...draft, text })}
        error={
          isLong
            ? t`This is longer than fits. Shorten it, or add it in two.`
            : wasRefused && lacksText
              ? t`Write something.`
              : undefined
        }
      />
      <SeenBy>
        <Trans>Everybody in the circle can read this, and whoever joins later too.</Trans>
      </SeenBy>
      <ProblemNotice problem={add.problem} />
      <div className="row">
        <Button type="submit" icon="plus" kind="primary" isPending={add.pending}>
          <Trans>Add it</Trans>
        </Button>
      </div>
    </Form>
  )
}
