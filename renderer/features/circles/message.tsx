import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { CircleMessageView } from '../../../core/api/circles.ts'
import { useRegion } from '../../locales/use-region.ts'
import { Icon } from '../../ui/icon.tsx'
import { Tag } from '../../ui/notice.tsx'
import { Weave } from '../../ui/weave.tsx'
import { clockTime } from '../../words/time.ts'
import { LinkedText } from '../conversation/linked-text.tsx'

/** Whether somebody's words are there, or were; else a line says why they are not. */
export function isSaid({ kind }: CircleMessageView): boolean {
  return kind !== 'gap' && kind !== 'unreadable'
}

interface CircleMessageProps {
  readonly message: CircleMessageView
  /** Whether it is the one of all messages that the Tab key stops at. */
  readonly isCurrent: boolean
}

/** One message, with who said it: names may be alike, patterns are not. */
export function CircleMessage({ message, isCurrent }: CircleMessageProps) {
  const { t } = useLingui()
  const { id, mine, kind, author, title, text } = message
  if (!isSaid(message)) return <Line message={message} />
  return (
    <li
      className={mine ? 'message message-mine' : 'message'}
      data-message={id}
      data-roving=""
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is read where the arrow keys lead
      tabIndex={isCurrent ? 0 : -1}
    >
      {mine ? (
        <span className="hidden-but-read">{t`You`}: </span>
      ) : (
        <span className="circle-author">
          <Weave weave={author.weave} />
          <bdi>{author.name}</bdi>
        </span>
      )}
      {kind === 'withdrawn' ? (
        <p className="message-text soft">
          <Trans>Withdrawn by its author</Trans>
        </p>
      ) : (
        <>
          {kind === 'resource' && (
            <p className="circle-resource">
              <Icon name="link" />
              <bdi>{title}</bdi>
            </p>
          )}
          <p className="message-text" dir="auto">
            <LinkedText text={text} isCurrent={isCurrent} />
          </p>
        </>
      )}
      <Foot message={message} />
    </li>
  )
}

function Foot({ message: { sentAt, delivery } }: { readonly message: CircleMessageView }) {
  const { t } = useLingui()
  const region = useRegion()
  const count = delivery?.seenBy ?? 0
  const all = delivery?.of ?? 0
  return (
    <div className="message-foot">
      <time dateTime={new Date(sentAt).toISOString()}>{clockTime(region, sentAt)}</time>
      {delivery?.state === 'queued' && (
        <Tag tone="waiting" icon="queued">
          <Trans>Waiting</Trans>
        </Tag>
      )}
      {delivery?.state === 'stored' && (
        <Tag
          tone={count > 0 && count === all ? 'reached' : 'plain'}
          icon={count > 0 && count === all ? 'delivered' : 'stored'}
        >
          {count === 0
            ? t`Waiting to be picked up`
            : t({ message: plural({ count }, { one: 'With # other', other: 'With # others' }) })}
        </Tag>
      )}
    </div>
  )
}

/** In the place of what cannot be shown. */
function Line({ message: { id, kind, author, missing } }: { readonly message: CircleMessageView }) {
  const { t } = useLingui()
  const { name } = author
  return (
    <li className="talk-line" data-message={id}>
      <Icon name="info" />
      <span>
        <bdi>{name}</bdi>:{' '}
        {kind === 'gap'
          ? t({
              message: plural(
                { count: missing },
                {
                  one: '# message did not arrive, and will not any more.',
                  other: '# messages did not arrive, and will not any more.',
                },
              ),
            })
          : t`This message could not be opened. A newer version of this app may have written it.`}
      </span>
    </li>
  )
}
