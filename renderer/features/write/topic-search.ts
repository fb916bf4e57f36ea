import type { TopicGroupView } from '../../../core/api/topics.ts'
import { plain } from '../discover/search.ts'

/** The topics that are called so, or are said so as well; with a group's name all of its topics. */
export function matchingTopics(groups: readonly TopicGroupView[], text: string): readonly TopicGroupView[] {
  const wanted = plain(text.trim())
  if (wanted === '') return groups
  const fits = (words: string): boolean => plain(words).includes(wanted)
  return groups.flatMap((group) => {
    const topics = fits(group.name) ? group.topics : group.topics.filter(({ name, also }) => [name, ...also].some(fits))
    return topics.length === 0 ? [] : [{ ...group, topics }]
  })
}
