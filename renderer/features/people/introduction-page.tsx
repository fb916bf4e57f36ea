import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { IntroductionView } from '../../../core/api/views.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction } from '../../api/use-action.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice, SeenBy } from '../../ui/notice.tsx'
import { Empty, Page } from '../../ui/page.tsx'
import { Person } from '../../ui/weave.tsx'
import { fullDate } from '../../words/time.ts'
import { ListedNotice } from '../guardians/hidden-note.tsx'
import { useHidden } from '../guardians/use-hidden.ts'
import { LookalikeNotice } from '../discover/lookalike-notice.tsx'
import { Invited } from './invited.tsx'
import { OneMore } from './one-more.tsx'
import { CardLines } from '../trust/card-lines.tsx'
import './people.css'
import { useRegion } from '../../locales/use-region.ts'

/** Someone introduced themselves: accept or decline. */
export function IntroductionPage({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const region = useRegion()
  const { data } = useView(['introductions', 'pending'], (client) => client.introductions.pending())
  const hidden = useHidden('introductions')
  const introduction = data?.find((introduction) => introduction.id === id)
  if (data === undefined) return null
  if (introduction === undefined) {
    return (
      <>
        <BackWhenNarrow />
        <Empty title={t`This is answered`} middle>
          <p>
            <Trans>Choose someone from the list.</Trans>
          </p>
        </Empty>
      </>
    )
  }
  const { from, offerTitle, receivedAt, text, card } = introduction
  const name = from.pseudonym
  return (
    <>
      <BackWhenNarrow />
      <Page title={t`${name} introduces themselves`}>
        <div className="letter">
          <Person author={from} size="middle">
            <span className="small soft">{fullDate(region, receivedAt, 'date and time')}</span>
          </Person>
          <Invited introduction={introduction} />
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
        <ListedNotice guardians={hidden.get(id)} on="introduction" />
        <LookalikeNotice author={from} on="introduction" />
        <OneMore offerId={introduction.offerId} />
        <Answer introduction={introduction} />
      </Page>
    </>
  )
}

function Answer({ introduction }: { readonly introduction: IntroductionView }) {
  const { t } = useLingui()
  const client = useClient()
  const { replace } = useNavigation()
  const [asking, setAsking] = useState(false)
  const accept = useAction(async () => {
    const conversation = await client.introductions.accept({ introductionId: introduction.id })
    replace({ at: 'conversation', id: conversation.id })
  })
  const decline = useAction(async () => {
    await client.introductions.decline({ introductionId: introduction.id })
    replace({ at: 'people' })
  })
  return (
    <div className="stack">
      <SeenBy>
        <Trans>If you accept, the two of you can write to each other. Your address stays hidden from them.</Trans>
      </SeenBy>
      <ProblemNotice problem={accept.problem ?? decline.problem} />
      <div className="row">
        <Button kind="primary" isPending={accept.pending} onPress={() => void accept.run()}>
          <Trans>Accept</Trans>
        </Button>
        <Button isPending={decline.pending} onPress={() => setAsking(true)}>
          <Trans>Decline</Trans>
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        title={t`Decline this introduction?`}
        action={t`Decline`}
        onClose={() => setAsking(false)}
        onConfirm={() => void decline.run()}
      >
        <p>
          <Trans>They are not told: it looks as if you had not answered. The introduction is forgotten here.</Trans>
        </p>
      </Confirm>
    </div>
  )
}
