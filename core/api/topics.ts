import { z } from 'zod'
import { topicId } from './views.ts'

/** Languages in which topics have names, by BCP 47: those of the community pages that this project comes from. */
export const topicLanguages = ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'pl', 'pt', 'ru', 'tr', 'zh'] as const

export type TopicLanguage = (typeof topicLanguages)[number]

/** Topics of a kind, in the words of one language. `also`: what people say for it besides. */
export const topicGroupView = z.object({
  id: topicId,
  name: z.string().min(1),
  topics: z.array(z.object({ id: topicId, name: z.string().min(1), also: z.array(z.string().min(1)) })).min(1),
})

export type TopicGroupView = z.infer<typeof topicGroupView>
