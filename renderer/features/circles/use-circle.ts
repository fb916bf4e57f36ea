import type { CircleMessageView, CircleView } from '../../../core/api/circles.ts'
import type { Client } from '../../api/client.ts'
import { useClient, useView } from '../../api/context.tsx'
import { useAction, type Action } from '../../api/use-action.ts'

export function useCircles() {
  return useView(['circles'], (client) => client.circles.list())
}

/** Something that is done to a circle; what follows from it comes as an event. */
export function useCircleDeed<Input extends readonly unknown[]>(
  body: (circles: Client['circles'], ...input: Input) => Promise<unknown>,
): Action<Input> {
  const client = useClient()
  return useAction((...input: Input) => body(client.circles, ...input))
}

const page = 200

/** The newest `count` messages, oldest first. */
export function useCircleMessages(circleId: string, count: number) {
  return useView(['circle-messages', circleId, count], async (client): Promise<readonly CircleMessageView[]> => {
    const messages: CircleMessageView[] = []
    while (messages.length < count) {
      const [first] = messages
      const before = first === undefined ? {} : { before: first.id }
      const older = await client.circles.messages({
        circleId,
        limit: Math.min(page, count - messages.length),
        ...before,
      })
      messages.unshift(...older)
      if (older.length === 0) break
    }
    return messages
  })
}

export function isOver({ state }: Pick<CircleView, 'state'>): boolean {
  return state === 'left' || state === 'removed' || state === 'ended'
}
