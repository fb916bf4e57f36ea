import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { VouchView } from '../../../core/api/vouches.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice, Tag, type Tone } from '../../ui/notice.tsx'
import { Person } from '../../ui/weave.tsx'
import { fullDate } from '../../words/time.ts'
import { useTopics } from '../../words/topics.ts'
import { vouchStateWords } from '../../words/vouches.ts'
import { VouchDialog } from './vouch-dialog.tsx'

const tones: Readonly<Record<VouchView['state'], Tone>> = {
  offered: 'waiting',
  asked: 'waiting',
  given: 'reached',
  'taken-back': 'plain',
}

interface VouchItemProps {
  readonly vouch: VouchView
  /** Whether its conversation goes on. */
  readonly isOpen: boolean
  /** Whether the other is named. */
  readonly hasName: boolean
}

/** One vouch: what it is for, how it stands, and what can be done about it. */
export function VouchItem({ vouch, isOpen, hasName }: VouchItemProps) {
  const { i18n } = useLingui()
  const region = useRegion()
  const { nameOf } = useTopics()
  const { contact, topic, state, direction, at, endsAt } = vouch
  const until = endsAt === null ? '' : fullDate(region, endsAt)
  return (
    <li>
      {hasName &&
        (contact === null ? (
          <span className="soft">
            <Trans>From a conversation that was deleted here</Trans>
          </span>
        ) : (
          <Person author={contact} />
        ))}
      <span>
        <strong>{nameOf(topic)}</strong>{' '}
        <span className="small soft">
          {fullDate(region, at)}
          {endsAt !== null && (
            <>
              {' · '}
              <Trans>until {until}</Trans>
            </>
          )}
        </span>
      </span>
      <span>
        <Tag tone={tones[state]}>{i18n._(vouchStateWords[direction][state])}</Tag>
      </span>
      <Deeds vouch={vouch} isOpen={isOpen} name={nameOf(topic)} />
    </li>
  )
}

interface DeedsProps {
  readonly vouch: VouchView
  readonly isOpen: boolean
  /** Of the topic, for those who hear the buttons. */
  readonly name: string
}

function Deeds({ vouch: { id: vouchId, direction, state, shown, conversationId, topic }, isOpen, name }: DeedsProps) {
  const { t } = useLingui()
  const client = useClient()
  const [answering, setAnswering] = useState(false)
  const [asking, setAsking] = useState<'take-back' | 'remove'>()
  const takeBack = useAction(() => client.vouches.takeBack({ vouchId }))
  const remove = useAction(() => client.vouches.remove({ vouchId }))
  const show = useAction(() => client.vouches.setShown({ vouchId, shown: !shown }))
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  const conversation = data?.find(({ id }) => id === conversationId)
  const isGiven = direction === 'given'
  const canAnswer = isOpen && (isGiven ? state === 'asked' : state === 'offered')
  const canTakeBack = isOpen && isGiven && (state === 'given' || state === 'offered')
  const canRemove = isGiven ? state === 'asked' || state === 'taken-back' : true
  const said = <span className="hidden-but-read">: {name}</span>
  return (
    <>
      <ProblemNotice problem={takeBack.problem ?? remove.problem ?? show.problem} />
      <div className="row">
        {canAnswer && (
          <Button onPress={() => setAnswering(true)}>
            {isGiven ? <Trans>Vouch for them</Trans> : <Trans>Take it</Trans>}
            {said}
          </Button>
        )}
        {!isGiven && state === 'given' && (
          <Button icon={shown ? 'check' : 'eye'} isPending={show.pending} onPress={() => void show.run()}>
            {shown ? <Trans>Shown with your offers: hide it</Trans> : <Trans>Show it with my offers</Trans>}
            {said}
          </Button>
        )}
        {canTakeBack && (
          <Button kind="plain" isPending={takeBack.pending} onPress={() => setAsking('take-back')}>
            <Trans>Take it back</Trans>
            {said}
          </Button>
        )}
        {canRemove && (
          <Button kind="plain" isPending={remove.pending} onPress={() => setAsking('remove')}>
            {canAnswer ? <Trans>No, thank you</Trans> : <Trans>Remove from the list</Trans>}
            {said}
          </Button>
        )}
      </div>
      {answering && conversation !== undefined && (
        <VouchDialog
          conversation={conversation}
          way={isGiven ? 'give' : 'ask'}
          topic={topic}
          onClose={() => setAnswering(false)}
        />
      )}
      <Confirm
        isOpen={asking === 'take-back'}
        title={t`Take this vouch back?`}
        action={t`Take it back`}
        onClose={() => setAsking(undefined)}
        onConfirm={() => void takeBack.run()}
      >
        <p>
          <Trans>
            Their app is asked to forget it, and not to show it any more. Whoever kept a copy can show it until it ends
            by itself.
          </Trans>
        </p>
      </Confirm>
      <Confirm
        isOpen={asking === 'remove'}
        title={t`Remove this from the list?`}
        action={t`Remove`}
        onClose={() => setAsking(undefined)}
        onConfirm={() => void remove.run()}
      >
        <p>
          <Trans>It is forgotten on this device, and is shown with no offer any more. Nobody is told.</Trans>
        </p>
      </Confirm>
    </>
  )
}
