import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { SentIntroductionView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { Person } from '../../ui/weave.tsx'
import { WorkProgress } from '../../ui/work-progress.tsx'
import { fullDate } from '../../words/time.ts'
import { moreWork } from '../../words/work.ts'
import { Crowded } from './crowded.tsx'
import { SentState } from './sent-state.tsx'
import { CardLines } from '../trust/card-lines.tsx'
import './people.css'
import { useRegion } from '../../locales/use-region.ts'
import { Live } from '../../ui/live.tsx'

/** An introduction that one sent: how far it is. */
export function SentPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const region = useRegion()
  const { data } = useView(['introductions', 'sent'], (client) => client.introductions.sent())
  const introduction = data?.find((introduction) => introduction.id === id)
  if (data === undefined) return null
  if (introduction === undefined) {
    return (
      <>
        <BackWhenNarrow />
        <Empty title={t`This is no longer here`} middle>
          <p>
            <Trans>Choose someone from the list.</Trans>
          </p>
        </Empty>
      </>
    )
  }
  const { to, offerTitle, createdAt, text, invited, card } = introduction
  const name = to.pseudonym
  return (
    <>
      <BackWhenNarrow />
      <Page title={t`Your introduction to ${name}`}>
        <State introduction={introduction} />
        <div className="letter">
          <Person author={to} size="middle">
            <span className="small soft">{fullDate(region, createdAt, 'date and time')}</span>
          </Person>
          {invited && (
            <Tag tone="reached" icon="link">
              <Trans>With a personal invite</Trans>
            </Tag>
          )}
          <p className="letter-about">
            <Trans>
              About: <bdi>{offerTitle}</bdi>
            </Trans>
          </p>
          <p className="prose" dir="auto">
            {text}
          </p>
          <CardLines card={{ words: card, hasVoice: false }} />
        </div>
      </Page>
    </>
  )
}

function State({ introduction }: { readonly introduction: SentIntroductionView }) {
  const { t } = useLingui()
  const client = useClient()
  const { go } = useNavigation()
  const [asking, setAsking] = useState(false)
  const cancel = useAction(() => client.introductions.cancel({ introductionId: introduction.id }))
  const more = introduction.crowded ? moreWork(introduction.workBits) : undefined
  const retry = useAction(() =>
    client.introductions.retry({
      introductionId: introduction.id,
      ...(more === undefined ? {} : { workBits: more.bits }),
    }),
  )
  const { state } = introduction
  return (
    <div className="stack">
      <Live>
        <SentState introduction={introduction} />
      </Live>
      {state === 'preparing' && (
        <>
          <WorkProgress subject={introduction.id} saved={introduction.progress} />
          <p className="small soft">
            <Trans>You can go on and do something else. It is saved, and goes on when you open Staffetta again.</Trans>
          </p>
        </>
      )}
      {state === 'waiting' && (
        <p className="soft">
          <Trans>It lies where they will find it. An answer can take days: it comes here by itself.</Trans>
        </p>
      )}
      {state === 'accepted' && (
        <Notice tone="reached">
          <p>
            <Trans>They accepted. You can write to each other now.</Trans>
          </p>
          <Button onPress={() => go({ at: 'people' })}>
            <Trans>See your conversations</Trans>
          </Button>
        </Notice>
      )}
      {state === 'expired' && (
        <Notice>
          <p>
            <Trans>
              No answer came in time. That says nothing about you: perhaps they were away. Look for another.
            </Trans>
          </p>
        </Notice>
      )}
      {state === 'failed' && introduction.crowded && <Crowded workBits={introduction.workBits} />}
      {state === 'failed' && !introduction.crowded && (
        <Notice tone="danger">
          <p>
            <Trans>Your community’s computers did not take it. Your words are kept here; try again.</Trans>
          </p>
        </Notice>
      )}
      <ProblemNotice problem={cancel.problem ?? retry.problem} />
      <div className="row">
        {state === 'failed' && (
          <Button kind="primary" isPending={retry.pending} onPress={() => void retry.run()}>
            {more === undefined ? <Trans>Try again</Trans> : <Trans>Try again with more work</Trans>}
          </Button>
        )}
        {(state === 'preparing' || state === 'waiting' || state === 'failed') && (
          <Button isPending={cancel.pending} onPress={() => setAsking(true)}>
            <Trans>Take it back</Trans>
          </Button>
        )}
      </div>
      <Confirm
        isOpen={asking}
        title={t`Take this introduction back?`}
        action={t`Take it back`}
        onClose={() => setAsking(false)}
        onConfirm={() => void cancel.run()}
      >
        <p>
          <Trans>You stop waiting for an answer. If they have read it already, they may remember it.</Trans>
        </p>
      </Confirm>
    </div>
  )
}
