import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import type { FoundMessageView } from '../../../core/api/views.ts'
import { useView } from '../../api/context.tsx'
import { problemOf } from '../../api/fault.ts'
import { useRegion } from '../../locales/use-region.ts'
import { useNavigation } from '../../routing/navigation.tsx'
import { useNow } from '../../shell/use-now.ts'
import { Live } from '../../ui/live.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/page.tsx'
import { Lookalike } from '../../ui/lookalike.tsx'
import { Row } from '../../ui/rows.tsx'
import { Weave } from '../../ui/weave.tsx'
import { relativeTime } from '../../words/time.ts'
import { excerptOf } from './excerpt.ts'

/** The most that are shown; whoever wants others says more words. */
const most = 50
/** Milliseconds of quiet before a search begins. */
const pause = 200

/** What was said in all conversations that has these words. It is searched on this device. */
export function FoundMessages({ text }: { readonly text: string }) {
  const { t } = useLingui()
  const settled = useSettled(text)
  const { data, error } = useView(['found', settled], (client) =>
    client.conversations.search({ text: settled, limit: most }),
  )
  return (
    <div className="pane-list-body">
      {error !== undefined && <ProblemNotice problem={problemOf(error)} />}
      <Live className="small soft">
        {data !== undefined &&
          (data.length === most ? (
            <Trans>The {most} newest are shown. With more words there are fewer.</Trans>
          ) : (
            t({ message: plural({ count: data.length }, { one: '# message found', other: '# messages found' }) })
          ))}
      </Live>
      {data?.length === 0 && (
        <Empty title={t`Nothing like that was said`}>
          <p>
            <Trans>
              All of the words must be in a message; of the last one its beginning is enough. What disappeared or was
              deleted is not found.
            </Trans>
          </p>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className="rows" aria-label={t`Found messages`}>
          {data.map((found) => (
            <FoundRow key={found.message.id} found={found} query={settled} />
          ))}
        </ul>
      )}
    </div>
  )
}

function FoundRow({
  found: { message, contact },
  query,
}: {
  readonly found: FoundMessageView
  readonly query: string
}) {
  const { t } = useLingui()
  const region = useRegion()
  const { go, replace, route } = useNavigation()
  const now = useNow()
  const { conversationId: id, position, mine, text, sentAt } = message
  const isHere = route.at === 'conversation' && route.id === id && route.to === position
  const { before, hit, after } = excerptOf(text, query)
  return (
    <Row
      picture={<Weave weave={contact.weave} />}
      title={contact.pseudonym}
      side={relativeTime(region, sentAt, now)}
      isCurrent={isHere}
      onPress={() => (isHere ? replace : go)({ at: 'conversation', id, to: position })}
    >
      <Lookalike author={contact} />
      <span className="found-line" dir="auto">
        {mine && <span className="soft">{t`You`}: </span>}
        {before}
        <mark>{hit}</mark>
        {after}
      </span>
    </Row>
  )
}

/** The text once nothing more is typed. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
