import { useLingui } from '@lingui/react/macro'
import { useContext, useMemo } from 'react'
// not from topics.ts: zod would come along, which tries out `new Function` when it is loaded
import { topicLanguages } from '../../core/api/topic-languages.ts'
import type { TopicGroupView } from '../../core/api/topics.ts'
import { useView } from '../api/context.tsx'
import { CommunityContext } from '../shell/community-context.ts'

export interface Topics {
  /** In the order of the taxonomy; empty until core has said it. */
  readonly groups: readonly TopicGroupView[]
  readonly nameOf: (topic: string) => string
}

const none: readonly TopicGroupView[] = []

/** The topics in the language on screen, those of the community that is looked at among them. Their words are core's, because it searches by them. */
export function useTopics(): Topics {
  const { t, i18n } = useLingui()
  const language = topicLanguages.find((known) => known === i18n.locale) ?? 'en'
  const communityId = useContext(CommunityContext)?.community.id
  const { data } = useView(['topics', communityId ?? '', language], (client) =>
    client.topics.list({ language, ...(communityId === undefined ? {} : { communityId }) }),
  )
  /** A topic that a newer version knows and this one does not. */
  const newer = t({ id: 'topic.newer', message: 'Another topic' })
  return useMemo(() => {
    const names = new Map(data?.flatMap(({ topics }) => topics.map(({ id, name }) => [id, name])))
    return { groups: data ?? none, nameOf: (topic) => names.get(topic) ?? (data === undefined ? '' : newer) }
  }, [data, newer])
}
