import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ConversationView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { VouchDialog } from './vouch-dialog.tsx'
import { saidTopics } from './vouch-topics.ts'
import { VouchItem } from './vouch-item.tsx'

interface PairVouchesProps {
  readonly conversation: ConversationView
  readonly isOpen: boolean
}

/** What the two say of each other, to be shown to others. */
export function PairVouches({ conversation, isOpen }: PairVouchesProps) {
  const { t } = useLingui()
  const [dialog, setDialog] = useState<'give' | 'ask'>()
  const { data, error } = useView(['vouches'], (client) => client.vouches.list())
  const here = data?.filter(({ conversationId }) => conversationId === conversation.id)
  const has = (way: 'give' | 'ask'): boolean => saidTopics(here ?? [], conversation.id, way).size > 0
  return (
    <Section title={t`Vouches`}>
      <p className="soft">
        <Trans>
          A vouch says, signed, that one of you knows the other to be good at a topic. Whoever gets it decides whether
          to show it with an offer.
        </Trans>
      </p>
      {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
      {here !== undefined && here.length > 0 && (
        <ul className="vouches" aria-label={t`Vouches`}>
          {here.map((vouch) => (
            <VouchItem key={vouch.id} vouch={vouch} isOpen={isOpen} hasName={false} />
          ))}
        </ul>
      )}
      {isOpen && (
        <div className="row">
          <Button icon="check" onPress={() => setDialog('give')}>
            {has('give') ? <Trans>Vouch for something else too</Trans> : <Trans>Vouch for them</Trans>}
          </Button>
          <Button kind="plain" onPress={() => setDialog('ask')}>
            {has('ask') ? <Trans>Ask for another vouch</Trans> : <Trans>Ask for a vouch</Trans>}
          </Button>
        </div>
      )}
      {dialog !== undefined && (
        <VouchDialog conversation={conversation} way={dialog} onClose={() => setDialog(undefined)} />
      )}
    </Section>
  )
}
