import { expect, it } from 'vitest'
import type { VouchView } from '../../core/api/vouches.ts'
import { saidTopics } from '../../renderer/features/trust/vouch-topics.ts'

const here = 'a'.repeat(32)

function vouch(
  topic: string,
  direction: VouchView['direction'],
  state: VouchView['state'],
  conversationId: string | null = here,
): Pick<VouchView, 'conversationId' | 'direction' | 'topic' | 'state'> {
  return { conversationId, direction, topic, state }
}

const vouches = [
  vouch('cooking', 'given', 'given'),
  vouch('sewing', 'given', 'offered'),
  vouch('taxes', 'given', 'asked'),
  vouch('saving', 'given', 'taken-back'),
  vouch('own-lighthouse', 'received', 'given'),
  vouch('budgeting', 'received', 'asked'),
  vouch('cv-and-letters', 'received', 'offered'),
  vouch('parenting', 'given', 'given', 'b'.repeat(32)),
  vouch('ageing', 'received', 'given', null),
]

it('what is vouched for or offered cannot be vouched for again, what was asked for or taken back can', () => {
  expect([...saidTopics(vouches, here, 'give')].toSorted()).toEqual(['cooking', 'sewing'])
})

it('no vouch is asked for that is in hand or was asked for, and one that was offered can be taken', () => {
  expect([...saidTopics(vouches, here, 'ask')].toSorted()).toEqual(['budgeting', 'own-lighthouse'])
})
