import { Trans, useLingui } from '@lingui/react/macro'
import type { ConversationView } from '../../../core/api/views.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { BackWhenNarrow } from '../../shell/back-when-narrow.tsx'
import { Button } from '../../ui/button.tsx'
import { Lookalike } from '../../ui/lookalike.tsx'
import { Tag } from '../../ui/notice.tsx'
import { PageHeading } from '../../ui/page.tsx'
import { Weave } from '../../ui/weave.tsx'
import { timerWords } from '../../words/conversations.ts'
import { ContactShort } from '../trust/contact-short.tsx'
import { Channel } from './channel.tsx'
import { ContactPrivacy } from './direct.tsx'
import { Options } from './options.tsx'
import './talk-head.css'

interface TalkHeadProps {
  readonly conversation: ConversationView
  /** Whether what can be set is open at first. */
  readonly options: boolean | undefined
}

/** Who it is, whether they are here, and what holds for what is written. */
export function TalkHead({ conversation, options }: TalkHeadProps) {
  const { i18n } = useLingui()
  const { go } = useNavigation()
  const { contact, offerTitle, timer, muted, blocked, ending, verified, keys } = conversation
  const words = timerWords.get(timer)
  const span = words === undefined ? '' : i18n._(words)
  return (
    <header className="talk-head">
      <BackWhenNarrow />
      <div className="person">
        <Weave weave={contact.weave} of={contact.pseudonym} />
        <div className="person-words">
          <PageHeading>
            <bdi>{contact.pseudonym}</bdi>
          </PageHeading>
          <ContactShort conversation={conversation} />
          <Lookalike author={contact} />
          <p className="talk-about">
            <Trans>
              About: <bdi>{offerTitle}</bdi>
            </Trans>
          </p>
          <div className="talk-state">
            {ending === 'none' && !blocked && <Channel channel={conversation.channel} />}
            {verified && (
              <Tag tone="reached" icon="check">
                <Trans>Verification number compared</Trans>
              </Tag>
            )}
            {keys === 'renewing' && (
              <Tag tone="waiting" icon="lock">
                <Trans>Being secured anew; messages wait until then</Trans>
              </Tag>
            )}
            {blocked && (
              <Tag icon="block">
                <Trans>Blocked</Trans>
              </Tag>
            )}
            {timer > 0 && ending === 'none' && (
              <Tag icon="timer">
                <Trans>Messages disappear: {span}</Trans>
              </Tag>
            )}
            {muted && (
              <Tag icon="mute">
                <Trans>Muted</Trans>
              </Tag>
            )}
          </div>
        </div>
      </div>
      <div className="row">
        <Button icon="you" onPress={() => go({ at: 'the-two', id: conversation.id })}>
          <Trans>The two of you</Trans>
        </Button>
        <ContactPrivacy conversation={conversation} />
        <Options conversation={conversation} opens={options} />
      </div>
    </header>
  )
}
