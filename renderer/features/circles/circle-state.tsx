import { Trans } from '@lingui/react/macro'
import type { CircleView } from '../../../core/api/circles.ts'
import { Tag } from '../../ui/notice.tsx'

/** How this person stands to a circle; nothing where they are simply in it. */
export function CircleStateTag({ state }: Pick<CircleView, 'state'>) {
  switch (state) {
    case 'invited':
      return (
        <Tag tone="waiting">
          <Trans>Waits for your answer</Trans>
        </Tag>
      )
    case 'joining':
      return (
        <Tag tone="waiting">
          <Trans>The host will let you in</Trans>
        </Tag>
      )
    case 'active':
      return null
    case 'left':
      return (
        <Tag icon="leave">
          <Trans>You left</Trans>
        </Tag>
      )
    case 'removed':
      return (
        <Tag icon="close">
          <Trans>You are not in it any more</Trans>
        </Tag>
      )
    case 'ended':
      return (
        <Tag icon="close">
          <Trans>Ended</Trans>
        </Tag>
      )
    default:
      return state satisfies never
  }
}
