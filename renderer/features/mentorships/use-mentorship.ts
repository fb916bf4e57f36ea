import type { MentorshipSummary, MentorshipView, WorkspaceChange } from '../../../core/api/mentorships.ts'
import type { ConversationView } from '../../../core/api/views.ts'
import type { Client } from '../../api/client.ts'
import { useClient, useView, useViews } from '../../api/context.tsx'
import { useAction, type Action } from '../../api/use-action.ts'
import type { ViewState } from '../../api/views.ts'

export function useMentorship(id: string): ViewState<MentorshipView> {
  return useView(['mentorship', id], (client) => client.mentorships.view({ mentorshipId: id }))
}

/** All, the open ones first. */
export function useMentorships(): ViewState<MentorshipSummary[]> {
  return useView(['mentorships'], (client) => client.mentorships.list({}))
}

export function useConversation(id: string | undefined): ConversationView | undefined {
  const { data } = useView(['conversations'], (client) => client.conversations.list())
  return data?.find((conversation) => conversation.id === id)
}

/** Something that is done to a mentorship: what core answers is on the screen at once. */
export function useDeed<Input extends readonly unknown[]>(
  id: string,
  body: (mentorships: Client['mentorships'], ...input: Input) => Promise<MentorshipView>,
): Action<Input> {
  const client = useClient()
  const views = useViews()
  return useAction(async (...input: Input) => {
    views.put(['mentorship', id], await body(client.mentorships, ...input))
  })
}

/** Changes what both edit. */
export function useEdit(id: string): Action<[change: WorkspaceChange]> {
  return useDeed(id, (mentorships, change: WorkspaceChange) => mentorships.edit({ mentorshipId: id, change }))
}
