import type { VouchView } from '../../../core/api/vouches.ts'

/**
 * The topics of which nothing more is to be said one way: what was vouched for, and what was offered or asked for.
 *
 * A vouch that was taken back can be given anew.
 */
export function saidTopics(
  vouches: readonly Pick<VouchView, 'conversationId' | 'direction' | 'topic' | 'state'>[],
  conversationId: string,
  way: 'give' | 'ask',
): ReadonlySet<string> {
  const direction = way === 'give' ? 'given' : 'received'
  // what was only asked for can be given, and what was only offered can be asked for
  const open = way === 'give' ? ['asked', 'taken-back'] : ['offered']
  return new Set(
    vouches
      .filter((vouch) => vouch.conversationId === conversationId && vouch.direction === direction)
      .filter(({ state }) => !open.includes(state))
      .map(({ topic }) => topic),
  )
}
