import { z } from 'zod'
import { topicId } from './views.ts'

/** Topics of a kind, in the words of one language. `also`: what people say for it besides. */
export const topicGroupView = z.object({
  id: topicId,
  name: z.string().min(1),
  topics: z.array(z.object({ id: topicId, name: z.string().min(1), also: z.array(z.string().min(1)) })).min(1),
})

export type TopicGroupView = z.infer<typeof topicGroupView>
